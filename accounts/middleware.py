"""What allauth's pages answer when they refuse something."""

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse

Handler = Callable[[HttpRequest], HttpResponseBase]

TOO_MANY = frozenset({"too_many_login_attempts", "rate_limited"})
LONGEST_WINDOW_IN_SECONDS = 300


def honest_outcomes(get_response: Handler) -> Handler:
    """Answer 422 where allauth shows a refused form with 200, 429 for one try too many.

    A link for a new password that is of no use is not there: 404.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if _is_allauth(request) and isinstance(response, TemplateResponse):
            _judge(response)
        return response

    return middleware


def _judge(response: TemplateResponse) -> None:
    context = response.context_data or {}
    if context.get("token_fail"):
        response.status_code = 404
        return
    form = context.get("form")
    if isinstance(form, BaseForm) and form.errors:
        response.status_code = 422
        if TOO_MANY & _codes(form):
            response.status_code = 429
            response["Retry-After"] = str(LONGEST_WINDOW_IN_SECONDS)


def _is_allauth(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.view_name.startswith(("account_", "socialaccount_"))


def _codes(form: BaseForm) -> set[Any]:
    return {error.code for errors in form.errors.as_data().values() for error in errors}
