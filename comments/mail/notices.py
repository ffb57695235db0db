"""From a comment that readers can see to everybody who is to be told of it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from articles.mail_addresses import normalised_address
from comments.discussions import discussed_articles
from comments.models import Announcement, Block, Comment, Follow, Notice

BATCH = 100


def true_now(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """Keep what may be told at this moment: what readers can see, to those who want it."""
    return notices.filter(
        comment__in=Comment.objects.visible(),
        comment__article__in=discussed_articles(),
        follow__in=Follow.objects.confirmed(),
    )


def pending() -> QuerySet[Notice]:
    """Return what is still to be told, and may be told now."""
    return true_now(Notice.objects.filter(mail=None))


def spread() -> int:
    """Turn announcements into notices; return how many were spread.

    Each is spread once, by one worker: the others pass over what one has locked.
    """
    with transaction.atomic():
        announcements = list(
            Announcement.objects.filter(spread_at=None)
            .select_for_update(skip_locked=True, of=("self",))
            .select_related("comment__account")
            .order_by("pk")[:BATCH]
        )
        for announcement in announcements:
            Notice.objects.bulk_create(
                _notices_of(announcement), batch_size=BATCH, ignore_conflicts=True
            )
        ids = [announcement.pk for announcement in announcements]
        Announcement.objects.filter(pk__in=ids).update(spread_at=timezone.now())
    return len(announcements)


def _notices_of(announcement: Announcement) -> list[Notice]:
    """Return one notice for each recipient; that somebody was answered counts for more."""
    comment = announcement.comment
    blocking = set(Block.objects.filter(author=comment.author_key).values_list("reader", flat=True))
    followed = Q(article=comment.article_id, comment=None)
    if comment.in_reply_to_id is not None:
        followed |= Q(comment=comment.in_reply_to_id)
    follows = Follow.objects.filter(followed, created_at__lte=announcement.created_at)
    by_recipient: dict[int, Follow] = {}
    for follow in follows.select_related("recipient__account"):
        if _is_author(follow, comment) or follow.reader_key in blocking:
            continue
        if follow.comment_id is not None or follow.recipient_id not in by_recipient:
            by_recipient[follow.recipient_id] = follow
    return [
        Notice(recipient_id=recipient_id, comment=comment, follow=follow)
        for recipient_id, follow in by_recipient.items()
    ]


def _is_author(follow: Follow, comment: Comment) -> bool:
    """Whether the comment comes from the one who would be told of it, however we know."""
    recipient = follow.recipient
    if comment.account is not None:
        address = normalised_address(comment.account.email)
        return comment.account_id == recipient.account_id or recipient.address == address
    if comment.email and normalised_address(comment.email) == recipient.address:
        return True
    return bool(comment.browser_hash) and comment.browser_hash == follow.browser_hash
