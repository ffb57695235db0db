"""What to read after an article: candidates from the database, judged by a pure rule."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from articles.models import Article, Tag, TaggedArticle
from articles.models.existence import there_is

RELATED_SIZE = 4
# The newest that share a tag, the category or the series are weighed; older ones are not fetched.
CANDIDATES = 60
# What a short line shows, and what is weighed.
SHOWN = ("slug", "title", "dek", "published_at", "reading_minutes", "lead_image")
SHOWN_OF_IMAGE = (
    *("file", "width", "height", "focus_x", "focus_y"),
    *("rendition_widths", "renditions_version"),
)
WEIGHED = ("category", "series", "summary_1", "summary_2", "summary_3")

TAG_WEIGHT = 3.0
SERIES_WEIGHT = 2.0
CATEGORY_WEIGHT = 1.0
# Two articles on one matter share about a sixth of their pairs of letters.
TEXT_WEIGHT = 12.0

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Affinity:
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


def likeness(one: str, other: str) -> float:
    """Say which share, 0 to 1, of the pairs of letters in two texts both have.

    A particle changes only the last pair of a Korean word: 전력망을 and 전력망의 share two of three.
    """
    return _shared(_pairs(one), _pairs(other))


def _shared(pairs: set[str], others: set[str]) -> float:
    both = len(pairs & others)
    every = len(pairs) + len(others) - both
    return both / every if every else 0.0


def related_articles(article: Article, besides: Iterable[int] = ()) -> list[Article]:
    """Return the public articles nearest to one, of equals the newer first, in one query.

    `besides` are keys of what the page shows already. What shares neither tag nor category nor
    series with any other is followed by what is nearest among the newest.
    """
    candidates = _candidates(article, article.tags.all(), {article.pk, *besides})
    pairs = _pairs(_text_of(article))
    ranked = sorted(candidates, key=lambda each: -_affinity(article, pairs, each).weight)
    return ranked[:RELATED_SIZE]


def _candidates(article: Article, tags: Iterable[Tag], besides: set[int]) -> QuerySet[Article]:
    with_tag = TaggedArticle.objects.filter(tag__in=[tag.pk for tag in tags])
    # Asked of one article after the other, the newest first: a list of all that have the tags
    # would be made anew for every page.
    alike = Q(there_is(with_tag.filter(content_object=OuterRef("pk"))))
    if article.category_id:
        alike |= Q(category=article.category_id)
    if article.series_id:
        alike |= Q(series=article.series_id)
    others = Article.objects.published()
    if tags or article.category_id or article.series_id:
        others = others.filter(alike)
    # Counted row by row, for the few that are fetched.
    shared = with_tag.filter(content_object=OuterRef("pk")).order_by().values("content_object")
    count = Subquery(shared.annotate(count=Count("pk")).values("count"))
    others = others.exclude(pk__in=besides).annotate(shared_tags=Coalesce(count, Value(0)))
    shown = others.select_related("lead_image").only(
        *SHOWN, *WEIGHED, *(f"lead_image__{name}" for name in SHOWN_OF_IMAGE)
    )
    return shown.newest_first()[:CANDIDATES]


def _affinity(article: Article, pairs: set[str], other: Article) -> Affinity:
    return Affinity(
        tags=other.shared_tags,  # type: ignore[attr-defined]
        same_series=article.series_id is not None and article.series_id == other.series_id,
        same_category=article.category_id is not None and article.category_id == other.category_id,
        text=_shared(pairs, _pairs(_text_of(other))),
    )


def _text_of(article: Article) -> str:
    return " ".join((article.title, article.dek, *article.summary))


def _pairs(text: str) -> set[str]:
    return {
        word[start : start + 2]
        for word in _WORD.findall(text.lower())
        for start in range(max(1, len(word) - 1))
    }
