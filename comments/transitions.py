"""Every change of a comment's status goes through here, and the counts with it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from comments.counting import lock_discussion, recount
from comments.models import Comment, CommentQuerySet, Status


def change_status(comments: CommentQuerySet, to: Status) -> int:
    """Give the comments a status and count again; return how many changed.

    What its author deleted stays deleted: the text is gone.
    """
    if to == Status.DELETED:
        raise ValueError("Only erase() deletes, because a deleted comment keeps no text.")
    changed = 0
    article_ids = comments.order_by("article_id").values_list("article_id", flat=True)
    for article_id in list(article_ids.distinct()):
        with transaction.atomic():
            lock_discussion(article_id)
            affected = comments.filter(article=article_id).exclude(status__in=(to, Status.DELETED))
            changed += _apply(article_id, list(affected), status=to)
    return changed


def erase(comment: Comment) -> None:
    """Delete a comment at its author's wish: text, address and password go, the place stays.

    Replies to it keep their context; nothing is left to read of it.
    """
    # A password that nothing matches, because a guest's comment must have one.
    password = make_password(None) if comment.is_guest else ""
    with transaction.atomic():
        lock_discussion(comment.article_id)
        _apply(
            comment.article_id,
            [comment],
            status=Status.DELETED,
            body="",
            email="",
            password=password,
        )


def _apply(article_id: int, comments: list[Comment], *, status: Status, **fields: Any) -> int:
    """Write the status and what goes with it; the caller holds the discussion's lock."""
    changed = Comment.objects.filter(pk__in=[comment.pk for comment in comments]).update(
        status=status, status_changed_at=timezone.now(), **fields
    )
    if changed:
        recount(article_id, comments)
    return changed
