"""Years and months of the archive, as the Korean calendar counts them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.core.cache import cache
from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone

from articles.counts import EXACT, KEPT_SECONDS
from articles.models import ArticleQuerySet


@dataclass(frozen=True, slots=True)
class Month:
    year: int
    number: int
    article_count: int


@dataclass(frozen=True, slots=True)
class Year:
    """A year with the months in which something appeared, the latest first."""

    number: int
    months: list[Month]

    @property
    def article_count(self) -> int:
        return sum(month.article_count for month in self.months)

    @property
    def full_month(self) -> int:
        """How many articles fill a month's bar: the busiest month's, and a few at least."""
        return max(4, *(month.article_count for month in self.months))


def in_period(articles: ArticleQuerySet, year: int, month: int | None = None) -> ArticleQuerySet:
    """Keep what appeared in that year, or month, of Korean time."""
    first = timezone.make_aware(datetime(year, month or 1, 1))  # noqa: DTZ001 - made aware at once
    if month is None or month == 12:
        end = first.replace(year=year + 1, month=1)
    else:
        end = first.replace(month=month + 1)
    return articles.filter(published_at__gte=first, published_at__lt=end)


def years_of(articles: ArticleQuerySet) -> list[Year]:
    """Count the articles by year and month, the latest first, in one query."""
    rows = (
        articles.annotate(month=TruncMonth("published_at"))
        .values_list("month")
        .annotate(Count("pk"))
        .order_by("-month")
    )
    return _by_year(Month(month.year, month.month, count) for month, count in rows)


def shown_years(articles: ArticleQuerySet, name: str) -> list[Year]:
    """Return the years as pages show them: of very many articles, as of some minutes ago.

    `name` tells these articles from all others.
    """
    key = f"articles.years.{name}"
    kept: list[Year] | None = cache.get(key)
    if kept is not None:
        return kept
    years = years_of(articles)
    if sum(year.article_count for year in years) > EXACT:
        cache.set(key, years, KEPT_SECONDS)
    return years


def _by_year(months: Iterable[Month]) -> list[Year]:
    return [Year(year, list(group)) for year, group in groupby(months, key=lambda m: m.year)]
