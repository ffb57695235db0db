"""Years and months of the archive, as the Korean calendar counts them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from articles.compiled import CompiledQuery
from articles.counts import EXACT, kept
from articles.models import Article, ArticleQuerySet


@dataclass(frozen=True, slots=True)
class Month:
    year: int
    number: int
    article_count: int


@dataclass(frozen=True, slots=True)
class Year:
    """A year with the months in which something appeared, the latest first."""

    number: int
    months: tuple[Month, ...]

    @property
    def article_count(self) -> int:
        return sum(month.article_count for month in self.months)

    @property
    def full_month(self) -> int:
        """How many articles fill a month's bar: the busiest month's, and a few at least."""
        return max(4, *(month.article_count for month in self.months))


def period(year: int, month: int | None = None) -> tuple[datetime, datetime]:
    """Return when a year, or month, of Korean time begins and the next one does."""
    first = timezone.make_aware(datetime(year, month or 1, 1))  # noqa: DTZ001 - made aware at once
    if month is None or month == 12:
        end = first.replace(year=year + 1, month=1)
    else:
        end = first.replace(month=month + 1)
    return first, end


def between(articles: ArticleQuerySet, first: datetime, end: datetime) -> ArticleQuerySet:
    """Keep what appeared from the first moment to before the end."""
    return articles.filter(published_at__gte=first, published_at__lt=end)


def years_of(articles: ArticleQuerySet) -> list[Year]:
    """Count the articles by year and month, the latest first, in one query."""
    return _by_year(_counted(articles))


def shown_years(year: int | None = None) -> list[Year]:
    """Return the years, or one of them, as pages show them.

    Of very many articles that is as of some minutes ago.
    """

    def counted() -> list[Year]:
        now = timezone.now()
        return _by_year(_counted_of_year(now, *period(year)) if year else _counted_of_all(now))

    return kept(f"years.{year or 'all'}", counted, _are_many)


def _are_many(years: list[Year]) -> bool:
    return sum(year.article_count for year in years) > EXACT


def _counted(articles: ArticleQuerySet) -> QuerySet[Article, Any]:
    """Return each month, by its first moment, with how many articles appeared in it."""
    months = articles.annotate(month=TruncMonth("published_at")).values_list("month")
    return months.annotate(Count("pk")).order_by("-month")


_counted_of_all = CompiledQuery(lambda at: _counted(Article.objects.published(at)))
_counted_of_year = CompiledQuery(
    lambda at, first, end: _counted(between(Article.objects.published(at), first, end))
)


def _by_year(counted: Iterable[tuple[datetime, int]]) -> list[Year]:
    months = (Month(month.year, month.month, count) for month, count in counted)
    return [Year(year, tuple(group)) for year, group in groupby(months, key=lambda m: m.year)]
