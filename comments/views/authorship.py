"""What authors do with their own comments: change the words, or take them back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters

from articles.caching import private_page
from articles.responses import SeeOther, get_or_post, retry_after
from comments import submission
from comments.access import Access, closed_notice
from comments.authorship import NotTheAuthorError, TooManyTriesError, may_try, prove
from comments.discussions import access_now, address_of
from comments.forms import AuthorForm, EditForm
from comments.limits import EDITING
from comments.models import Comment, Policy
from comments.readers import Reader, reader_of
from comments.submission import BannedError, RefusedError
from comments.transitions import erase
from comments.views.answers import discussion_url, form_errors, is_script, readable, refuse

SIGN_IN = "이 댓글을 쓴 계정으로 로그인해 주세요."


@private_page
@get_or_post
@sensitive_post_parameters("password")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    reader = reader_of(request)
    comment = readable(request, pk)
    policy = Policy.of(comment.article)
    access = access_now(comment.article, policy)
    if access != Access.OPEN:
        return refuse(request, comment.article, closed_notice(access))

    def carry_out(form: AuthorForm) -> str:
        body = form.cleaned_data["body"]
        edited = submission.edit(comment, body, policy=policy, reader=reader)
        if edited.is_visible:
            return address_of(edited, policy)
        return discussion_url(edited.article, notice="held")

    form = EditForm(
        _posted(request),
        initial={"body": comment.body},
        asks_password=not comment.belongs_to(request.user),
    )
    if request.method == "POST" and (seconds := EDITING.hit(reader.network)):
        form.add_error(
            None, f"짧은 시간에 너무 많이 고치셨습니다. {seconds}초 뒤에 다시 해 주세요."
        )
        page = _page(request, comment, form, "comments/edit.html", status=429)
        return retry_after(seconds, page)
    return _let_author(request, reader, comment, form, "comments/edit.html", carry_out)


@private_page
@get_or_post
@sensitive_post_parameters("password")
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Let authors take their words back, even where nothing new may be written."""
    reader = reader_of(request)
    comment = readable(request, pk)

    def carry_out(form: AuthorForm) -> str:
        erase(comment)
        return discussion_url(comment.article, notice="deleted")

    form = AuthorForm(_posted(request), asks_password=not comment.belongs_to(request.user))
    return _let_author(request, reader, comment, form, "comments/delete.html", carry_out)


def _let_author(
    request: HttpRequest,
    reader: Reader,
    comment: Comment,
    form: AuthorForm,
    template: str,
    carry_out: Callable[[Any], str],
) -> HttpResponse:
    """Ask for proof of authorship, then carry out the deed and go to the address it returns."""
    if not may_try(comment, request.user):
        return refuse(request, comment.article, SIGN_IN)
    if request.method != "POST":
        return _page(request, comment, form, template)
    if not form.is_valid():
        return _page(request, comment, form, template, status=422)
    try:
        password = form.cleaned_data.get("password", "")
        prove(comment, request.user, password, reader.network)
        address = carry_out(form)
    except TooManyTriesError as refusal:
        form.add_error(None, refusal.message)
        return retry_after(refusal.seconds, _page(request, comment, form, template, status=429))
    except NotTheAuthorError as refusal:
        form.add_error("password", refusal.message)
        return _page(request, comment, form, template, status=403)
    except BannedError as refusal:
        return refuse(request, comment.article, refusal.message)
    except RefusedError as refusal:
        form.add_error(None, refusal.message)
        return _page(request, comment, form, template, status=422)
    return JsonResponse({"address": address}) if is_script(request) else SeeOther(address)


def _page(
    request: HttpRequest, comment: Comment, form: AuthorForm, template: str, *, status: int = 200
) -> HttpResponse:
    if is_script(request) and status != 200:
        return form_errors(form, status)
    context = {"comment": comment, "article": comment.article, "form": form}
    return render(request, template, context, status=status)


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
