"""Every change of a comment's status goes through here: the counts and the log go with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from articles.page_changes import discussion_tag, note_change
from comments.counting import lock_discussion, recount
from comments.models import (
    Action,
    Comment,
    CommentQuerySet,
    Follow,
    ModerationEvent,
    ModeratorNote,
    RemovedBy,
    Report,
    Status,
)
from comments.models.takedown import LONGEST_BLIND_DAYS
from comments.notifications import announce, take_back

MAX_REASON_LENGTH = 500
MAX_RECOMMENDED = 5
# The law lets nobody blind a comment for longer at a time.
LONGEST_BLIND = timedelta(days=LONGEST_BLIND_DAYS)
# The name of a comment that nobody is to be known by any more; pages do not show it.
NOBODY = "지워진 댓글"


class TooManyRecommendedError(Exception):
    """The article has as many recommended comments as it may."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who decides: a moderator by account, or one of those below, who have none."""

    name: str
    ref: int | None = None
    # How a comment that this actor takes away counts in the public totals.
    removes_as: RemovedBy = RemovedBy.MODERATOR


RULES = Actor("자동 규칙", removes_as=RemovedBy.RULE)
READERS = Actor("독자 신고", removes_as=RemovedBy.RULE)
AUTHOR = Actor("작성자", removes_as=RemovedBy.AUTHOR)
HOUSEKEEPING = Actor("정기 정리", removes_as=RemovedBy.RULE)

_ACTIONS = {
    Status.VISIBLE: Action.APPROVE,
    Status.HELD: Action.HOLD,
    Status.SPAM: Action.SPAM,
    Status.HIDDEN: Action.HIDE,
    Status.BLINDED: Action.BLIND,
    Status.TRASHED: Action.TRASH,
}
# What is left of a comment that is erased; its password is one that nothing matches.
_ERASED: dict[str, Any] = {
    "body": "",
    "body_digest": "",
    "account": None,
    "name": NOBODY,
    "email": "",
    "browser_hash": "",
    "network_hash": "",
    "network_prefix": "",
    "reasons": [],
    "recommended_at": None,
    "blinded_until": None,
}
_OPEN = frozenset({Status.VISIBLE, Status.HELD})


def moderator(user: User | AnonymousUser) -> Actor:
    """Return the actor behind a request to the desk, which lets nobody in without an account."""
    if not user.is_authenticated:
        raise PermissionDenied
    return Actor(user.get_full_name(), ref=user.pk)


def change_status(
    comments: CommentQuerySet,
    to: Status,
    *,
    actor: Actor,
    reason: str = "",
    batch: str = "",
    action: Action | None = None,
    **fields: Any,
) -> int:
    """Give the comments a status, log it and count again; return how many changed.

    `comments` is asked again under each discussion's lock, so a condition on the status that
    somebody has seen holds when the change is made. What its author deleted stays deleted: the
    text is gone. Showing a comment that was reported clears the reports, unless only the time of
    a blind has run out. A blind ends at `blinded_until`, by itself after 30 days at most.
    """
    if to == Status.DELETED:
        raise ValueError("Only erase() deletes, because a deleted comment keeps no text.")
    changed = 0
    more = {"actor": actor, "reason": reason, "batch": batch, "action": action, **fields}
    article_ids = comments.order_by("article_id").values_list("article_id", flat=True)
    for article_id in list(article_ids.distinct()):
        with transaction.atomic():
            lock_discussion(article_id)
            here = comments.filter(article=article_id)
            affected = list(here.exclude(status__in=(to, Status.DELETED)))
            changed += change_within(article_id, affected, to, **more)
    return changed


def change_within(
    article_id: int,
    comments: list[Comment],
    to: Status,
    *,
    actor: Actor,
    reason: str = "",
    batch: str = "",
    action: Action | None = None,
    **fields: Any,
) -> int:
    """Do what `change_status` does to comments of one discussion.

    The caller holds the discussion's lock and has read the comments under it. An undo shows
    again what was reported without a word about the reports.
    """
    fields["blinded_until"] = _end_of_blind(to, fields.get("blinded_until"))
    record(comments, action or _ACTIONS[to], to, actor, reason=reason, batch=batch)
    if to == Status.VISIBLE and action != Action.UNDO:
        # Whose blind is over has not been judged.
        if actor != HOUSEKEEPING:
            _resolve_reports(comments)
    else:
        fields.setdefault("recommended_at", None)
    fields.setdefault("removed_by", "" if to in _OPEN else actor.removes_as)
    changed = _apply(article_id, comments, status=to, **fields)
    if to == Status.VISIBLE:
        announce(comments)
    return changed


def erase(
    comment: Comment,
    *,
    actor: Actor = AUTHOR,
    reason: str = "",
    action: Action = Action.ERASE,
    only: Status | None = None,
) -> bool:
    """Delete a comment for good: text, name, address and password go, the place stays.

    Replies to it keep their context; nothing is left to read of it, nor of what others have
    noted about it, nor in mails that still wait. With `only` it is erased if it still has that status. Returns whether it was.
    """
    # A password that nothing matches, because a guest's comment must have one.
    password = make_password(None) if comment.is_guest else ""
    with transaction.atomic():
        lock_discussion(comment.article_id)
        found = Comment.objects.filter(pk=comment.pk).exclude(status=Status.DELETED)
        # The comment before its reports, as whoever reports takes them.
        found = found.select_for_update(no_key=True)
        affected = list(found.filter(status=only) if only else found)
        record(affected, action, Status.DELETED, actor, reason=reason)
        Report.objects.filter(comment__in=affected).update(note="")
        ModeratorNote.objects.filter(comment__in=affected).delete()
        Follow.objects.filter(comment__in=affected).delete()
        take_back(affected)
        _apply(
            comment.article_id,
            affected,
            status=Status.DELETED,
            password=password,
            # Who has taken it from the readers first is who took it.
            removed_by=affected[0].removed_by or actor.removes_as if affected else "",
            **_ERASED,
        )
    return bool(affected)


def record(
    comments: Iterable[Comment],
    action: Action,
    to: str,
    actor: Actor,
    *,
    reason: str = "",
    batch: str = "",
) -> None:
    """Write what is decided about each comment into the log, before it is done."""
    ModerationEvent.objects.bulk_create(
        ModerationEvent(
            comment_ref=comment.pk,
            article_ref=comment.article_id,
            action=action,
            before=comment.status,
            after=to,
            reason=reason[:MAX_REASON_LENGTH],
            actor_ref=actor.ref,
            actor_name=actor.name,
            batch=batch,
            overwritten=_overwritten(comment),
        )
        for comment in comments
    )


def clear_reports(comments: CommentQuerySet, *, actor: Actor, reason: str = "") -> int:
    """Let reported comments stand: unfolded, and immune until they are edited."""
    cleared = 0
    article_ids = comments.order_by("article_id").values_list("article_id", flat=True)
    for article_id in list(article_ids.distinct()):
        with transaction.atomic():
            # As every change of many comments does, so that no two take them in another order.
            lock_discussion(article_id)
            here = comments.filter(article=article_id, report_count__gt=0)
            reported = list(here.select_for_update(no_key=True, of=("self",)))
            for comment in reported:
                record([comment], Action.CLEAR, comment.status, actor, reason=reason)
            _resolve_reports(reported)
            note_change(discussion_tag(article_id))
            cleared += len(reported)
    return cleared


def recommend(comment: Comment, *, actor: Actor, chosen: bool) -> None:
    """Pin a visible comment as the editors' choice, or take the pin away.

    Raises TooManyRecommendedError: what is pinned stands before everything else.
    """
    with transaction.atomic():
        lock_discussion(comment.article_id)
        chosen_already = Comment.objects.filter(
            article=comment.article_id, recommended_at__isnull=False
        ).exclude(pk=comment.pk)
        if chosen and chosen_already.count() >= MAX_RECOMMENDED:
            raise TooManyRecommendedError
        candidates = Comment.objects.visible() if chosen else Comment.objects.all()
        found = list(candidates.filter(pk=comment.pk, recommended_at__isnull=chosen))
        action = Action.RECOMMEND if chosen else Action.UNRECOMMEND
        record(found, action, found[0].status if found else "", actor)
        Comment.objects.filter(pk__in=[item.pk for item in found]).update(
            recommended_at=timezone.now() if chosen else None
        )
        note_change(discussion_tag(comment.article_id))


def _end_of_blind(to: Status, end: datetime | None) -> datetime | None:
    """Return until when comments of that status are blinded; None for the others."""
    if to != Status.BLINDED:
        return None
    latest = timezone.now() + LONGEST_BLIND
    return min(end, latest) if end is not None else latest


def _overwritten(comment: Comment) -> dict[str, str]:
    chosen = comment.recommended_at
    kept = {
        "removed_by": comment.removed_by,
        "recommended_at": chosen.isoformat() if chosen else "",
    }
    return {name: value for name, value in kept.items() if value}


def _resolve_reports(comments: list[Comment]) -> None:
    """Unfold what was reported, and let it stand until it is edited."""
    reported = [comment.pk for comment in comments if comment.report_count or comment.is_folded]
    if not reported:
        return
    now = timezone.now()
    Report.objects.filter(comment__in=reported, resolved_at=None).update(resolved_at=now)
    Comment.objects.filter(pk__in=reported).update(
        report_count=0, folded_at=None, reports_cleared_at=now
    )


def _apply(article_id: int, comments: list[Comment], *, status: Status, **fields: Any) -> int:
    """Write the status and what goes with it; the caller holds the discussion's lock."""
    if not comments:
        return 0
    changed = Comment.objects.filter(pk__in=[comment.pk for comment in comments]).update(
        status=status, status_changed_at=timezone.now(), **fields
    )
    for comment in comments:
        comment.status = status
    recount(article_id, comments)
    return changed
