"""Lists of published articles: twenty at a time, by keyset, by queries that are made once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, ClassVar, Literal, Protocol, TypeVar

from django.db.models import BigIntegerField, Exists, Func, IntegerField, OuterRef, Q, QuerySet
from django.db.models import Value as PlainValue
from django.utils import timezone

from articles.archive import between
from articles.counts import kept
from articles.models import Article, ArticleQuerySet
from articles.pages.stories import Story, stories
from articles.paging import (
    Page,
    Position,
    decode_cursor,
    microseconds_of,
    moment_of,
    page_of,
)
from articles.queries.compiled import CompiledQuery, Value

PAGE_SIZE = 20
# As many articles are sorted within a millisecond or two.
SORTED = 1_000

Rows = TypeVar("Rows", bound=QuerySet[Any])
# What an order is compared by, and the key.
Place = tuple[Any, int]


def beyond(rows: Rows, field: str, value: object, pk: int, side: Literal["lt", "gt"]) -> Rows:
    """Keep the rows on that side of a place in the order of `field`, with the id as tiebreak."""
    # Said as a range first, because no database turns the alternative into one.
    return rows.filter(
        Q(**{f"{field}__{side}": value}) | Q(**{f"pk__{side}": pk}), **{f"{field}__{side}e": value}
    )


def by_age(articles: ArticleQuerySet, at: datetime | None = None) -> ArticleQuerySet:
    """Return the articles of a list, which a join has made, in a form that ages quickly.

    They are those published at `at` (now). A short list is fetched and sorted; of a long one the
    database would sort all for the sake of twenty. It looks through what is newest instead until
    it has found enough that are in the list.
    """
    return Article.objects.published(at).filter(Exists(articles.filter(pk=OuterRef("pk"))))


class Order(Protocol):
    """How a list goes on: the places of a page and one more, and what comes after one of them."""

    numbers: ClassVar[int]

    def places(self, articles: ArticleQuerySet) -> QuerySet[Article, Any]: ...

    def after(self, articles: ArticleQuerySet, position: Sequence[Any]) -> ArticleQuerySet: ...

    def values(self, position: Position) -> tuple[Value, ...]: ...

    def position(self, place: Place) -> Position: ...


class Newest:
    """The newest first; the position of an article is its moment and key."""

    numbers: ClassVar[int] = 2

    def places(self, articles: ArticleQuerySet) -> QuerySet[Article, Any]:
        return articles.newest_first().values_list("published_at", "pk")[: PAGE_SIZE + 1]

    def after(self, articles: ArticleQuerySet, position: Sequence[Any]) -> ArticleQuerySet:
        moment, pk = position
        return beyond(articles, "published_at", moment, pk, "lt")

    def values(self, position: Position) -> tuple[Value, ...]:
        microseconds, pk = position
        return moment_of(microseconds), pk

    def position(self, place: Place) -> Position:
        return microseconds_of(place[0]), place[1]


class Episodes:
    """The episodes of one series in the order of their numbers, which are their positions."""

    numbers: ClassVar[int] = 1

    def places(self, articles: ArticleQuerySet) -> QuerySet[Article, Any]:
        return articles.order_by("episode").values_list("episode", "pk")[: PAGE_SIZE + 1]

    def after(self, articles: ArticleQuerySet, position: Sequence[Any]) -> ArticleQuerySet:
        # A cursor's number, and what stands for it in a compiled query, may be none of a column's.
        return articles.filter(episode__gt=PlainValue(position[0], BigIntegerField()))

    def values(self, position: Position) -> tuple[Value, ...]:
        return position

    def position(self, place: Place) -> Position:
        return (place[0],)


NEWEST = Newest()
EPISODES = Episodes()


class Listing:
    """A list of what is published: of all articles what `narrowed` keeps for the list's values.

    A list that `is_joined` has no index in its order, so that it is asked for `by_age` when it is
    long.
    """

    def __init__(
        self,
        narrowed: Callable[..., ArticleQuerySet],
        order: Order = NEWEST,
        *,
        is_joined: bool = False,
    ) -> None:
        def listed(at: datetime, *values: Any) -> ArticleQuerySet:
            return narrowed(Article.objects.published(at), *values)

        def aged(at: datetime, *values: Any) -> ArticleQuerySet:
            return by_age(listed(at, *values), at)

        self._order = order
        self._count = CompiledQuery(
            lambda *values: listed(*values).order_by().values_list(_count())
        )
        self._short = _Places(listed, order)
        # Which way is shorter depends on how many of all articles are in the list.
        self._long = _Places(aged, order, is_planned_anew=True) if is_joined else self._short

    def count(self, name: str, *values: Value) -> int:
        """Return how many there are, as `counts` knows; `name` tells the list from all others."""
        return kept(name, lambda: int(self._count(timezone.now(), *values)[0][0]))

    def page(self, count: int, cursor: str, *values: Value) -> Page[Story]:
        """Return a page of the list, which holds so many; raise BadCursorError."""
        places = self._of_length(count)
        at = timezone.now()
        if cursor:
            position = self._order.values(decode_cursor(cursor, numbers=self._order.numbers))
            return _page_of(places.after(position, at, *values), self._order, is_first=False)
        return _page_of(places.first(at, *values), self._order, is_first=True)

    def first_keys(self, *values: Value, count: int = 0) -> list[int]:
        """Return the keys of the first page; of a joined list its count is needed."""
        places = self._of_length(count).first(timezone.now(), *values)
        return [pk for _, pk in places[:PAGE_SIZE]]

    def _of_length(self, count: int) -> _Places:
        return self._long if count > SORTED else self._short


class _Places:
    """The places of a list's first page, and of any after that."""

    def __init__(
        self,
        listed: Callable[..., ArticleQuerySet],
        order: Order,
        *,
        is_planned_anew: bool = False,
    ) -> None:
        self.first = CompiledQuery(
            lambda *values: order.places(listed(*values)), is_planned_anew=is_planned_anew
        )
        self.after = CompiledQuery(
            lambda position, *values: order.places(order.after(listed(*values), position)),
            is_planned_anew=is_planned_anew,
        )


def newest_page(articles: ArticleQuerySet, cursor: str) -> Page[Story]:
    """Return the newest of any articles, or those after the cursor; raise BadCursorError."""
    if cursor:
        position = NEWEST.values(decode_cursor(cursor, numbers=NEWEST.numbers))
        articles = NEWEST.after(articles, position)
    return _page_of(list(NEWEST.places(articles)), NEWEST, is_first=not cursor)


def _page_of(places: Sequence[Place], order: Order, *, is_first: bool) -> Page[Story]:
    page = page_of(places, PAGE_SIZE, order.position, is_first=is_first)
    return Page(stories(pk for _, pk in page.items), page.next_cursor, is_first)


def _count() -> Func:
    # As an aggregate it would group the rows.
    return Func(template="COUNT(*)", output_field=IntegerField())


ALL = Listing(lambda articles: articles)
CATEGORY = Listing(lambda articles, category: articles.filter(category=category))
TAG = Listing(lambda articles, tag: articles.tagged(tag), is_joined=True)
AUTHOR = Listing(lambda articles, author: articles.by(author), is_joined=True)
SERIES = Listing(lambda articles, series: articles.filter(series=series), EPISODES)
NEW_EPISODES = Listing(lambda articles, series: articles.filter(series=series))
PERIOD = Listing(between)
