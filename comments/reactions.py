"""Votes, reports and blocks: one row a reader, and columns that always equal the count of rows."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from articles.page_changes import discussion_tag, note_change
from comments.counting import count_votes
from comments.models import Action, Block, Comment, Report, Status, Vote
from comments.readers import Reader
from comments.transitions import READERS, record


class CommentGoneError(Exception):
    """The comment is no longer one that readers see."""


def vote(comment: Comment, reader: Reader, value: int) -> Comment:
    """Leave the reader's vote as `value`: Vote.LIKE, Vote.DISLIKE, or 0 for none.

    Sent twice at once it is the same vote. Returns the comment with its new counts; raises
    CommentGoneError.
    """
    with transaction.atomic():
        found = _locked(comment)
        if value:
            Vote.objects.update_or_create(
                comment=found, voter=reader.key, defaults={"value": value}
            )
        else:
            Vote.objects.filter(comment=found, voter=reader.key).delete()
        count_votes(found)
    return found


def report(comment: Comment, reader: Reader, reason: str, note: str, *, threshold: int) -> None:
    """Store the reader's report, once, and fold the comment when enough readers have reported.

    What a moderator has let stand is not folded again until it is edited. Raises
    CommentGoneError.
    """
    with transaction.atomic():
        found = _locked(comment)
        own, _ = Report.objects.get_or_create(
            comment=found, reporter=reader.key, defaults={"reason": reason, "note": note}
        )
        if own.resolved_at is not None and found.reports_cleared_at is None:
            # What was judged has been edited since, and may be reported anew.
            own.reason, own.note, own.resolved_at = reason, note, None
            own.save()
        found.report_count = found.reports.filter(resolved_at=None).count()
        is_due = found.report_count >= threshold and found.reports_cleared_at is None
        if is_due and not found.is_folded:
            record(
                [found], Action.FOLD, found.status, READERS, reason=f"신고 {found.report_count}건"
            )
            found.folded_at = timezone.now()
            note_change(discussion_tag(found.article_id))
        found.save(update_fields=["report_count", "folded_at"])


def block(comment: Comment, reader: Reader) -> None:
    """Keep what this author writes from this reader's eyes."""
    Block.objects.get_or_create(
        reader=reader.key, author=comment.author_key, defaults={"name": comment.name}
    )


def unblock(reader: Reader, pk: int) -> None:
    Block.objects.filter(reader=reader.key, pk=pk).delete()


def _locked(comment: Comment) -> Comment:
    """Return the comment as it is now; whoever else reacts to it waits until we are done."""
    found = (
        Comment.objects.select_for_update(no_key=True)
        .filter(pk=comment.pk, status=Status.VISIBLE)
        .first()
    )
    if found is None:
        raise CommentGoneError
    return found
