"""What allauth's pages answer when they refuse something, who may enter the desk, who was here."""

import logging
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.contrib import messages
from django.contrib.sessions import middleware as sessions
from django.db import InterfaceError, OperationalError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import get_script_prefix, reverse
from django.utils.cache import patch_vary_headers

from accounts.second_factor import lacks_second_factor
from accounts.sessions import note_activity

logger = logging.getLogger(__name__)

Handler = Callable[[HttpRequest], HttpResponseBase]

TOO_MANY = frozenset({"too_many_login_attempts", "rate_limited"})
LONGEST_WINDOW_IN_SECONDS = 300


class SessionMiddleware(sessions.SessionMiddleware):
    """Django's own, that shows a page although what its session forgets by it cannot be stored."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except (OperationalError, InterfaceError):
            if request.method not in {"GET", "HEAD"}:
                raise
            logger.warning("A session could not be stored.", exc_info=True)
            patch_vary_headers(response, ("Cookie",))
            return response


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


def desk_asks_for_second_factor(get_response: Handler) -> Handler:
    """Lead staff without a second factor to set one up; until then the desk does nothing.

    It stands before everything under the desk's address, so that no page can be forgotten.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not _is_inside_desk(request.path_info) or not request.user.is_staff:
            return get_response(request)
        if not lacks_second_factor(request.user):
            return get_response(request)
        if request.method not in {"GET", "HEAD"}:
            return render(request, "account/second_factor_missing.html", status=403)
        messages.info(request, "편집실에 들어가시려면 먼저 2단계 인증을 켜 주세요.")
        return HttpResponseRedirect(reverse("mfa_activate_totp"))

    return middleware


def activity(get_response: Handler) -> Handler:
    """Note when a signed-in browser was last here; pages that ask no session stay without one."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.session.accessed:
            note_activity(request.session)
        return response

    return middleware


def desk_path() -> str:
    """Return where the desk begins: asked for with every request, and found out once."""
    return _desk_below(get_script_prefix())


@lru_cache(maxsize=4)
def _desk_below(prefix: str) -> str:
    return reverse("admin:index")


def _is_inside_desk(path: str) -> bool:
    """Whether an address is one of the desk's, and not the way in or out."""
    return path.startswith(desk_path()) and path not in {
        reverse("admin:login"),
        reverse("admin:logout"),
    }


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
    return match is not None and match.view_name.startswith(("account_", "mfa_", "socialaccount_"))


def _codes(form: BaseForm) -> set[Any]:
    return {error.code for errors in form.errors.as_data().values() for error in errors}
