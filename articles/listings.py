"""Pages of articles as lists show them: twenty at a time, by keyset."""

from collections.abc import Sequence
from typing import Any, Literal, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from articles.models import Article, ArticleQuerySet
from articles.paging import (
    Page,
    Position,
    decode_cursor,
    microseconds_of,
    moment_of,
    page_of,
)
from articles.stories import Story, stories

PAGE_SIZE = 20
# As many articles are sorted within a millisecond or two.
SORTED = 1_000

Rows = TypeVar("Rows", bound=QuerySet[Any])


def beyond(rows: Rows, field: str, value: object, pk: int, side: Literal["lt", "gt"]) -> Rows:
    """Keep the rows on that side of a place in the order of `field`, with the id as tiebreak."""
    # Said as a range first, because no database turns the alternative into one.
    return rows.filter(
        Q(**{f"{field}__{side}": value}) | Q(**{f"pk__{side}": pk}), **{f"{field}__{side}e": value}
    )


def by_age(articles: ArticleQuerySet, count: int) -> ArticleQuerySet:
    """Return the published articles of a list, which a join has made, in a form that ages quickly.

    A short list is fetched and sorted. Of a long one the database would sort all for the sake of
    twenty; it looks through what is newest instead until it has found enough that are in it.
    """
    if count <= SORTED:
        return articles
    return Article.objects.published().filter(Exists(articles.filter(pk=OuterRef("pk"))))


def newest_page(articles: ArticleQuerySet, cursor: str) -> Page[Story]:
    """Return the newest of the articles, or those after the cursor; raise BadCursorError."""
    if cursor:
        microseconds, pk = decode_cursor(cursor, numbers=2)
        moment = moment_of(microseconds)
        articles = beyond(articles, "published_at", moment, pk, "lt")
    # The keys first: where a database has to sort, it shall not carry whole rows along.
    found = articles.newest_first().values_list("published_at", "pk")[: PAGE_SIZE + 1]
    # What is published has a time.
    places = [((microseconds_of(moment), pk), pk) for moment, pk in found if moment]
    return _page_of(places, is_first=not cursor)


def episode_page(articles: ArticleQuerySet, cursor: str) -> Page[Story]:
    """Return the episodes of one series in the order of their numbers; raise BadCursorError."""
    if cursor:
        (episode,) = decode_cursor(cursor, numbers=1)
        articles = articles.filter(episode__gt=episode)
    found = articles.order_by("episode").values_list("episode", "pk")[: PAGE_SIZE + 1]
    return _page_of([((episode or 0,), pk) for episode, pk in found], is_first=not cursor)


def _page_of(found: Sequence[tuple[Position, int]], *, is_first: bool) -> Page[Story]:
    """Return the stories of these keys, each with the position by which it was found."""
    page = page_of(found, PAGE_SIZE, lambda place: place[0], is_first=is_first)
    return Page(stories(pk for _, pk in page.items), page.next_cursor, is_first)
