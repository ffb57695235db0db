"""The orders in which comments can be read, and the places that cursors stand for in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from articles.pages.listings import beyond
from articles.paging import BadCursorError, Position, decode_cursor, microseconds_of, moment_of
from comments.models import CommentQuerySet, Sort


class _Commented(Protocol):
    @property
    def pk(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Order:
    """A way to sort comments; `number` keeps its cursors apart from those of the others."""

    number: int
    sort: Sort
    field: str
    descending: bool

    @property
    def name(self) -> str:
        return self.sort.value

    @property
    def label(self) -> str:
        return str(self.sort.label)

    def sorted(self, comments: CommentQuerySet) -> CommentQuerySet:
        sign = "-" if self.descending else ""
        return comments.order_by(f"{sign}{self.field}", f"{sign}pk")

    def position_of(self, comment: _Commented) -> Position:
        value = getattr(comment, self.field)
        key = value if isinstance(value, int) else microseconds_of(value)
        return self.number, key, comment.pk

    def place_of(self, cursor: str) -> tuple[int | datetime, int]:
        """Return what the comments are sorted by at the cursor's place; raise BadCursorError."""
        number, key, pk = decode_cursor(cursor, numbers=3)
        if number != self.number:
            raise BadCursorError("made for another order")
        return (moment_of(key) if self.field == "created_at" else key), pk

    def after(self, comments: CommentQuerySet, cursor: str) -> CommentQuerySet:
        """Keep what comes after the cursor's place; raise BadCursorError."""
        return self.after_place(comments, *self.place_of(cursor))

    def before(self, comments: CommentQuerySet, comment: _Commented) -> CommentQuerySet:
        """Keep what comes before the comment."""
        return self.before_place(comments, getattr(comment, self.field), comment.pk)

    def after_place(
        self, comments: CommentQuerySet, value: int | datetime, pk: int
    ) -> CommentQuerySet:
        """Keep what comes after a comment with that value and number."""
        return beyond(comments, self.field, value, pk, "lt" if self.descending else "gt")

    def before_place(
        self, comments: CommentQuerySet, value: int | datetime, pk: int
    ) -> CommentQuerySet:
        """Keep what comes before a comment with that value and number."""
        return beyond(comments, self.field, value, pk, "gt" if self.descending else "lt")


NEWEST = Order(1, Sort.NEWEST, "created_at", descending=True)
OLDEST = Order(2, Sort.OLDEST, "created_at", descending=False)
MOST_REPLIES = Order(3, Sort.REPLIES, "reply_count", descending=True)
MOST_LIKED = Order(4, Sort.LIKES, "net_likes", descending=True)
BEST_RATIO = Order(5, Sort.RATIO, "ratio_score", descending=True)
ORDERS = (NEWEST, OLDEST, MOST_LIKED, BEST_RATIO, MOST_REPLIES)


def order_named(name: str, default: str) -> Order:
    """Return the order of that name; what is unknown is the one that the house prefers."""
    by_name = {order.name: order for order in ORDERS}
    return by_name.get(name) or by_name[default]
