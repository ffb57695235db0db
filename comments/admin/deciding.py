"""Deciding at the desk: a form comes in, and the page it came from is shown again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from articles.admin.wording import moment
from comments.admin.queue_page import desk_context
from comments.admin.queues import Queue, for_desk, queue_named
from comments.admin.requests import BadOrderError, Decision, Order, order_in, way_back
from comments.decisions import SETTLED, Outcome, decide, still_as_seen, undo, version_of
from comments.models import Comment, ModerationEvent
from comments.transitions import (
    MAX_RECOMMENDED,
    TooManyRecommendedError,
    clear_reports,
    moderator,
    recommend,
)

NAMED_CONFLICTS = 5
SHOWN_CONFLICTS = 50


@dataclass(frozen=True, slots=True)
class Conflict:
    """A comment that was not changed, and who had changed it before."""

    pk: int
    comment: Comment | None
    event: ModerationEvent | None

    def __str__(self) -> str:
        if self.comment is None:
            return f"{self.pk}번 댓글은 이제 없습니다."
        return f"{self.comment.name}: {self.what_happened}"

    @property
    def what_happened(self) -> str:
        """Say who decided what and when."""
        event = self.event
        if event is None:
            return "그사이에 바뀌었습니다."
        who, what = event.actor_name, event.get_action_display()
        return f"{moment(event.at)}, {who}: {what}"

    @property
    def version(self) -> str:
        return version_of(self.comment) if self.comment else ""

    @property
    def is_settled(self) -> bool:
        return self.comment is None or self.comment.status in SETTLED


@require_POST
@permission_required("comments.change_comment", raise_exception=True)
def decide_view(request: HttpRequest, name: str) -> HttpResponse:
    queue = queue_named(name)
    try:
        order = order_in(request, queue)
    except BadOrderError as error:
        messages.error(request, str(error))
        return redirect(way_back(request))
    if order.decision.status is None:
        outcome = _otherwise_decided(request, order)
    else:
        outcome = decide(
            order.seen,
            order.decision.status,
            actor=moderator(request.user),
            reason=order.reason,
        )
    return _answer(request, outcome, order.decision, queue)


@require_POST
@permission_required("comments.change_comment", raise_exception=True)
def undo_view(request: HttpRequest) -> HttpResponse:
    outcome = undo(request.POST.get("batch", "").replace("\0", ""), actor=moderator(request.user))
    if outcome.conflicts and not outcome.done:
        return conflict_page(request, outcome.conflicts)
    if outcome.done:
        messages.success(request, f"댓글 {len(outcome.done)}개를 되돌렸습니다.")
    else:
        messages.info(request, "되돌릴 것이 없습니다.")
    _tell_conflicts(request, outcome.conflicts)
    return redirect(way_back(request))


def conflicts_of(ids: Iterable[int]) -> list[Conflict]:
    """Return the comments with the last decision about each, in two queries."""
    wanted = list(ids)
    comments = for_desk(Comment.objects.all()).in_bulk(wanted)
    events = ModerationEvent.objects.filter(comment_ref__in=wanted).order_by("pk")
    last = {event.comment_ref: event for event in events}
    return [Conflict(pk, comments.get(pk), last.get(pk)) for pk in wanted]


def conflict_page(
    request: HttpRequest,
    ids: list[int],
    decision: Decision | None = None,
    queue: Queue | None = None,
) -> HttpResponse:
    """Show what others have decided, and offer to decide anew with open eyes."""
    context: dict[str, Any] = desk_context(request, "이미 결정된 댓글입니다") | {
        "conflicts": conflicts_of(ids[:SHOWN_CONFLICTS]),
        "total": len(ids),
        "decision": decision,
        "queue": queue or queue_named("all"),
        "back": way_back(request),
    }
    return render(request, "admin/comments/conflict.html", context, status=409)


def _answer(
    request: HttpRequest, outcome: Outcome, decision: Decision, queue: Queue
) -> HttpResponse:
    if outcome.conflicts and not outcome.done:
        return conflict_page(request, outcome.conflicts, decision, queue)
    _tell_conflicts(request, outcome.conflicts)
    if not outcome.done:
        messages.info(request, "바뀐 댓글이 없습니다.")
    elif outcome.batch:
        return redirect(way_back(request, batch=outcome.batch))
    else:
        messages.success(request, f"댓글 {len(outcome.done)}개: {decision.done}.")
    return redirect(way_back(request))


def _otherwise_decided(request: HttpRequest, order: Order) -> Outcome:
    """Do what changes no status: let reported comments stand, or recommend one."""
    outcome = still_as_seen(order.seen)
    comments = Comment.objects.filter(pk__in=outcome.done)
    actor = moderator(request.user)
    if order.decision.name == "clear":
        cleared = clear_reports(comments, actor=actor, reason=order.reason)
        outcome.done = outcome.done[:cleared]
        return outcome
    try:
        for comment in comments:
            recommend(comment, actor=actor, chosen=order.decision.name == "recommend")
    except TooManyRecommendedError:
        outcome.done = []
        messages.error(
            request,
            f"한 글에서 추천할 수 있는 댓글은 {MAX_RECOMMENDED}개까지입니다. "
            "다른 댓글의 추천을 먼저 거두어 주세요.",
        )
    return outcome


def _tell_conflicts(request: HttpRequest, ids: list[int]) -> None:
    if not ids:
        return
    named = "; ".join(map(str, conflicts_of(ids[:NAMED_CONFLICTS])))
    rest = len(ids) - NAMED_CONFLICTS
    more = f" 외 {rest}개" if rest > 0 else ""
    messages.warning(
        request, f"다른 사람이 먼저 결정해서 그대로 둔 댓글이 {len(ids)}개 있습니다. {named}{more}"
    )
