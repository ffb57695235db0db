"""What lists know of an article: plain facts, read by two queries, with no rows made of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from articles.languages import KOREAN
from articles.models import Article, ArticleAuthor, CommentPolicy
from articles.models.article_queryset import OPENING_LENGTH
from articles.pages.image_facts import ImageFacts, image_columns, image_facts, stored_facts
from articles.queries.compiled import CompiledQuery


class Named(NamedTuple):
    """A category, series or author; what a list shows has no need of its kind's other facts."""

    pk: int
    name: str
    slug: str


class Story(NamedTuple):
    """An article in a list.

    `dek` is the first line of the summary where there is none, and `opening` the beginning of the
    text where there is neither.
    """

    pk: int
    slug: str
    title: str
    language: str
    published_at: datetime
    reading_minutes: int
    comment_policy: str
    comment_count: int
    episode: int | None
    dek: str
    description: str
    opening: str
    category: Named | None
    series: Named | None
    lead_image: ImageFacts | None
    authors: tuple[Named, ...]

    @property
    def is_foreign(self) -> bool:
        """Whether the text is in another language than the page around it."""
        return self.language != KOREAN

    @property
    def has_discussion(self) -> bool:
        return self.comment_policy != CommentPolicy.HIDDEN

    def get_absolute_url(self) -> str:
        return reverse("articles:article", args=[self.slug])


def stories(keys: Iterable[int], at: datetime | None = None) -> list[Story]:
    """Return those of the articles that readers may see at `at` (now), in the order of their keys.

    Two queries, or none without a key.
    """
    wanted = list(dict.fromkeys(keys))
    asked = padded(wanted)
    rows = {row[0]: row for row in _rows(asked, at or timezone.now())}
    bylines = bylines_of(asked if rows else ())
    return [_story(rows[key], tuple(bylines.get(key, ()))) for key in wanted if key in rows]


def newest_stories(keys: Iterable[int], at: datetime | None = None) -> list[Story]:
    """Return the same, whose keys come in no order, with the newest first."""
    return sorted(stories(keys, at), key=lambda story: (story.published_at, story.pk), reverse=True)


def story_of(article: Article) -> Story:
    """Return the same of an article that was loaded with its category, series and authors."""
    dek = article.dek or article.summary_1
    category, series = article.category, article.series
    facts = (
        *(getattr(article, name) for name in _OWN),
        dek,
        article.description,
        "" if dek else getattr(article, "opening", ""),
        Named(category.pk, category.name, category.slug) if category else None,
        Named(series.pk, series.title, series.slug) if series else None,
        image_facts(article.lead_image) if article.lead_image else None,
        tuple(Named(author.pk, author.name, author.slug) for author in article.authors.all()),
    )
    return Story._make(facts)


def bylines_of(articles: tuple[int, ...]) -> dict[int, list[Named]]:
    """Return who is named as author of each article, in order, by one query."""
    bylines: dict[int, list[Named]] = {}
    for article, *author in _bylines(articles):
        bylines.setdefault(article, []).append(Named(*author))
    return bylines


# The first fields of a Story, as they are stored.
_OWN = (
    *("pk", "slug", "title", "language", "published_at", "reading_minutes"),
    *("comment_policy", "comment_count", "episode"),
)
_WORDS = ("dek", "summary_1", "summary_2", "summary_3", "opening")
_AFTER_WORDS = len(_OWN) + len(_WORDS)
_CATEGORY = ("category", "category__name", "category__slug")
_SERIES = ("series", "series__title", "series__slug")


def _published_rows(keys: Sequence[int], at: datetime) -> QuerySet[Article, Any]:
    published = Article.objects.published(at).filter(pk__in=keys).order_by()
    return published.with_opening(OPENING_LENGTH).values_list(
        *_OWN, *_WORDS, *_CATEGORY, *_SERIES, *image_columns("lead_image")
    )


def _authors_of(keys: Sequence[int]) -> QuerySet[ArticleAuthor, Any]:
    named = ArticleAuthor.objects.filter(article__in=keys).order_by("position", "pk")
    return named.values_list("article", "author", "author__name", "author__slug")


_rows = CompiledQuery(_published_rows)
_bylines = CompiledQuery(_authors_of)


def padded(keys: list[int]) -> tuple[int, ...]:
    """Repeat the last key up to a power of two, so that few lengths of queries are compiled."""
    length = 1 << (len(keys) - 1).bit_length() if keys else 0
    return (*keys, *keys[-1:] * (length - len(keys)))


def _story(row: Sequence[Any], authors: tuple[Named, ...]) -> Story:
    own = row[: len(_OWN)]
    dek, *summary, opening = row[len(_OWN) : _AFTER_WORDS]
    row = row[_AFTER_WORDS:]
    shown = dek or summary[0]
    facts = (
        *own,
        shown,
        dek or " ".join(filter(None, summary)),
        "" if shown else opening,
        Named(*row[:3]) if row[0] else None,
        Named(*row[3:6]) if row[3] else None,
        stored_facts(row[6:]),
        authors,
    )
    return Story._make(facts)
