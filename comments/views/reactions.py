"""Votes, reports and blocks. GET shows a form, POST does it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from articles.caching import private_page
from articles.rate_limits import Limit
from articles.reader_forms import ReaderForm
from articles.responses import SeeOther, get_or_post, retry_after
from comments import reactions
from comments.access import Access, closed_notice
from comments.discussions import access_now, address_of
from comments.forms import BlockForm, ReportForm, VoteForm
from comments.limits import FIRST_REACTION, READERS_OF_NETWORK, REPORTING, VOTING
from comments.models import Block, Comment, Policy
from comments.perspective import perspective_of
from comments.reactions import CommentGoneError
from comments.readers import Reader, reader_of
from comments.submission import BannedError, refuse_banned
from comments.views.answers import (
    GONE,
    back_to,
    discussion_url,
    form_errors,
    is_script,
    readable,
    refuse,
    remembered,
)


@private_page
@get_or_post
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a like or a dislike, change it, or take it back."""
    reader = reader_of(request)
    comment = readable(request, pk)
    policy = Policy.of(comment.article)
    if refusal := _refusal(request, comment, policy, reader):
        return refusal
    mine = perspective_of(reader, [pk]).votes.get(pk, 0)
    form = VoteForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, comment, form, "comments/vote.html", mine=mine)
    if not form.is_valid():
        return _page(request, comment, form, "comments/vote.html", status=422, mine=mine)
    if seconds := _seconds_to_wait(comment, reader, VOTING):
        return _too_many(request, comment, form, "comments/vote.html", seconds, mine=mine)
    try:
        voted = reactions.vote(comment, reader, form.cleaned_data["value"])
    except CommentGoneError:
        return refuse(request, comment.article, GONE)
    return remembered(_voted(request, voted, policy, form.cleaned_data["value"]), reader)


@private_page
@get_or_post
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the moderators that a comment should not stand; fold it for whoever says so."""
    reader = reader_of(request)
    comment = readable(request, pk)
    policy = Policy.of(comment.article)
    if refusal := _refusal(request, comment, policy, reader):
        return refusal
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, comment, form, "comments/report.html")
    if not form.is_valid():
        return _page(request, comment, form, "comments/report.html", status=422)
    if seconds := _seconds_to_wait(comment, reader, REPORTING):
        return _too_many(request, comment, form, "comments/report.html", seconds)
    try:
        reactions.report(comment, reader, **form.cleaned_data, threshold=policy.report_threshold)
    except CommentGoneError:
        return refuse(request, comment.article, GONE)
    return remembered(_done(request, comment, "reported"), reader)


@private_page
@get_or_post
def block(request: HttpRequest, pk: int) -> HttpResponse:
    """Fold whatever the author of a comment writes, for this reader alone."""
    reader = reader_of(request)
    comment = readable(request, pk)
    form = BlockForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, comment, form, "comments/block.html")
    if seconds := _seconds_to_wait(comment, reader, REPORTING):
        return _too_many(request, comment, form, "comments/block.html", seconds)
    reactions.block(comment, reader)
    return remembered(_done(request, comment, "blocked"), reader)


@private_page
@get_or_post
def blocks(request: HttpRequest) -> HttpResponse:
    """List whom this reader has blocked, each with a way back."""
    reader = reader_of(request)
    if request.method == "POST":
        form = BlockForm(request.POST)
        if form.is_valid() and form.cleaned_data["block"]:
            reactions.unblock(reader, form.cleaned_data["block"])
        return SeeOther(reverse("comments:blocks"))
    found = Block.objects.filter(reader=reader.key).order_by("name", "pk") if reader.key else []
    return render(request, "comments/blocks.html", {"blocks": found})


def _refusal(
    request: HttpRequest, comment: Comment, policy: Policy, reader: Reader
) -> HttpResponse | None:
    """Return the answer to somebody who may not react now, None to everybody else."""
    if not comment.is_visible:
        return refuse(request, comment.article, "승인을 기다리는 댓글입니다.")
    access = access_now(comment.article, policy)
    if access == Access.PAUSED:
        return refuse(request, comment.article, closed_notice(access))
    try:
        if request.method == "POST":
            refuse_banned(reader)
    except BannedError as refusal:
        return refuse(request, comment.article, refusal.message)
    return None


def _seconds_to_wait(comment: Comment, reader: Reader, limit: Limit) -> int:
    """Count the deed; somebody with a bunch of keys is soon as many readers as may be."""
    if seconds := limit.hit(reader.network):
        return seconds
    if reader.account is not None or FIRST_REACTION.hit(reader.key, comment.pk):
        return 0
    return READERS_OF_NETWORK.hit(reader.network, comment.pk)


def _page(
    request: HttpRequest,
    comment: Comment,
    form: ReaderForm,
    template: str,
    *,
    status: int = 200,
    mine: int = 0,
) -> HttpResponse:
    if is_script(request) and status != 200:
        return form_errors(form, status)
    context = {"comment": comment, "article": comment.article, "form": form, "mine": mine}
    return render(request, template, context, status=status)


def _too_many(
    request: HttpRequest,
    comment: Comment,
    form: ReaderForm,
    template: str,
    seconds: int,
    mine: int = 0,
) -> HttpResponse:
    form.add_error(None, f"짧은 시간에 너무 많이 누르셨습니다. {seconds}초 뒤에 다시 해 주세요.")
    return retry_after(seconds, _page(request, comment, form, template, status=429, mine=mine))


def _voted(request: HttpRequest, comment: Comment, policy: Policy, mine: int) -> HttpResponse:
    if is_script(request):
        counts = {"likes": comment.likes, "dislikes": comment.dislikes, "mine": mine}
        return JsonResponse(counts)
    return SeeOther(back_to(request, comment, otherwise=address_of(comment, policy)))


def _done(request: HttpRequest, comment: Comment, notice: str) -> HttpResponse:
    if is_script(request):
        return JsonResponse({"done": notice})
    return SeeOther(discussion_url(comment.article, notice=notice))
