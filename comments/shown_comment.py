"""What pages show of a comment, sort it by and judge it by, read as tuples and not as rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Case, OuterRef, QuerySet, Subquery, Value, When

from articles.models import ArticleAuthor
from comments.models import Comment, CommentQuerySet, Status
from comments.models.comment_facts import CommentFacts
from comments.orders import OLDEST

REPLIES_PER_ROOT = 3
_COLUMNS = (
    *("pk", "root_id", "in_reply_to_id", "account_id", "is_guest", "name", "browser_hash"),
    *("body", "status", "removed_by", "blinded_until", "recommended_at", "folded_at"),
    *("created_at", "edited_at", "reply_count", "likes", "dislikes", "net_likes", "ratio_score"),
    *("in_reply_to__name", "in_reply_to__status", "account__is_staff"),
)


class _Columns(NamedTuple):
    pk: int
    root_id: int | None
    in_reply_to_id: int | None
    account_id: int | None
    is_guest: bool
    name: str
    browser_hash: str
    body: str
    status: str
    removed_by: str
    blinded_until: datetime | None
    recommended_at: datetime | None
    folded_at: datetime | None
    created_at: datetime
    edited_at: datetime | None
    reply_count: int
    likes: int
    dislikes: int
    net_likes: int
    ratio_score: int
    answered_name: str | None
    answered_status: str | None
    is_by_staff: bool | None
    is_by_author: bool
    # The numbers of a root's first replies, as far as there are some and they were asked for.
    reply_1: int | None = None
    reply_2: int | None = None
    reply_3: int | None = None


class ShownComment(CommentFacts, _Columns):
    """A comment with whom it answers and whether who wrote it speaks for the magazine."""

    __slots__ = ()

    @property
    def badge(self) -> str:
        """What stands beside the name of the article's authors, and of the staff."""
        if self.is_by_author:
            return "필자"
        return "편집자" if self.is_by_staff else ""

    @property
    def answered_is_visible(self) -> bool:
        return self.answered_status == Status.VISIBLE

    @property
    def first_replies(self) -> list[int]:
        return [pk for pk in (self.reply_1, self.reply_2, self.reply_3) if pk is not None]


def as_shown(comments: CommentQuerySet, article: int | None = None) -> QuerySet[Comment, Any]:
    """Ask for the columns of the comments, for `shown`; of many, the article's number is needed."""
    return comments.values_list(*_COLUMNS, _is_by_author_of(article or OuterRef("article")))


def as_shown_roots(roots: CommentQuerySet, article: int) -> QuerySet[Comment, Any]:
    """Ask with each root for its first replies: a few steps in an index, however many it has."""
    replies = OLDEST.sorted(Comment.objects.shown_replies().filter(root=OuterRef("pk")))
    first = (Subquery(replies.values("pk")[place : place + 1]) for place in range(REPLIES_PER_ROOT))
    return roots.values_list(*_COLUMNS, _is_by_author_of(article), *first)


def shown(rows: Iterable[tuple[Any, ...]]) -> list[ShownComment]:
    return [ShownComment(*row) for row in rows]


def _is_by_author_of(article: int | OuterRef) -> Case:
    # The accounts of one byline, found once. Asked of each comment whether there is one for it,
    # PostgreSQL would rather read all bylines of the magazine first.
    named = ArticleAuthor.objects.filter(article=article, author__user__isnull=False).order_by()
    return Case(
        When(account__in=named.values("author__user"), then=Value(True)), default=Value(False)
    )
