"""What the writers of comments have written so far, looked up for a whole page in two queries."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, When
from django.db.models.expressions import RawSQL
from django.utils import timezone

from articles.queries.compiled import CompiledQuery, Statement
from articles.queries.compound import answers, joined
from comments.evidence import HISTORY
from comments.models import Comment, CommentQuerySet, RemovedBy, Status
from comments.moderation.rules import TRUSTED_AFTER

RECENT = timedelta(days=7)
_REMOVED = (RemovedBy.MODERATOR, RemovedBy.RULE)


@dataclass(frozen=True, slots=True)
class History:
    """What the same account, browser or name has written, this comment included.

    As the rules do, it counts no more than the newest `HISTORY` comments; but `first_seen` is of all.
    """

    total: int = 0
    approved: int = 0
    removed: int = 0
    recent: int = 0
    first_seen: datetime | None = None

    @property
    def is_cut(self) -> bool:
        """Whether there may be more comments than were counted."""
        return self.total >= HISTORY

    @property
    def trust(self) -> str:
        """Say in a word what the history is worth."""
        if self.total <= 1:
            return "첫 댓글"
        if self.removed >= 2 and self.removed * TRUSTED_AFTER > self.approved:
            return "내려진 적이 많음"
        return "믿을 만함" if self.approved >= TRUSTED_AFTER else "쓴 적 있음"

    @property
    def is_doubtful(self) -> bool:
        return self.trust == "내려진 적이 많음"


def histories_of(author_keys: Iterable[str]) -> dict[str, History]:
    """Return the history of each author by `Comment.author_key`, in two queries."""
    keys = sorted(set(author_keys))
    since = timezone.now() - RECENT
    counted = answers((_newest.of(key, since) for key in keys), _SUMS)
    first_seen = _first_seen(keys)
    return {
        key: History(total, approved, removed, recent, first_seen.get(key))
        for key, [(total, approved, removed, recent)] in zip(keys, counted, strict=True)
    }


def _first_seen(keys: list[str]) -> dict[str, datetime]:
    if not keys:
        return {}
    ways = joined([_oldest.of(key) for key in keys])
    oldest = Comment.objects.filter(pk__in=RawSQL(*ways))  # noqa: S611 - Django's own SQL
    known = oldest.only("account_id", "browser_hash", "name", "created_at").order_by()
    return {comment.author_key: comment.created_at for comment in known}


# Of the newest comments of one author; of nobody's there is one row too.
_SUMS = "COUNT(*), COALESCE(SUM(approved), 0), COALESCE(SUM(removed), 0), COALESCE(SUM(recent), 0)"


def _newest_of(comments: CommentQuerySet, since: datetime) -> QuerySet[Any, Any]:
    told = comments.annotate(
        approved=_one_if(Q(status=Status.VISIBLE)),
        removed=_one_if(Q(removed_by__in=_REMOVED)),
        recent=_one_if(Q(created_at__gt=since)),
    )
    return told.order_by("-created_at").values_list("approved", "removed", "recent")[:HISTORY]


def _oldest_of(comments: CommentQuerySet) -> QuerySet[Any, Any]:
    return comments.order_by("created_at").values_list("pk")[:1]


def _one_if(condition: Q) -> Case:
    return Case(When(condition, then=1), default=0, output_field=IntegerField())


class _ByAuthor:
    """A question about the comments of one author: its SQL is made once for each kind of author."""

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        comments = Comment.objects
        self._ways = {
            "account": CompiledQuery(lambda pk, *more: build(comments.filter(account=pk), *more)),
            "browser": CompiledQuery(
                lambda key, *more: build(comments.filter(is_guest=True, browser_hash=key), *more)
            ),
            "name": CompiledQuery(
                lambda name, *more: build(
                    comments.filter(is_guest=True, browser_hash="", name=name), *more
                )
            ),
        }

    def of(self, author_key: str, *more: datetime) -> Statement:
        kind, _, value = author_key.partition(":")
        return self._ways[kind].statement(int(value) if kind == "account" else value, *more)


_newest = _ByAuthor(_newest_of)
_oldest = _ByAuthor(_oldest_of)
