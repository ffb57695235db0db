"""From what a reader asks to a page of articles.

The database says which articles match and are visible; what is best among them is judged here,
by `scoring`, so that both databases give the same pages. Of words that very many articles hold,
only the newest are judged, and those that have them in the title.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from articles.models import Article, Author, Category, SynonymGroup
from articles.pages.listings import NEWEST as BY_AGE
from articles.pages.listings import PAGE_SIZE, newest_page
from articles.pages.stories import Story, padded, stories
from articles.paging import Page, Position, decode_cursor, page_of
from articles.queries.compiled import CompiledQuery, Value
from articles.search import spelling
from articles.search.engines import matching
from articles.search.merit import Ranking
from articles.search.queries import Query, Synonyms, understood
from articles.search.snippets import Piece, marked, snippet
from articles.search.visible import articles_among, is_cut, keys_among
from articles.search.vocabulary import vocabulary

MOST_COUNTED = 1_000
# The articles that hold the words and were added last, of which readers may not see all.
_MOST_MATCHES = 1_250
# More before a filter chooses among them, as long as it leaves fewer than are worth ranking.
_MOST_MATCHES_NARROWED = (_MOST_MATCHES, 3_500, 10_000)
# All of a thousand are ranked, and of more than can be counted these.
_MOST_RANKED = 300
_MOST_RANKED_BY_TITLE = 200
# The titles that hold the words and were added last, of which readers may not see all.
_MOST_TITLES = 400
_MOST_READINGS_TRIED = 12

RELEVANCE = "relevance"
NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search; None for what does not. `until` is no longer part of it."""

    category: Category | None = None
    author: Author | None = None
    since: datetime | None = None
    until: datetime | None = None

    @property
    def narrowing(self) -> dict[str, Value]:
        """What an article must be, as lookups with their values."""
        asked: dict[str, Value | None] = {
            "category": self.category.pk if self.category else None,
            "byline__author": self.author.pk if self.author else None,
            "published_at__gte": self.since,
            "published_at__lt": self.until,
        }
        return {name: value for name, value in asked.items() if value is not None}


@dataclass(frozen=True, slots=True)
class _Found:
    """The ids of articles that were found, the newest first, among so many matches."""

    keys: list[int]
    most_matches: int
    is_cut: bool

    @property
    def counted(self) -> tuple[int, bool]:
        """How many there are, and whether there are more; in hundreds of what was not all found."""
        found = len(self.keys)
        count = found // 100 * 100 if self.is_cut else found
        return min(count, MOST_COUNTED), self.is_cut or found > MOST_COUNTED


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found, with what shows why."""

    article: Story
    title: list[Piece]
    snippet: list[Piece]


@dataclass(frozen=True, slots=True)
class Results:
    """A page of hits; `count` is a lower bound when it `is_open`."""

    query: Query
    page: Page[Hit]
    count: int
    is_open: bool

    @classmethod
    def none(cls, query: Query) -> Results:
        return cls(query, Page([], "", is_first=True), 0, is_open=False)


def find(query: Query, filters: Filters, sort: str, cursor: str) -> Results:
    """Return what readers may see of what matches; raises paging.BadCursorError.

    The query is one that can find something. Initials have no other order than by age.
    """
    if sort == NEWEST or query.initials:
        return _newest(query, filters, cursor)
    return _best(query, filters, cursor)


def _newest(query: Query, filters: Filters, cursor: str) -> Results:
    found = _found(query, filters)
    if cursor:
        matches = matching(query, found.most_matches)
        page = newest_page(articles_among(matches, filters.narrowing), cursor)
    else:
        page = _newest_of(found.keys)
    hits = Page(_hits(page.items, query), page.next_cursor, page.is_first)
    return Results(query, hits, *found.counted)


def _newest_of(keys: Sequence[int]) -> Page[Story]:
    shown = stories(keys[: PAGE_SIZE + 1])
    return page_of(
        shown,
        PAGE_SIZE,
        lambda story: BY_AGE.position((story.published_at, story.pk)),
        is_first=True,
    )


def _best(query: Query, filters: Filters, cursor: str) -> Results:
    after = decode_cursor(cursor, numbers=2) if cursor else None
    found = _found(query, filters)
    ranking = _ranked(query, filters, found.keys, after)
    places = page_of(ranking.page, PAGE_SIZE, _itself, is_first=not cursor)
    on_page = [pk for _, pk in places.items]
    # One that was withdrawn since it was ranked is not there.
    hits = Page(_hits(stories(on_page), query), places.next_cursor, places.is_first)
    return Results(query, hits, *found.counted)


def exists(query: Query) -> bool:
    """Whether readers find anything by it."""
    return bool(query) and bool(keys_among(matching(query, _MOST_MATCHES), {}, most=1))


def meant(query: Query, synonyms: Synonyms) -> Query | None:
    """Return what somebody who finds nothing may have meant, if that finds something."""
    for text in spelling.readings(query, vocabulary())[:_MOST_READINGS_TRIED]:
        reading = understood(text, synonyms)
        if exists(reading):
            return reading
    return None


def stored_synonyms() -> Synonyms:
    """Return what editors have called the same, in one query."""
    synonyms: dict[Any, list[Any]] = {}
    for phrases in _synonyms():
        group = [tuple(phrase) for phrase in phrases]
        for phrase in group:
            others = [other for other in group if other != phrase]
            synonyms.setdefault(phrase, []).extend(others)
    return synonyms


def _found(query: Query, filters: Filters) -> _Found:
    narrowing = filters.narrowing
    *steps, last = _MOST_MATCHES_NARROWED if narrowing else (_MOST_MATCHES,)
    for most in steps:
        matches = matching(query, most)
        keys = keys_among(matches, narrowing)
        is_part = is_cut(matches, most)
        if not is_part or len(keys) >= _MOST_RANKED:
            return _Found(keys, most, is_part)
    return _Found(keys_among(matching(query, last), narrowing), last, is_cut=False)


def _ranked(query: Query, filters: Filters, keys: Sequence[int], after: Position | None) -> Ranking:
    ranking = Ranking(query, after)
    if len(keys) <= MOST_COUNTED:
        ranking.judge(keys)
        return ranking
    titles = matching(query, _MOST_TITLES, title_only=True)
    ranking.judge(keys_among(titles, filters.narrowing, most=_MOST_RANKED_BY_TITLE))
    if not ranking.is_settled:
        ranking.judge(keys[:_MOST_RANKED])
    return ranking


def _hits(articles: Sequence[Story], query: Query) -> list[Hit]:
    texts = dict(_texts(padded([article.pk for article in articles])))
    return [
        Hit(
            article,
            marked(article.title, query),
            snippet(texts.get(article.pk) or article.description, query),
        )
        for article in articles
    ]


def _texts_of(keys: Sequence[int]) -> QuerySet[Article, Any]:
    return Article.objects.filter(pk__in=keys).values_list("pk", "plain_text")


_texts = CompiledQuery(_texts_of)
_synonyms = CompiledQuery(lambda: SynonymGroup.objects.values_list("phrases", flat=True))


def _itself(place: Position) -> Position:
    return place
