"""The end of a blind, to the second.

Cron ends what is over, and so does whoever opens a page on which it would still stand: a
notice whose time has passed is never shown.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from comments.counting import lock_discussion
from comments.discussions import Discussion
from comments.models import Action, Comment, CommentQuerySet, Status, Takedown, TakedownState
from comments.models.takedown import TakedownQuerySet
from comments.takedowns.letters import tell
from comments.transitions import HOUSEKEEPING, change_status


def up_to_date(read: Callable[[], Discussion]) -> Discussion:
    """Return the page that `read` gives; if a blind on it is over, as it is without that."""
    discussion = read()
    over = [comment.pk for comment in discussion.comments if comment.blind_is_over]
    if not over:
        return discussion
    # Read again even if another request has ended them first.
    end_blinds(Comment.objects.filter(pk__in=over))
    discussion = read()
    discussion.article.refresh_from_db(fields=["comment_count"])
    return discussion


def end_blinds(comments: CommentQuerySet) -> int:
    """Show those comments again whose blind is over; return how many there were."""
    ended = 0
    for comment in comments.overdue():
        with transaction.atomic():
            lock_discussion(comment.article_id)
            takedowns = Takedown.objects.filter(comment=comment).overdue()
            tickets = ", ".join(takedowns.values_list("ticket", flat=True))
            ended += change_status(
                Comment.objects.filter(pk=comment.pk).overdue(),
                Status.VISIBLE,
                actor=HOUSEKEEPING,
                action=Action.UNBLIND,
                reason=f"임시조치 기간이 끝났습니다. {tickets}".strip(),
            )
            close_overdue(takedowns)
    return ended


def close_overdue(takedowns: TakedownQuerySet) -> None:
    """Close requests whose blind is over, whatever has become of the comment meanwhile."""
    for takedown in takedowns.filter(state=TakedownState.BLINDED):
        with transaction.atomic():
            still_open = Takedown.objects.filter(pk=takedown.pk).overdue()
            if still_open.update(state=TakedownState.EXPIRED, ended_at=timezone.now()):
                takedown.state = TakedownState.EXPIRED
                tell(takedown)
