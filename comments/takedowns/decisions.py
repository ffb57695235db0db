"""What moderators decide about a request: blind, refuse, restore, remove."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from accounts.models import User
from comments.counting import lock_discussion
from comments.models import Action, Comment, Status, Takedown, TakedownState
from comments.models.takedown import LONGEST_BLIND_DAYS
from comments.takedowns.letters import tell
from comments.transitions import change_status, moderator, record


class Decision(models.TextChoices):
    BLIND = "blind", "임시조치"
    REJECT = "reject", "거절"
    RESTORE = "restore", "임시조치 풀기"
    REMOVE = "remove", "댓글 삭제"


_STATE_AFTER = {
    Decision.BLIND: TakedownState.BLINDED,
    Decision.REJECT: TakedownState.REJECTED,
    Decision.RESTORE: TakedownState.RESTORED,
    Decision.REMOVE: TakedownState.REMOVED,
}
# What is logged where nothing happens to the comment.
_ACTIONS = {
    Decision.REJECT: Action.REFUSE,
    Decision.RESTORE: Action.UNBLIND,
    Decision.REMOVE: Action.TRASH,
}
_POSSIBLE = {
    TakedownState.RECEIVED: (Decision.BLIND, Decision.REJECT, Decision.REMOVE),
    TakedownState.BLINDED: (Decision.RESTORE, Decision.REMOVE),
}


class DecidedAlreadyError(Exception):
    """Somebody else was quicker, or the time has run out; the request is not what was seen."""


class NotVisibleError(Exception):
    """There is nothing to blind: readers do not see the comment."""


def possible_decisions(state: str) -> tuple[Decision, ...]:
    return _POSSIBLE.get(TakedownState(state), ())


def decide(
    takedown: Takedown,
    decision: Decision,
    *,
    user: User | AnonymousUser,
    seen: str,
    note: str = "",
    days: int = LONGEST_BLIND_DAYS,
) -> Takedown:
    """Carry out a decision that was made on seeing the request in the state `seen`.

    `note` is told to both sides. Raises DecidedAlreadyError or NotVisibleError, and then
    nothing has changed.
    """
    if not isinstance(user, User):
        raise PermissionDenied
    if not 1 <= days <= LONGEST_BLIND_DAYS:
        raise ValueError("A blind lasts one day at least and thirty at most.")
    comment = Comment.objects.get(pk=takedown.comment_id)
    with transaction.atomic():
        lock_discussion(comment.article_id)
        found = Takedown.objects.select_for_update().get(pk=takedown.pk)
        if found.state != seen or decision not in possible_decisions(found.state):
            raise DecidedAlreadyError
        now = timezone.now()
        found.state = _STATE_AFTER[decision]
        found.decided_at, found.decided_by, found.decision_note = now, user, note
        if decision == Decision.BLIND:
            found.blind_days, found.blinded_until = days, now + timedelta(days=days)
        else:
            found.ended_at = now
        _carry_out(decision, comment, found, user)
        found.save()
        tell(found)
    return found


def _carry_out(decision: Decision, comment: Comment, takedown: Takedown, user: User) -> None:
    """Do to the comment what was decided, and log it under the request's number."""
    actor = moderator(user)
    reason = f"{takedown.ticket} {takedown.decision_note}".strip()
    here = Comment.objects.filter(pk=comment.pk)
    if decision == Decision.BLIND:
        until = takedown.blinded_until
        if not change_status(
            here.visible(), Status.BLINDED, actor=actor, reason=reason, blinded_until=until
        ):
            raise NotVisibleError
        return
    changed = 0
    if decision == Decision.RESTORE:
        blinded = here.filter(status=Status.BLINDED)
        changed = change_status(
            blinded, Status.VISIBLE, actor=actor, reason=reason, action=Action.UNBLIND
        )
    elif decision == Decision.REMOVE:
        changed = change_status(here, Status.TRASHED, actor=actor, reason=reason)
    if not changed:
        record(here, _ACTIONS[decision], here.get().status, actor, reason=reason)
