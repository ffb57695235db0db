"""Which comments are to be told of by mail."""

from __future__ import annotations

from collections.abc import Iterable

from articles.queries.compiled import CompiledInsert
from comments.models import Announcement, Comment, Notice, OutgoingMail

TAKEN_BACK = "지워진 댓글의 알림"

_insert = CompiledInsert(Announcement)


def announce(comments: Iterable[Comment]) -> None:
    """Note, in the caller's transaction, that readers can see the comments now.

    A comment that waits is not announced, and one that was announced before not again.
    """
    Announcement.objects.bulk_create(
        (Announcement(comment=comment) for comment in comments if comment.is_visible),
        ignore_conflicts=True,
    )


def take_back(comments: Iterable[Comment]) -> None:
    """Take back, in the caller's transaction, the mails that wait and quote the comments.

    What else they tell of is told by another mail. Of those that are out the subject goes, which
    is all that is still kept of them.
    """
    quoting = Notice.objects.filter(comment__in=comments).values("mail")
    OutgoingMail.objects.filter(pk__in=quoting).exclude(sent_at=None).update(subject=TAKEN_BACK)
    # The mails before their notices, as a worker takes them.
    waiting = OutgoingMail.objects.filter(pk__in=quoting, sent_at=None).select_for_update()
    ids = list(waiting.order_by("pk").values_list("pk", flat=True))
    Notice.objects.filter(mail__in=ids).update(mail=None)
    OutgoingMail.objects.filter(pk__in=ids).delete()


def announce_new(comment: Comment) -> None:
    """Note likewise a comment that has just been stored, of which nobody can have been told."""
    if comment.is_visible:
        _insert(Announcement(comment=comment))
