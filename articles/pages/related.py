"""What to read after an article: candidates from the database, judged by a pure rule."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cache, lru_cache, partial
from sys import intern
from typing import Any, NamedTuple

from django.db.models import (
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, TaggedArticle
from articles.models.existence import there_is
from articles.pages.image_facts import ImageFacts, image_columns, stored_facts
from articles.queries.compiled import CompiledQuery

RELATED_SIZE = 4
# The newest that share a tag, the category or the series are weighed; older ones are not fetched.
CANDIDATES = 60
# How many of them the page may show already: the article itself, and the steps to both sides.
_SHOWN_ALREADY = 3
_WEIGHED = (
    *("pk", "shared_tags", "series", "category"),
    *("title", "dek", "summary_1", "summary_2", "summary_3"),
)
_TEXTS = slice(4, len(_WEIGHED))
_SHOWN = ("slug", "published_at", "reading_minutes")
# Tags are asked for by so many at a time, the last of them again and again.
_TAGS_TOGETHER = 8
# The newest of every category and of the common tags are candidates of many pages.
_REMEMBERED_TEXTS = 1_024

TAG_WEIGHT = 3.0
SERIES_WEIGHT = 2.0
CATEGORY_WEIGHT = 1.0
# Two articles on one matter share about a sixth of their pairs of letters.
TEXT_WEIGHT = 12.0

_WORD = re.compile(r"[^\W_]+")


class Affinity(NamedTuple):
    """What two articles have in common; `text` is the share of their letters' pairs, 0 to 1."""

    tags: int
    same_series: bool
    same_category: bool
    text: float

    @property
    def weight(self) -> float:
        return (
            TAG_WEIGHT * self.tags
            + SERIES_WEIGHT * self.same_series
            + CATEGORY_WEIGHT * self.same_category
            + TEXT_WEIGHT * self.text
        )


class Related(NamedTuple):
    """What a short line shows of an article."""

    slug: str
    title: str
    dek: str
    published_at: datetime
    reading_minutes: int
    lead_image: ImageFacts | None

    def get_absolute_url(self) -> str:
        return reverse("articles:article", args=[self.slug])


def likeness(one: str, other: str) -> float:
    """Say which share, 0 to 1, of the pairs of letters in two texts both have.

    A particle changes only the last pair of a Korean word: 전력망을 and 전력망의 share two of three.
    """
    return _shared(_pairs(one), _pairs(other))


def _shared(pairs: Collection[str], others: frozenset[str]) -> float:
    both = len(others.intersection(pairs))
    every = len(pairs) + len(others) - both
    return both / every if every else 0.0


def related_articles(
    article: Article, tags: Sequence[int], besides: Iterable[int] = (), at: datetime | None = None
) -> list[Related]:
    """Return the public articles nearest to one, of equals the newer first, in one query.

    `tags` are the numbers of its own, `besides` those of what the page shows already, two at most.
    What shares neither tag nor category nor series with any other is followed by what is nearest
    among the newest.
    """
    known = {article.pk, *besides}
    candidates = [
        row for row in _candidates(article, tags, at or timezone.now()) if row[0] not in known
    ]
    pairs = _pairs(" ".join((article.title, article.dek, *article.summary)))
    weights = [_affinity(article, pairs, row).weight for row in candidates[:CANDIDATES]]
    ranked = sorted(range(len(weights)), key=lambda place: -weights[place])
    return [_related(candidates[place]) for place in ranked[:RELATED_SIZE]]


def _candidates(article: Article, tags: Sequence[int], at: datetime) -> list[Any]:
    shared = {"category": article.category_id, "series": article.series_id}
    named = tuple(name for name, value in shared.items() if value is not None)
    values: list[Any] = [value for value in shared.values() if value is not None]
    if tags:
        values.append((*tags, *[tags[-1]] * (-len(tags) % _TAGS_TOGETHER)))
    return _question(named, bool(tags))(at, *values)


@cache
def _question(named: tuple[str, ...], by_tag: bool) -> CompiledQuery:
    return CompiledQuery(partial(_alike, named, by_tag))


def _alike(
    named: Sequence[str], by_tag: bool, at: datetime, *values: Any
) -> QuerySet[Article, Any]:
    """Return the newest that are alike in the columns of these names, or by their tags.

    `values` are those of the columns, and then the numbers of the tags.
    """
    alike = Q(
        *(Q(**{name: value}) for name, value in zip(named, values, strict=False)), _connector=Q.OR
    )
    shared_tags: Any = Value(0)
    if by_tag:
        with_tag = TaggedArticle.objects.filter(tag__in=values[-1])
        with_tag = with_tag.filter(content_object=OuterRef("pk")).order_by()
        # Asked of one article after the other, the newest first: a list of all that have the tags
        # would be made anew for every page.
        alike |= Q(there_is(with_tag))
        # Counted row by row, for the few that are fetched, and not in groups of one.
        counted = with_tag.annotate(count=Func("pk", function="COUNT"))
        shared_tags = Subquery(counted.values("count"), output_field=IntegerField())
    others = Article.objects.published(at).filter(alike).newest_first()
    return others.annotate(shared_tags=shared_tags).values_list(
        *_WEIGHED, *_SHOWN, *image_columns("lead_image")
    )[: CANDIDATES + _SHOWN_ALREADY]


def _affinity(article: Article, pairs: frozenset[str], row: Sequence[Any]) -> Affinity:
    series, category = row[2:4]
    return Affinity(
        row[1],
        series is not None and series == article.series_id,
        category is not None and category == article.category_id,
        _shared(pairs, _pairs(" ".join(row[_TEXTS]))),
    )


def _related(row: Sequence[Any]) -> Related:
    title, dek = row[4:6]
    shown = row[len(_WEIGHED) :]
    slug, published_at, reading_minutes, *image = shown
    return Related(slug, title, dek, published_at, reading_minutes, stored_facts(image))


@lru_cache(_REMEMBERED_TEXTS)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(
        intern(word[start : start + 2])
        for word in _WORD.findall(text.lower())
        for start in range(max(1, len(word) - 1))
    )
