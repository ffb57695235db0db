"""What readers see, take along and erase of their own, signed in or by a link in a letter."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from accounts.models import User
from articles.caching import private_page, public_page
from articles.paging import BadCursorError, Page, page_of
from articles.reader_forms import ReaderForm
from articles.responses import SeeOther, get_or_post, retry_after
from comments.limits import ACCOUNT_PASSWORDS, GUEST_LINKS, GUEST_LINKS_TO_ADDRESS
from comments.models import Comment, CommentQuerySet, CommentSettings, Status
from comments.orders import NEWEST
from comments.privacy.erasure import (
    Parting,
    StaffAccountError,
    erase_account,
    erase_guest,
    erase_traces,
)
from comments.privacy.export import export_of_account, export_of_guest
from comments.privacy.forms import ErasureForm, GuestErasureForm, GuestForm, LeavingForm
from comments.privacy.links import email_behind, mail_link
from comments.privacy.retention import DAYS_IN_TRASH
from comments.readers import reader_of

OWN_PER_PAGE = 30
# JSON as its reader would write it, Hangul included.
_READABLE = {"ensure_ascii": False, "indent": 2}


@public_page
def policy(request: HttpRequest) -> HttpResponse:
    """Say what is kept about commenters, as the settings have it."""
    site = CommentSettings.current()
    context = {
        "address_days": site.address_retention_days,
        "trash_days": DAYS_IN_TRASH,
        "asks_akismet": bool(settings.AKISMET_KEY),
    }
    return render(request, "comments/privacy.html", context)


@private_page
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List one's own comments, whatever their status, and what can be done with them."""
    if not isinstance(request.user, User):
        sign_in = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': request.path})}"
        return render(request, "comments/mine_signed_out.html", {"sign_in": sign_in})
    comments = Comment.objects.filter(account=request.user)
    context = {"page": _page_of(comments, request), "done": request.GET.get("done", "")}
    return render(request, "comments/mine.html", context)


@private_page
@require_safe
@login_required
def export(request: HttpRequest) -> HttpResponse:
    return _download(export_of_account(_account_of(request)))


@private_page
@get_or_post
@sensitive_post_parameters("password")
@login_required
def erase(request: HttpRequest) -> HttpResponse:
    """Erase all that an account has written and done here; the account stays."""
    user = _account_of(request)
    form = ErasureForm(_posted(request), user=user)
    answer = partial(_form_page, request, form, "comments/mine_erase.html")
    if refusal := _unproven(request, user, form, answer):
        return refusal
    erase_traces(user)
    return SeeOther(f"{reverse('comments:mine')}?done=erased#notice")


@private_page
@get_or_post
@sensitive_post_parameters("password")
@login_required
def leave(request: HttpRequest) -> HttpResponse:
    """Delete the account, and what it has written if that is wished."""
    user = _account_of(request)
    form = LeavingForm(_posted(request), user=user)
    answer = partial(_form_page, request, form, "comments/mine_leave.html")
    if refusal := _unproven(request, user, form, answer):
        return refusal
    try:
        erase_account(user, Parting(form.cleaned_data["parting"]))
    except StaffAccountError:
        form.add_error(
            None, "편집실을 쓰는 계정은 여기서 지울 수 없습니다. 관리자에게 말씀해 주세요."
        )
        return answer(status=403)
    logout(request)
    return render(request, "comments/left.html")


@private_page
@get_or_post
def guest(request: HttpRequest) -> HttpResponse:
    """Mail the way to a guest's comments; the answer is the same for every address."""
    form = GuestForm(_posted(request))
    answer = partial(_form_page, request, form, "comments/guest.html")
    if not form.is_valid():
        return answer(status=422 if form.is_bound else 200)
    email = form.cleaned_data["email"]
    network = reader_of(request).network
    if seconds := GUEST_LINKS.hit(network) or GUEST_LINKS_TO_ADDRESS.hit(email.lower()):
        form.add_error(None, "너무 여러 번 요청하셨습니다. 한 시간쯤 뒤에 다시 해 주세요.")
        return retry_after(seconds, answer(status=429))
    mail_link(email)
    return render(request, "comments/guest_sent.html")


@private_page
@get_or_post
def guest_data(request: HttpRequest, key: str) -> HttpResponse:
    """Show, hand over or erase what was written under the address that the key was mailed to."""
    email = email_behind(key)
    if not email:
        return render(request, "comments/guest_link_dead.html", status=404)
    comments = Comment.objects.sent_with(email).exclude(status=Status.DELETED)
    if request.method == "POST" and "export" in request.POST:
        return _download(export_of_guest(email))
    form = GuestErasureForm(_posted(request))
    if form.is_valid():
        return render(
            request, "comments/guest_erased.html", {"count": erase_guest(email, comments)}
        )
    context = {"form": form, "page": _page_of(comments, request)}
    return render(
        request, "comments/guest_data.html", context, status=422 if form.is_bound else 200
    )


def _unproven(
    request: HttpRequest, user: User, form: ErasureForm, answer: Any
) -> HttpResponse | None:
    """Return the answer to somebody who only asks or is not proven to be the account's owner."""
    if not form.is_valid():
        return answer(status=422 if form.is_bound else 200)
    if "password" not in form.cleaned_data:
        return None
    if seconds := ACCOUNT_PASSWORDS.hit(user.pk):
        form.add_error(None, "비밀번호가 여러 번 맞지 않았습니다. 잠시 뒤에 다시 시도해 주세요.")
        return retry_after(seconds, answer(status=429))
    if not user.check_password(form.cleaned_data["password"]):
        form.add_error("password", "비밀번호가 맞지 않습니다.")
        return answer(status=403)
    ACCOUNT_PASSWORDS.forgive(user.pk)
    return None


def _form_page(
    request: HttpRequest, form: ReaderForm, template: str, *, status: int
) -> HttpResponse:
    return render(request, template, {"form": form}, status=status)


def _page_of(comments: CommentQuerySet, request: HttpRequest) -> Page[Comment]:
    """Return a page of somebody's comments, the newest first, or answer 404."""
    cursor = request.GET.get("after", "")
    try:
        later = NEWEST.after(comments, cursor) if cursor else comments
    except BadCursorError as error:
        raise Http404("The cursor was not made here.") from error
    found = list(NEWEST.sorted(later).with_article()[: OWN_PER_PAGE + 1])
    return page_of(found, OWN_PER_PAGE, NEWEST.position_of, is_first=not cursor)


def _download(data: dict[str, Any]) -> HttpResponse:
    response = JsonResponse(data, json_dumps_params=_READABLE)
    response["Content-Disposition"] = 'attachment; filename="my-comments.json"'
    return response


def _account_of(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404("Nobody is signed in.")
    return request.user


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None
