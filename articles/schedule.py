"""When scheduled articles appear: by month, and moved to another time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from articles import editing
from articles.models import Article, ArticleQuerySet, Deed, Status

DAYS_IN_WEEK = 7


class RescheduleError(ValueError):
    """A move that must not be made; says why, in Korean."""


class NotScheduledError(RescheduleError):
    """The article is not waiting to appear, or no longer."""


@dataclass(slots=True)
class Day:
    date: date
    is_in_month: bool
    articles: list[Article] = field(default_factory=list)


@dataclass(slots=True)
class Month:
    """A month as a wall calendar shows it, in weeks that begin on Sunday."""

    first: date
    weeks: list[list[Day]]

    @property
    def before(self) -> date:
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date:
        return (self.first + timedelta(days=32)).replace(day=1)


def month_of(articles: ArticleQuerySet, day: date) -> Month:
    """Return the month of a day with the articles that appear in it, in one query."""
    first = day.replace(day=1)
    start = first - timedelta(days=(first.weekday() + 1) % DAYS_IN_WEEK)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    end = last + timedelta(days=DAYS_IN_WEEK - (last.weekday() + 1) % DAYS_IN_WEEK)
    days = {
        start + timedelta(days=number): Day(start + timedelta(days=number), is_in_month=False)
        for number in range((end - start).days)
    }
    for cell in days.values():
        cell.is_in_month = (cell.date.year, cell.date.month) == (first.year, first.month)
    for article in _between(articles, start, end):
        days[timezone.localdate(article.published_at)].articles.append(article)
    return Month(first, list(_weeks(list(days.values()))))


def _between(articles: ArticleQuerySet, start: date, end: date) -> ArticleQuerySet:
    """Keep what is to appear, or has, from midnight of one day to midnight of another."""
    return articles.filter(
        status=Status.PUBLISHED, published_at__gte=_midnight(start), published_at__lt=_midnight(end)
    ).order_by("published_at", "pk")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _weeks(days: list[Day]) -> Iterator[list[Day]]:
    for number in range(0, len(days), DAYS_IN_WEEK):
        yield days[number : number + DAYS_IN_WEEK]


@transaction.atomic
def reschedule(pk: int, at: datetime, actor: editing.Actor) -> Article:
    """Move a scheduled article to another time to come.

    Raises RescheduleError for a time that has passed or lies behind the article's end, and
    NotScheduledError for an article that is not waiting to appear.
    """
    article = editing.locked(pk)
    now = timezone.now()
    before = article.published_at
    if article.status != Status.PUBLISHED or before is None or before <= now:
        raise NotScheduledError("예약된 글이 아닙니다. 그사이 공개되었거나 내려졌습니다.")
    if at <= now:
        raise RescheduleError("지난 시각으로는 옮길 수 없습니다. 바로 내려면 발행해 주세요.")
    if article.expires_at is not None and article.expires_at <= at:
        raise RescheduleError("게재 종료보다 늦은 시각으로는 옮길 수 없습니다.")
    if at != before:
        article.published_at = at
        article.save(update_fields=["published_at"])
        moved = {"before": before.isoformat(), "after": at.isoformat()}
        editing.log(article, Deed.RESCHEDULE, actor, **moved)
    return article
