"""Which comments are to be told of by mail."""

from __future__ import annotations

from collections.abc import Iterable

from articles.compiled import CompiledInsert
from comments.models import Announcement, Comment

_insert = CompiledInsert(Announcement)


def announce(comments: Iterable[Comment]) -> None:
    """Note, in the caller's transaction, that readers can see the comments now.

    A comment that waits is not announced, and one that was announced before not again.
    """
    Announcement.objects.bulk_create(
        (Announcement(comment=comment) for comment in comments if comment.is_visible),
        ignore_conflicts=True,
    )


def announce_new(comment: Comment) -> None:
    """Note likewise a comment that has just been stored, of which nobody can have been told."""
    if comment.is_visible:
        _insert(Announcement(comment=comment))
