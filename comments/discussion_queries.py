"""What pages of a discussion ask the database, compiled once: few questions, whatever its size."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from articles.queries.compiled import CompiledQuery
from comments.models import Comment, CommentQuerySet, RemovedBy
from comments.orders import OLDEST, ORDERS, Order
from comments.shown_comment import ShownComment, as_shown, as_shown_roots, shown

ROOTS_PER_PAGE = 20
REPLIES_PER_PAGE = 50
# Numbers are asked for by so many at a time, the last of them again and again, so that one SQL
# serves pages of any size.
_TOGETHER = 20

Rows = QuerySet[Comment, Any]


def roots_of(article_id: int) -> CommentQuerySet:
    return Comment.objects.shown_roots().filter(article=article_id)


def unpinned_of(article_id: int) -> CommentQuerySet:
    return roots_of(article_id).filter(recommended_at__isnull=True)


def replies_to(root_id: int) -> CommentQuerySet:
    return Comment.objects.shown_replies().filter(root=root_id)


def root(article_id: int, pk: int) -> ShownComment | None:
    """Return the comment that opens a thread of the article, if pages show it."""
    return next(iter(shown(_root(article_id, pk))), None)


def comment(pk: int) -> ShownComment:
    """Return one comment, which is there."""
    return shown(_comment(pk))[0]


def first_roots(article_id: int, order: Order) -> list[ShownComment]:
    """Return what opens the first threads, one more than a page has if there are more."""
    return shown(_FIRST[order](article_id))


def pinned_and_first_roots(
    article_id: int, order: Order
) -> tuple[list[ShownComment], list[ShownComment]]:
    """Return the same in one go with what editors recommend, the latest recommended first."""
    pinned: list[ShownComment] = []
    others: list[ShownComment] = []
    for each in shown(_PINNED_AND_FIRST[order](article_id)):
        (pinned if each.is_recommended else others).append(each)
    pinned.sort(key=lambda each: (each.recommended_at, each.pk), reverse=True)
    others.sort(key=lambda each: (getattr(each, order.field), each.pk), reverse=order.descending)
    return pinned, others


def roots_after(article_id: int, order: Order, cursor: str) -> list[ShownComment]:
    """Return what opens the threads after the cursor; raise BadCursorError."""
    return shown(_AFTER[order](article_id, *order.place_of(cursor)))


def are_on_first_page(article_id: int, order: Order, value: int | datetime, pk: int) -> bool:
    """Whether so few come before the root with that value and number."""
    return len(_BEFORE[order](article_id, value, pk)) < ROOTS_PER_PAGE


def first_replies(article_id: int, roots: Sequence[ShownComment]) -> list[ShownComment]:
    """Return the replies that the roots name, in the order written, all of them by one query."""
    keys = [pk for each in roots for pk in each.first_replies]
    return shown(_replies(article_id, _padded(keys)))


def replies(article_id: int, root_id: int, cursor: str) -> list[ShownComment]:
    """Return the replies after the cursor, one more than a page has; raise BadCursorError."""
    if cursor:
        return shown(_replies_after(article_id, root_id, *OLDEST.place_of(cursor)))
    return shown(_first_replies(article_id, root_id))


def removal_counts(article_id: int) -> list[tuple[str, int]]:
    """Return how many of the article's comments were taken down by each who took some."""
    return _removal_counts(article_id)


def _removed_from(article_id: int) -> Rows:
    # Named one by one, so that those that were not taken down are not even looked at.
    removed = Comment.objects.filter(article=article_id, removed_by__in=RemovedBy.values)
    return removed.order_by().values_list("removed_by").annotate(count=Count("pk"))


def _padded(keys: list[int]) -> tuple[int, ...]:
    return (*keys, *keys[-1:] * (-len(keys) % _TOGETHER))


def _first(order: Order) -> CompiledQuery:
    return CompiledQuery(lambda article_id: _page(order, unpinned_of(article_id), article_id))


def _pinned_and_first(order: Order) -> CompiledQuery:
    def asked(article_id: int) -> Rows:
        first = order.sorted(unpinned_of(article_id)).values("pk")[: ROOTS_PER_PAGE + 1]
        pinned = roots_of(article_id).visible().filter(recommended_at__isnull=False)
        others = Comment.objects.filter(pk__in=first)
        both = (as_shown_roots(each.order_by(), article_id) for each in (others, pinned))
        return next(both).union(*both, all=True)

    return CompiledQuery(asked)


def _after(order: Order) -> CompiledQuery:
    return CompiledQuery(
        lambda article_id, value, pk: _page(
            order, order.after_place(unpinned_of(article_id), value, pk), article_id
        )
    )


def _before(order: Order) -> CompiledQuery:
    def asked(article_id: int, value: int | datetime, pk: int) -> Rows:
        before = order.before_place(unpinned_of(article_id), value, pk)
        return before.order_by().values_list("pk")[:ROOTS_PER_PAGE]

    return CompiledQuery(asked)


def _page(order: Order, roots: CommentQuerySet, article_id: int) -> Rows:
    return as_shown_roots(order.sorted(roots), article_id)[: ROOTS_PER_PAGE + 1]


def _page_of_replies(replies: CommentQuerySet, article_id: int) -> Rows:
    return as_shown(OLDEST.sorted(replies), article_id)[: REPLIES_PER_PAGE + 1]


_FIRST = {order: _first(order) for order in ORDERS}
_PINNED_AND_FIRST = {order: _pinned_and_first(order) for order in ORDERS}
_AFTER = {order: _after(order) for order in ORDERS}
_BEFORE = {order: _before(order) for order in ORDERS}
_replies = CompiledQuery(
    lambda article_id, keys: as_shown(
        OLDEST.sorted(Comment.objects.filter(pk__in=keys)), article_id
    )
)
_first_replies = CompiledQuery(
    lambda article_id, root_id: _page_of_replies(replies_to(root_id), article_id)
)
_replies_after = CompiledQuery(
    lambda article_id, root_id, value, pk: _page_of_replies(
        OLDEST.after_place(replies_to(root_id), value, pk), article_id
    )
)
_root = CompiledQuery(
    lambda article_id, pk: as_shown(roots_of(article_id).filter(pk=pk).order_by(), article_id)
)
# By one plan for all, PostgreSQL reads every comment of a discussion, however long it is.
_removal_counts = CompiledQuery(_removed_from, is_planned_anew=True)
_comment = CompiledQuery(lambda pk: as_shown(Comment.objects.filter(pk=pk).order_by()))
