"""The queues of the desk: what waits, what was reported, and what has become of the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.http import Http404

from articles.pages.listings import beyond
from articles.paging import Page, Position, decode_cursor, microseconds_of, moment_of, page_of
from comments.models import Comment, CommentQuerySet, Status

PAGE_SIZE = 50
# Nobody works on more than this, and counting on would read the whole table.
COUNTED = 1_000
# The orders by something else than a time.
_NUMBERS = ("id", "report_count")


@dataclass(frozen=True, slots=True)
class Queue:
    """A list of comments with an order, and what is usually decided about them."""

    name: str
    label: str
    condition: Q
    # The field of the order, with a minus for the highest first.
    order: str
    decisions: tuple[str, ...]
    empty: str

    @property
    def comments(self) -> CommentQuerySet:
        return Comment.objects.filter(self.condition)

    def beginning(self, count: int) -> CommentQuerySet:
        """Return the first so many comments of the queue, which may be narrowed down further."""
        sign = "-" if self.order.startswith("-") else ""
        first = self.comments.order_by(self.order, f"{sign}pk").values("pk")[:count]
        return Comment.objects.filter(pk__in=first)

    @property
    def field(self) -> str:
        return self.order.removeprefix("-")

    def page(self, comments: CommentQuerySet, cursor: str) -> Page[Comment]:
        """Return the comments of one page, with what the desk shows; raise BadCursorError."""
        sign = "-" if self.order.startswith("-") else ""
        if cursor:
            key, pk = decode_cursor(cursor, numbers=2)
            value = key if self.field in _NUMBERS else moment_of(key)
            comments = beyond(comments, self.field, value, pk, "lt" if sign else "gt")
        found = list(for_desk(comments).order_by(self.order, f"{sign}pk")[: PAGE_SIZE + 1])
        return page_of(found, PAGE_SIZE, self._position_of, is_first=not cursor)

    def _position_of(self, comment: Comment) -> Position:
        value = getattr(comment, self.field)
        key = microseconds_of(value) if isinstance(value, datetime) else int(value)
        return key, comment.pk


# Conditions on the status are spelled here because a queue is one, whoever may read it.
QUEUES = (
    Queue(
        "held",
        "대기",
        Q(status=Status.HELD),
        "created_at",
        ("approve", "hide", "spam", "trash"),
        "승인을 기다리는 댓글이 없습니다.",
    ),
    Queue(
        "reported",
        "신고",
        Q(status=Status.VISIBLE, report_count__gt=0),
        "-report_count",
        ("clear", "hide", "spam", "trash"),
        "신고된 댓글이 없습니다.",
    ),
    Queue(
        "spam",
        "스팸",
        Q(status=Status.SPAM),
        "-created_at",
        ("approve", "hide", "hold", "trash"),
        "스팸으로 걸러진 댓글이 없습니다.",
    ),
    Queue(
        "recent",
        "최근",
        Q(status=Status.VISIBLE),
        "-created_at",
        ("hide", "spam", "trash", "hold"),
        "공개된 댓글이 없습니다.",
    ),
    Queue(
        "recommended",
        "추천",
        Q(recommended_at__isnull=False),
        "-recommended_at",
        ("hide", "spam", "trash", "hold"),
        "편집자가 추천한 댓글이 없습니다.",
    ),
    Queue(
        "hidden",
        "가림",
        Q(status=Status.HIDDEN),
        "-created_at",
        ("approve", "spam", "trash"),
        "운영자가 가린 댓글이 없습니다.",
    ),
    Queue(
        "trash",
        "휴지통",
        Q(status=Status.TRASHED),
        "-created_at",
        ("approve", "hide", "hold"),
        "휴지통이 비어 있습니다.",
    ),
    Queue(
        "all",
        "모두",
        Q(),
        "-id",
        ("approve", "hide", "spam", "trash", "hold"),
        "찾으시는 댓글이 없습니다.",
    ),
)
_BY_NAME = {queue.name: queue for queue in QUEUES}


@dataclass(frozen=True, slots=True)
class Tab:
    queue: Queue
    count: str


def queue_named(name: str) -> Queue:
    """Return the queue; raise Http404 for one that is not."""
    if name not in _BY_NAME:
        raise Http404
    return _BY_NAME[name]


def for_desk(comments: CommentQuerySet) -> CommentQuerySet:
    """Load with each comment its article, its writer and what it answers, but no secrets."""
    return (
        comments.with_article()
        .select_related("account", "in_reply_to")
        .defer("password", "account__password", "in_reply_to__password", "in_reply_to__reasons")
    )


def tabs() -> Iterator[Tab]:
    """Yield every queue with its size, as exactly as a moderator needs it."""
    for queue in QUEUES:
        # The list of everything is no work that could be counted down.
        yield Tab(queue, capped_count(queue.comments) if queue.name != "all" else "")


def capped_count(comments: CommentQuerySet) -> str:
    """Count to a limit: "12", "1,000+"."""
    count = comments.order_by()[: COUNTED + 1].count()
    return f"{COUNTED:,}+" if count > COUNTED else f"{count:,}"
