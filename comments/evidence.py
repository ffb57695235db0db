"""What the database knows about a comment that is about to be judged."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from comments.models import Comment, CommentQuerySet, RemovedBy, Status
from comments.moderation.facts import Writer
from comments.readers import Reader
from comments.repetition import is_near

# How much of somebody's past is looked at, and how long a flood is remembered.
HISTORY = 200
FLOOD_WINDOW = timedelta(minutes=10)
NEAR_WINDOW = timedelta(hours=1)
COMPARED = 30


def writer_of(reader: Reader) -> Writer:
    """Return the history of an account, or of a browser; nothing is known of anybody else."""
    account = reader.account
    if account is not None:
        return _history(account.comments.all(), account.has_perm("comments.change_comment"))
    if reader.browser_hash:
        return _history(
            Comment.objects.filter(is_guest=True, browser_hash=reader.browser_hash), False
        )
    return Writer()


def near_repeats(body: str, reader: Reader, *, besides: int | None = None) -> int:
    """Count this reader's recent comments, on any article, that say nearly the same."""
    recent = _sent_by(reader).filter(created_at__gt=timezone.now() - NEAR_WINDOW)
    if besides is not None:
        recent = recent.exclude(pk=besides)
    bodies = recent.order_by("-created_at").values_list("body", flat=True)
    return sum(is_near(body, other) for other in bodies[:COMPARED])


def recent_from_network(reader: Reader) -> int:
    if not reader.network_hash:
        return 0
    since = timezone.now() - FLOOD_WINDOW
    return Comment.objects.filter(network_hash=reader.network_hash, created_at__gt=since).count()


def same_words(digest: str, reader: Reader, name: str, window: timedelta) -> CommentQuerySet:
    """Return this writer's recent comments with the same words, on any article."""
    same_hand = _is_sent_by(reader)
    if reader.account is None:
        same_hand |= Q(is_guest=True, name=name)
    return Comment.objects.filter(
        same_hand, body_digest=digest, created_at__gt=timezone.now() - window
    )


def _history(comments: CommentQuerySet, is_moderator: bool) -> Writer:
    past = comments.order_by("-created_at").values_list("status", "removed_by")[:HISTORY]
    ends = list(past)
    return Writer(
        approved=sum(status == Status.VISIBLE for status, _ in ends),
        removed=sum(by in {RemovedBy.MODERATOR, RemovedBy.RULE} for _, by in ends),
        is_moderator=is_moderator,
    )


def _sent_by(reader: Reader) -> CommentQuerySet:
    return Comment.objects.filter(_is_sent_by(reader))


def _is_sent_by(reader: Reader) -> Q:
    """Match what comes from the same account, browser or network."""
    who = Q(pk__in=())
    if reader.account is not None:
        who |= Q(account=reader.account)
    if reader.browser_hash:
        who |= Q(browser_hash=reader.browser_hash)
    if reader.network_hash:
        who |= Q(network_hash=reader.network_hash)
    return who
