"""An article's discussion: reading it, writing to it, and finding one comment in it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from articles.caching import MOVED, cacheable, private_page
from articles.models import Article
from articles.page_changes import discussion_tag
from articles.paging import BadCursorError
from articles.responses import SeeOther, get_or_post, retry_after
from comments import form_tokens, proof_of_work
from comments.access import Access, closed_notice
from comments.discussions import (
    Discussion,
    access_now,
    address_of,
    count_after,
    discussed_article,
    entry_of,
    page_of_replies,
    page_of_roots,
    removal_totals,
    root_of,
)
from comments.forms import PRIMARY_KEY, AccountCommentForm, GuestCommentForm
from comments.limits import ARTICLE_POSTING, POSTING, PREVIEWING
from comments.models import Comment, Policy
from comments.orders import ORDERS, order_named
from comments.perspective import perspective_of, waiting_of
from comments.readers import Reader, reader_of
from comments.rendering import render_body
from comments.shown_entry import shown_entry
from comments.submission import (
    BannedError,
    ProofNeededError,
    RefusedError,
    Submission,
    UsedFormError,
    name_of,
    submit,
)
from comments.takedowns.expiry import end_blinds, up_to_date
from comments.views.answers import (
    NOTICES,
    discussion_url,
    form_errors,
    is_script,
    readable,
    refuse,
    remembered,
)

# How long a shared cache may keep the number of new comments, in seconds.
NEW_COUNT = "public, max-age=0, s-maxage=10"


@private_page
@get_or_post
@sensitive_post_parameters("password")
def discussion(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an article's discussion with the form, and take what the form sends."""
    article = discussed_article(slug)
    page = DiscussionPage(request, article)
    if request.method == "POST":
        return page.take()
    reply_to = _comment_to_answer(article, request.GET.get("reply", ""))
    if reply_to is None and "reply" in request.GET:
        raise Http404("There is no such comment to answer.")
    return page.show(page.form(), reply_to)


@require_safe
def permalink(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        comment = readable(request, pk)
    except Http404:
        end_blinds(Comment.objects.filter(pk=pk))
        comment = readable(request, pk)
    if not comment.is_visible:
        path = reverse("comments:discussion", args=[comment.article.slug])
        response = HttpResponseRedirect(f"{path}#{comment.anchor}")
        response["Cache-Control"] = "private, no-store"
        return response
    response = HttpResponseRedirect(address_of(comment, Policy.of(comment.article)))
    cacheable(response, MOVED, discussion_tag(comment.article_id))
    return response


@require_safe
def new_count(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell how many comments are newer than the one that a page knows as its newest."""
    article = discussed_article(slug)
    after = request.GET.get("after", "")
    if not PRIMARY_KEY.fullmatch(after):
        raise Http404("There is no such comment.")
    response = JsonResponse({"count": count_after(article, int(after))})
    cacheable(response, NEW_COUNT, discussion_tag(article.pk))
    return response


class DiscussionPage:
    """One request for an article's discussion: whoever asks, under the policy of now."""

    def __init__(self, request: HttpRequest, article: Article) -> None:
        self.request = request
        self.article = article
        self.policy = Policy.of(article)
        self.access = access_now(article, self.policy)
        self.reader: Reader = reader_of(request)
        self.token = form_tokens.read(request.POST.get("form_token", ""), article.pk)
        # A genuine form keeps its token until it has sent a comment.
        self.form_token = (
            request.POST["form_token"] if self.token else form_tokens.issue(article.pk)
        )

    def form(self, *args: Any, **kwargs: Any) -> AccountCommentForm:
        form = GuestCommentForm if self.reader.account is None else AccountCommentForm
        return form(*args, **kwargs)

    def take(self) -> HttpResponse:
        """Store a new comment, or show the form again with what was typed and what is wrong."""
        if self.access != Access.OPEN:
            return refuse(self.request, self.article, closed_notice(self.access))
        form = self.form(self.request.POST)
        reply_to = _comment_to_answer(self.article, self.request.POST.get("parent", ""))
        if "preview" in self.request.POST and "body" not in form.errors:
            return self.preview(form, reply_to)
        if not form.is_valid():
            return self.show(form, reply_to, status=422)
        if seconds := self._seconds_to_wait():
            form.add_error(
                None, f"짧은 시간에 너무 많이 올리셨습니다. {seconds}초 뒤에 다시 올려 주세요."
            )
            return retry_after(seconds, self.show(form, reply_to, status=429))
        return self._submit(form, reply_to)

    def preview(self, form: AccountCommentForm, reply_to: Comment | None) -> HttpResponse:
        """Show what the comment will look like; everything typed but the password is kept."""
        if seconds := PREVIEWING.hit(self.reader.network):
            form.add_error(
                None, f"미리 보기를 너무 자주 하셨습니다. {seconds}초 뒤에 다시 해 주세요."
            )
            return retry_after(seconds, self.show(form, reply_to, status=429))
        body_html = render_body(form.cleaned_data["body"])
        if is_script(self.request):
            return JsonResponse({"html": body_html})
        typed = self.form(initial=self.request.POST.dict())
        return self.show(typed, reply_to, preview=body_html)

    def show(
        self,
        form: AccountCommentForm,
        reply_to: Comment | None,
        *,
        status: int = 200,
        preview: str = "",
    ) -> HttpResponse:
        if is_script(self.request) and status != 200:
            return form_errors(form, status, form_token=self.form_token)
        page = self._asked_for()
        account = self.reader.account
        context = {
            "article": self.article,
            "discussion": page.seen_by(perspective_of(self.reader, page.comment_ids)),
            "waiting": waiting_of(self.reader, self.article),
            "removal_totals": removal_totals(self.article),
            "orders": ORDERS,
            "is_open": self.access == Access.OPEN,
            "may_react": self.access != Access.PAUSED,
            "closed_notice": closed_notice(self.access),
            "form": form,
            "form_token": self.form_token,
            "reply_to": reply_to,
            "preview": preview,
            "account": account,
            "account_name": name_of(account) if account else "",
            "notice": NOTICES.get(self.request.GET.get("notice", ""), ""),
        }
        return render(self.request, "comments/discussion.html", context, status=status)

    def _submit(self, form: AccountCommentForm, reply_to: Comment | None) -> HttpResponse:
        try:
            comment = submit(self._submission(form))
        except BannedError as refusal:
            return refuse(self.request, self.article, refusal.message)
        except ProofNeededError:
            challenge = proof_of_work.new_challenge()
            return JsonResponse({"challenge": challenge, "errors": {}}, status=428)
        except RefusedError as refusal:
            if isinstance(refusal, UsedFormError):
                self.form_token = form_tokens.issue(self.article.pk)
            form.add_error(refusal.field, refusal.message)
            return self.show(form, reply_to, status=422)
        return remembered(self._stored(comment), self.reader)

    def _submission(self, form: AccountCommentForm) -> Submission:
        fields = dict(form.cleaned_data)
        parent_id = fields.pop("parent")
        trap = fields.pop("website")
        return Submission(
            article=self.article,
            policy=self.policy,
            reader=self.reader,
            parent_id=parent_id,
            nonce=self.token.nonce if self.token else "",
            form_age=self.token.age if self.token else None,
            trap_is_filled=bool(trap),
            user_agent=self.request.headers.get("User-Agent", "")[:300],
            proof_is_given=proof_of_work.is_given(self.request.POST.get("altcha", "")),
            can_prove=is_script(self.request),
            **fields,
        )

    def _seconds_to_wait(self) -> int:
        """Count a comment; what its sender may not send does not count against the article."""
        return (
            POSTING.hit(self.reader.network)
            or POSTING.hit(self.reader.key)
            or ARTICLE_POSTING.hit(self.article.pk)
        )

    def _stored(self, comment: Comment) -> HttpResponse:
        """Answer that the comment is there, or that it waits."""
        if not is_script(self.request):
            if comment.is_visible:
                return SeeOther(address_of(comment, self.policy, is_new=True))
            return SeeOther(discussion_url(self.article, notice="held"))
        self.article.refresh_from_db(fields=["comment_count"])
        if comment.is_visible:
            entry = entry_of(comment, self.reader)
            html = shown_entry(entry, self.article.slug, is_open=True, may_react=True).html
        else:
            html = render_to_string("comments/_waiting.html", {"comment": comment})
        answer = {
            "id": comment.pk,
            "root": comment.root_id,
            "state": "visible" if comment.is_visible else "held",
            "message": "" if comment.is_visible else NOTICES["held"],
            "html": html,
            "count": self.article.comment_count,
            "address": comment.get_absolute_url(),
            "form_token": form_tokens.issue(self.article.pk),
        }
        return JsonResponse(answer, status=201)

    def _asked_for(self) -> Discussion:
        """Return the page of the discussion that the address asks for, or answer 404."""
        query = self.request.GET
        cursor = query.get("after", "")
        try:
            if "thread" not in query:
                order = order_named(query.get("sort", ""), self.policy.sort)
                return up_to_date(lambda: page_of_roots(self.article, self.policy, order, cursor))
            return up_to_date(lambda: self._thread(query["thread"], cursor))
        except BadCursorError as error:
            raise Http404("The cursor was not made here.") from error

    def _thread(self, pk: str, cursor: str) -> Discussion:
        root = root_of(self.article, int(pk)) if PRIMARY_KEY.fullmatch(pk) else None
        if root is None:
            raise Http404("There is no such thread.")
        return page_of_replies(self.article, root, cursor)


def _comment_to_answer(article: Article, pk: str) -> Comment | None:
    if not PRIMARY_KEY.fullmatch(pk):
        return None
    return Comment.objects.visible().filter(article=article, pk=int(pk)).first()
