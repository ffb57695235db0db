"""What the database knows about a comment that is about to be judged."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone

from articles.compiled import CompiledQuery
from comments.models import NO_ACCOUNT, NO_HASH, Comment, CommentQuerySet, RemovedBy, Status
from comments.moderation.facts import Writer
from comments.readers import Reader
from comments.repetition import near_count

# How much of somebody's past is looked at, and how long a flood is remembered.
HISTORY = 200
FLOOD_WINDOW = timedelta(minutes=10)
NEAR_WINDOW = timedelta(hours=1)
COMPARED = 30


def _ends(comments: CommentQuerySet) -> QuerySet[Any, Any]:
    return comments.order_by("-created_at").values_list("status", "removed_by")[:HISTORY]


def _recent(
    account_id: int, browser_hash: str, network_hash: str, since: datetime, besides: int
) -> QuerySet[Any, Any]:
    sent = Comment.objects.sent_by(account_id, browser_hash, network_hash)
    recent = sent.filter(created_at__gt=since).exclude(pk=besides)
    return recent.order_by("-created_at").values_list("body", flat=True)[:COMPARED]


def _same(
    digest: str, account_id: int, browser_hash: str, network_hash: str, name: str, since: datetime
) -> QuerySet[Any, Any]:
    sent = Comment.objects.filter(body_digest=digest, created_at__gt=since)
    by_hand = sent.sent_by(account_id, browser_hash, network_hash)
    return (by_hand | sent.filter(is_guest=True, name=name)).values_list("pk")[:1]


_ends_of_account = CompiledQuery(lambda pk: _ends(Comment.objects.filter(account=pk)))
_ends_of_browser = CompiledQuery(
    lambda key: _ends(Comment.objects.filter(is_guest=True, browser_hash=key))
)
_recent_bodies = CompiledQuery(_recent)
_from_network = CompiledQuery(
    lambda network_hash, since: (
        Comment.objects.filter(network_hash=network_hash, created_at__gt=since)
        .order_by()
        .values("network_hash")
        .values_list(Count("pk"))
    )
)
_same_words = CompiledQuery(_same)


def writer_of(reader: Reader) -> Writer:
    """Return the history of an account, or of a browser; nothing is known of anybody else."""
    account = reader.account
    if account is not None:
        # Who cannot enter the desk moderates nothing.
        is_moderator = account.is_staff and account.has_perm("comments.change_comment")
        return _writer(_ends_of_account(account.pk), is_moderator)
    if reader.browser_hash:
        return _writer(_ends_of_browser(reader.browser_hash), False)
    return Writer()


def near_repeats(body: str, reader: Reader, *, besides: int = 0) -> int:
    """Count this reader's recent comments, on any article, that say nearly the same."""
    since = timezone.now() - NEAR_WINDOW
    return near_count(body, _recent_bodies(*_hand(reader), since, besides))


def recent_from_network(reader: Reader) -> int:
    if not reader.network_hash:
        return 0
    counts = _from_network(reader.network_hash, timezone.now() - FLOOD_WINDOW)
    return int(counts[0][0]) if counts else 0


def has_said(digest: str, reader: Reader, name: str, window: timedelta) -> bool:
    """Whether this writer has lately used the same words, on any article."""
    guest = name if reader.account is None else ""
    return bool(_same_words(digest, *_hand(reader), guest, timezone.now() - window))


def _writer(ends: list[tuple[str, str]], is_moderator: bool) -> Writer:
    return Writer(
        approved=sum(status == Status.VISIBLE for status, _ in ends),
        removed=sum(by in {RemovedBy.MODERATOR, RemovedBy.RULE} for _, by in ends),
        is_moderator=is_moderator,
    )


def _hand(reader: Reader) -> tuple[int, str, str]:
    """Return what is known of the hand that writes: account, browser, network."""
    account_id = NO_ACCOUNT if reader.account is None else reader.account.pk
    return account_id, reader.browser_hash or NO_HASH, reader.network_hash or NO_HASH
