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

from django.utils import timezone

from articles.models import Article, ArticleQuerySet, Author, Category, SearchDocument, SynonymGroup
from articles.pages.listings import PAGE_SIZE, newest_page
from articles.pages.stories import Story, stories
from articles.paging import Page, Position, decode_cursor, page_of
from articles.search import spelling
from articles.search.engines import matching
from articles.search.queries import Query, Synonyms, understood
from articles.search.scoring import Candidate, score
from articles.search.snippets import Piece, marked, snippet
from articles.search.vocabulary import vocabulary

MOST_COUNTED = 1_000
# The articles that hold the words and were added last, of which readers may not see all; many
# more before a filter chooses among them.
_MOST_MATCHES = 1_250
_MOST_MATCHES_NARROWED = 10_000
# All of a thousand are ranked, and of more than can be counted these.
_MOST_RANKED = 300
_MOST_RANKED_BY_TITLE = 200
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
    def most_matches(self) -> int:
        return _MOST_MATCHES if self == Filters() else _MOST_MATCHES_NARROWED

    def apply(self, articles: ArticleQuerySet) -> ArticleQuerySet:
        if self.category:
            articles = articles.filter(category=self.category)
        if self.author:
            articles = articles.filter(authors=self.author)
        if self.since:
            articles = articles.filter(published_at__gte=self.since)
        if self.until:
            articles = articles.filter(published_at__lt=self.until)
        return articles


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
    articles = _visible(query, filters)
    found = newest_page(articles, cursor)
    hits = Page(_hits(found.items, query), found.next_cursor, found.is_first)
    if found.is_first and not found.next_cursor:
        return Results(query, hits, len(found.items), is_open=False)
    return Results(query, hits, *_counted(articles.count()))


def _best(query: Query, filters: Filters, cursor: str) -> Results:
    after = decode_cursor(cursor, numbers=2) if cursor else None
    keys = _newest_keys(_visible(query, filters))
    ranked = _ranked(query, filters, keys)
    rest = [place for place in ranked if after is None or place < after]
    places = page_of(rest[: PAGE_SIZE + 1], PAGE_SIZE, _itself, is_first=not cursor)
    on_page = [pk for _, pk in places.items]
    # One that was withdrawn since it was ranked is not there.
    hits = Page(_hits(stories(on_page), query), places.next_cursor, places.is_first)
    return Results(query, hits, *_counted(len(keys)))


def exists(query: Query) -> bool:
    """Whether readers find anything by it."""
    return bool(query) and _visible(query, Filters()).exists()


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
    for phrases in SynonymGroup.objects.values_list("phrases", flat=True):
        group = [tuple(phrase) for phrase in phrases]
        for phrase in group:
            others = [other for other in group if other != phrase]
            synonyms.setdefault(phrase, []).extend(others)
    return synonyms


def _visible(query: Query, filters: Filters, *, title_only: bool = False) -> ArticleQuerySet:
    articles = filters.apply(Article.objects.published())
    matches = matching(query, filters.most_matches, title_only=title_only)
    return articles.filter(pk__in=matches).newest_first()


def _counted(count: int) -> tuple[int, bool]:
    return min(count, MOST_COUNTED), count > MOST_COUNTED


def _ranked(query: Query, filters: Filters, keys: Sequence[int]) -> list[Position]:
    """Return score and id of the candidates among these, newest first, in order of merit."""
    candidates = set(keys)
    if len(keys) > MOST_COUNTED:
        titled = _visible(query, filters, title_only=True)
        candidates = {*keys[:_MOST_RANKED], *_newest_keys(titled[:_MOST_RANKED_BY_TITLE])}
    rows = SearchDocument.objects.filter(pk__in=candidates).values_list(
        "pk", "title_tokens", "body_tokens", "article__published_at"
    )
    now = timezone.now()
    places: list[Position] = []
    for pk, title, body, published_at in rows:
        age = (now - (published_at or now)).days
        places.append((score(query, Candidate(title, body, age)), pk))
    return sorted(places, reverse=True)


def _newest_keys(articles: ArticleQuerySet) -> list[int]:
    # The ids alone, because a database sorts whatever it is asked for along with them.
    return list(articles.values_list("pk", flat=True))


def _hits(articles: Sequence[Story], query: Query) -> list[Hit]:
    keys = [article.pk for article in articles]
    texts = dict(Article.objects.filter(pk__in=keys).values_list("pk", "plain_text"))
    return [
        Hit(
            article,
            marked(article.title, query),
            snippet(texts.get(article.pk) or article.description, query),
        )
        for article in articles
    ]


def _itself(place: Position) -> Position:
    return place
