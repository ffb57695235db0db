"""What appeared before and after an article in its category."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, Subquery

from articles.models import Article, ArticleQuerySet
from articles.pages.steps import Step


class SectionNeighbours(NamedTuple):
    older: Step | None
    newer: Step | None


def newer_in(category: int, moment: datetime, key: int, at: datetime) -> ArticleQuerySet:
    """Keep what readers see at `at` next after the article with that time and number."""
    is_newer = Q(published_at__gt=moment) | Q(published_at=moment, pk__gt=key)
    # The plain comparison is what leads the database to the place in the index.
    newer = _section(category, at).filter(is_newer, published_at__gte=moment)
    return _the_one(newer.order_by("published_at", "pk"))


def older_in(category: int, moment: datetime, key: int, at: datetime) -> ArticleQuerySet:
    """Keep what readers see next before it."""
    is_older = Q(published_at__lt=moment) | Q(published_at=moment, pk__lt=key)
    older = _section(category, at).filter(is_older, published_at__lte=moment)
    return _the_one(older.newest_first())


def _section(category: int, at: datetime) -> ArticleQuerySet:
    return Article.objects.published(at).filter(category=category)


def _the_one(articles: ArticleQuerySet) -> ArticleQuerySet:
    return Article.objects.filter(pk=Subquery(articles.values("pk")[:1])).order_by()
