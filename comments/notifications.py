"""Which comments are to be told of by mail."""

from __future__ import annotations

from collections.abc import Iterable

from comments.models import Announcement, Comment


def announce(comments: Iterable[Comment]) -> None:
    """Note, in the caller's transaction, that readers can see the comments now.

    A comment that waits is not announced, and one that was announced before not again.
    """
    Announcement.objects.bulk_create(
        (Announcement(comment=comment) for comment in comments if comment.is_visible),
        ignore_conflicts=True,
    )
