"""The pages on which readers discuss an article. They hold forms and are nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.client_address import client_network
from accounts.models import User
from articles.caching import MOVED, private_page
from articles.models import Article
from articles.paging import BadCursorError
from comments import submission
from comments.authorship import NotTheAuthorError, TooManyTriesError, may_try, prove
from comments.discussions import (
    Discussion,
    access_now,
    address_of,
    discussed_articles,
    page_of_replies,
    page_of_roots,
    root_of,
)
from comments.forms import PRIMARY_KEY, AuthorForm, CommentForm, EditForm
from comments.limits import POSTING
from comments.models import Comment
from comments.moderation import Access
from comments.orders import ORDERS, order_named
from comments.submission import RefusedError, Submission, name_of, submit
from comments.transitions import erase

NOTICES = {
    "held": "댓글을 받았습니다. 운영자가 승인한 뒤에 공개됩니다.",
    "deleted": "댓글을 지웠습니다.",
}
CLOSED = "이 글은 더 이상 댓글을 받지 않습니다."

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


class SeeOther(HttpResponseRedirect):
    """Send the reader on with a GET, after a POST that has done its work."""

    status_code = 303


@private_page
@get_or_post
@sensitive_post_parameters("password")
def discussion(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an article's discussion with the form, and take what the form sends."""
    article = get_object_or_404(discussed_articles(), slug=slug)
    if request.method == "POST":
        return _take(request, article)
    reply_to = _comment_to_answer(article, request.GET.get("reply", ""))
    if reply_to is None and "reply" in request.GET:
        raise Http404("There is no such comment to answer.")
    return _show(request, article, CommentForm(account=_account(request)), reply_to)


@require_safe
def permalink(request: HttpRequest, pk: int) -> HttpResponse:
    response = HttpResponseRedirect(address_of(_readable(pk)))
    response["Cache-Control"] = MOVED
    return response


@private_page
@get_or_post
@sensitive_post_parameters("password")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    comment = _readable(pk)
    if access_now(comment.article) != Access.OPEN:
        return _refuse(request, comment.article, CLOSED)

    def carry_out(form: AuthorForm) -> str:
        edited = submission.edit(comment, form.cleaned_data["body"])
        return _address_after_writing(edited)

    form = EditForm(
        _posted(request),
        initial={"body": comment.body},
        asks_password=not comment.belongs_to(request.user),
    )
    return _let_author(request, comment, form, "comments/edit.html", carry_out)


@private_page
@get_or_post
@sensitive_post_parameters("password")
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Let authors take their words back, even where nothing new may be written."""
    comment = _readable(pk)

    def carry_out(form: AuthorForm) -> str:
        erase(comment)
        return _discussion_url(comment.article, notice="deleted")

    asks_password = not comment.belongs_to(request.user)
    form = AuthorForm(_posted(request), asks_password=asks_password)
    return _let_author(request, comment, form, "comments/delete.html", carry_out)


def _take(request: HttpRequest, article: Article) -> HttpResponse:
    """Store a new comment, or show the form again with what was typed and what is wrong."""
    if access_now(article) != Access.OPEN:
        return _refuse(request, article, CLOSED)
    account = _account(request)
    form = CommentForm(request.POST, account=account)
    reply_to = _comment_to_answer(article, request.POST.get("parent", ""))
    if not form.is_valid():
        return _show(request, article, form, reply_to, status=422)
    if seconds := POSTING.hit(_network(request)):
        form.add_error(
            None, f"짧은 시간에 너무 많이 올리셨습니다. {seconds}초 뒤에 다시 올려 주세요."
        )
        return _retry_after(seconds, _show(request, article, form, reply_to, status=429))
    fields = dict(form.cleaned_data)
    parent_id = fields.pop("parent")
    try:
        comment = submit(
            Submission(
                article=article,
                account=account,
                parent_id=parent_id,
                network=_network(request),
                **fields,
            )
        )
    except RefusedError as refusal:
        form.add_error(refusal.field, refusal.message)
        return _show(request, article, form, reply_to, status=422)
    return SeeOther(_address_after_writing(comment))


def _let_author(
    request: HttpRequest,
    comment: Comment,
    form: AuthorForm,
    template: str,
    carry_out: Callable[[Any], str],
) -> HttpResponse:
    """Ask for proof of authorship, then carry out the deed and go to the address it returns."""
    if not may_try(comment, request.user):
        return _refuse(request, comment.article, "이 댓글을 쓴 계정으로 로그인해 주세요.")
    context = {"comment": comment, "article": comment.article, "form": form}
    if request.method != "POST":
        return render(request, template, context)
    if not form.is_valid():
        return render(request, template, context, status=422)
    try:
        prove(comment, request.user, form.cleaned_data.get("password", ""), _network(request))
        return SeeOther(carry_out(form))
    except TooManyTriesError as refusal:
        form.add_error(None, refusal.message)
        return _retry_after(refusal.seconds, render(request, template, context, status=429))
    except NotTheAuthorError as refusal:
        form.add_error("password", refusal.message)
        return render(request, template, context, status=403)
    except RefusedError as refusal:
        form.add_error(None, refusal.message)
        return render(request, template, context, status=422)


def _show(
    request: HttpRequest,
    article: Article,
    form: CommentForm,
    reply_to: Comment | None,
    *,
    status: int = 200,
) -> HttpResponse:
    account = _account(request)
    context = {
        "article": article,
        "discussion": _asked_for(request, article),
        "orders": ORDERS,
        "is_open": access_now(article) == Access.OPEN,
        "form": form,
        "reply_to": reply_to,
        "account": account,
        "account_name": name_of(account) if account else "",
        "notice": NOTICES.get(request.GET.get("notice", ""), ""),
    }
    return render(request, "comments/discussion.html", context, status=status)


def _refuse(request: HttpRequest, article: Article, message: str) -> HttpResponse:
    """Say what may not be done, and give back what was written."""
    context = {"article": article, "message": message, "body": request.POST.get("body", "")}
    return render(request, "comments/refused.html", context, status=403)


def _asked_for(request: HttpRequest, article: Article) -> Discussion:
    """Return the page of the discussion that the address asks for, or answer 404."""
    cursor = request.GET.get("after", "")
    try:
        if "thread" not in request.GET:
            return page_of_roots(article, order_named(request.GET.get("sort", "")), cursor)
        thread = request.GET["thread"]
        root = root_of(article, int(thread)) if PRIMARY_KEY.fullmatch(thread) else None
        if root is None:
            raise Http404("There is no such thread.")
        return page_of_replies(article, root, cursor)
    except BadCursorError as error:
        raise Http404("The cursor was not made here.") from error


def _readable(pk: int) -> Comment:
    """Return a comment that readers see, with article and root, or answer 404."""
    comments = Comment.objects.visible().filter(article__in=discussed_articles())
    return get_object_or_404(comments.with_article().select_related("root"), pk=pk)


def _comment_to_answer(article: Article, pk: str) -> Comment | None:
    if not PRIMARY_KEY.fullmatch(pk):
        return None
    return Comment.objects.visible().filter(article=article, pk=int(pk)).first()


def _address_after_writing(comment: Comment) -> str:
    if comment.is_visible:
        return address_of(comment)
    return _discussion_url(comment.article, notice="held")


def _discussion_url(article: Article, *, notice: str) -> str:
    return f"{reverse('comments:discussion', args=[article.slug])}?notice={notice}#notice"


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _account(request: HttpRequest) -> User | None:
    return request.user if request.user.is_authenticated else None


def _network(request: HttpRequest) -> str:
    return client_network(
        request.META.get("REMOTE_ADDR", ""),
        request.META.get("HTTP_X_FORWARDED_FOR", ""),
        trusted_proxies=settings.TRUSTED_PROXIES,
    )


def _retry_after(seconds: int, response: HttpResponse) -> HttpResponse:
    response["Retry-After"] = str(seconds)
    return response
