"""Years and months of the archive, as the Korean calendar counts them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.db import connections
from django.db.models import DateTimeField, Func, IntegerField, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from articles.counts import EXACT, kept
from articles.models import Article, ArticleQuerySet
from articles.queries.compiled import CompiledQuery

# Months that one statement asks for, each by two values.
_AT_ONCE = 1_000


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


@lru_cache(maxsize=512)
def period(year: int, month: int | None = None) -> tuple[datetime, datetime]:
    """Return when a year, or month, of Korean time begins and the next one does."""
    first = timezone.make_aware(datetime(year, month or 1, 1))  # noqa: DTZ001 - made aware at once
    if month is None or month == 12:
        end = first.replace(year=year + 1, month=1)
    else:
        end = first.replace(month=month + 1)
    return first, end


def between(articles: ArticleQuerySet, first: Any, end: Any) -> ArticleQuerySet:
    """Keep what appeared from the first moment to before the end."""
    # Said first: of two ends of a range, SQLite takes that which it hears of first.
    return Article.objects.filter(published_at__gte=first, published_at__lt=end) & articles


def years_at(at: datetime) -> list[Year]:
    """Count what readers see at that moment by year and month, the latest first."""
    first, last = _first.first(at), _last.first(at)
    return _by_year(_counted(_months(first, last), at)) if first and last else []


def shown_years(year: int | None = None) -> list[Year]:
    """Return the years, or one of them, as pages show them.

    Of very many articles that is as of some minutes ago.
    """

    def counted() -> list[Year]:
        now = timezone.now()
        if year:
            return _by_year(_counted([(year, month) for month in range(1, 13)], now))
        return years_at(now)

    return kept(f"years.{year or 'all'}", counted, _are_many)


def _are_many(years: list[Year]) -> bool:
    return sum(year.article_count for year in years) > EXACT


_first = CompiledQuery(
    lambda at: (
        Article.objects.published(at)
        .order_by("published_at")
        .values_list("published_at", flat=True)[:1]
    )
)
_last = CompiledQuery(
    lambda at: (
        Article.objects.published(at)
        .order_by("-published_at")
        .values_list("published_at", flat=True)[:1]
    )
)


def _in_a_month(at: datetime) -> QuerySet[Article, Any]:
    """Return how many articles there are from `month.first` to before `month.next`."""
    first, end = (RawSQL(name, (), DateTimeField()) for name in ("month.first", "month.next"))  # noqa: S611 - our own words
    articles = between(Article.objects.published(at), first, end)
    count = Func(template="COUNT(*)", output_field=IntegerField())
    return articles.order_by().values_list(count)


_count = CompiledQuery(_in_a_month)


def _months(first: datetime, last: datetime) -> list[tuple[int, int]]:
    """Return the years and numbers of the months from that of one moment to that of another."""
    begin, end = (
        moment.year * 12 + moment.month - 1 for moment in map(timezone.localtime, (first, last))
    )
    return [(number // 12, number % 12 + 1) for number in range(begin, end + 1)]


def _counted(months: Sequence[tuple[int, int]], at: datetime) -> list[Month]:
    """Count each month by itself, the latest first; those in which nothing appeared are left out.

    Each is a range of an index. Grouped by month, SQLite would call Python for every article.
    """
    counted: list[Month] = []
    for start in range(0, len(months), _AT_ONCE):
        some = months[start : start + _AT_ONCE]
        counts = _counts([period(*month) for month in some], at)
        counted += (
            Month(*month, count) for month, count in zip(some, counts, strict=True) if count
        )
    return counted[::-1]


def _counts(periods: Sequence[tuple[datetime, datetime]], at: datetime) -> list[int]:
    sql, values = _count.statement(at)
    connection = connections[Article.objects.db]
    moment = "%s::timestamptz" if connection.vendor == "postgresql" else "%s"
    rows = ", ".join(f"({place}, {moment}, {moment})" for place in range(len(periods)))
    statement = f"""
        WITH month (place, first, next) AS (VALUES {rows})
        SELECT ({sql}) FROM month ORDER BY place
    """  # noqa: S608 - Django's own SQL, numbers
    adapted = connection.ops.adapt_datetimefield_value
    moments = [adapted(moment) for each in periods for moment in each]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*moments, *values])
        return [count for (count,) in cursor.fetchall()]


def _by_year(months: Iterable[Month]) -> list[Year]:
    return [Year(year, tuple(group)) for year, group in groupby(months, key=lambda m: m.year)]
