"""What is read most: today, this week, and now.

A ranking is kept in the cache for a moment; which of its articles readers may see is asked
every time, so that a withdrawn one is gone at once.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Case, Exists, F, FloatField, OuterRef, QuerySet, Sum, Value, When
from django.utils import timezone

from articles.models import Article, DailyReads, HourlyReads
from articles.page_facts import renew_within
from articles.ranking import weights

HOT_SIZE = 7
# A list of one or two ranks nothing.
HOT_LEAST = 3
KEPT_SECONDS = 30
# How long a page of readers goes on showing a ranking, which may be as old as it is kept.
HOT_SECONDS = 30
# More than any list shows, because some may have been withdrawn since.
RANKED = 20

# Articles by key with what they are ranked by, the first one first.
Ranking = list[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class MostRead:
    article: Article
    count: int


def hot() -> list[Article]:
    """Return the articles of HOT 클릭 TOP 7 in order; none when hardly anything was read."""
    keys = hot_keys()
    found = Article.objects.published().only("slug", "title").in_bulk(keys) if keys else {}
    return [found[key] for key in first_seven(keys, found)]


def hot_keys() -> list[int]:
    """Return the keys of what is read most now, some of which may have been withdrawn since."""
    renew_within(HOT_SECONDS)
    keys = [key for key, _ in _kept("hot", _hot_now)]
    return keys if len(keys) >= HOT_LEAST else []


def first_seven(keys: Sequence[int], visible: Container[int]) -> list[int]:
    """Return those that HOT 클릭 TOP 7 shows of the keys, or none when it would rank nothing."""
    shown = [key for key in keys if key in visible][:HOT_SIZE]
    return shown if len(shown) >= HOT_LEAST else []


def most_read(size: int) -> tuple[list[MostRead], list[MostRead]]:
    """Return what was read most today, and in seven days with today, in Korean days.

    Both come with what a list shows, in one set of queries.
    """
    today, week = dict(_kept("today", _today)), dict(_kept("week", _week))
    keys = {*today, *week}
    found = Article.objects.published().for_list() if keys else Article.objects.none()
    articles = _in_order(list(keys), found)
    return _first(size, today, articles), _first(size, week, articles)


def _first(size: int, counts: dict[int, float], articles: Iterable[Article]) -> list[MostRead]:
    by_key = {article.pk: article for article in articles}
    rows = [MostRead(by_key[key], int(n)) for key, n in counts.items() if key in by_key]
    return rows[:size]


def _in_order(keys: list[int], articles: QuerySet[Article]) -> list[Article]:
    found = articles.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _kept(name: str, ranking: Callable[[], Ranking]) -> Ranking:
    return cache.get_or_set(f"most-read:{name}", ranking, KEPT_SECONDS) or []


def _today() -> Ranking:
    return _ranked(DailyReads.objects.filter(day=timezone.localdate()), Sum("count"))


def _week() -> Ranking:
    first = timezone.localdate() - timedelta(days=6)
    return _ranked(DailyReads.objects.filter(day__gte=first), Sum("count"))


def _hot_now() -> Ranking:
    by_hour = weights(timezone.localtime())
    weight = Case(
        *(When(hour=hour, then=Value(weight)) for hour, weight in by_hour.items()),
        default=Value(0.0),
        output_field=FloatField(),
    )
    recent = HourlyReads.objects.filter(hour__gte=min(by_hour))
    return _ranked(recent, Sum(F("count") * weight, output_field=FloatField()))


def _ranked(reads: QuerySet[Any], score: Sum) -> Ranking:
    """Rank what readers may see; of equals, the one that came later."""
    # Asked of each that was read: a list of all that is published would be made anew each time.
    visible = reads.filter(Exists(Article.objects.published().filter(pk=OuterRef("article"))))
    scored = visible.values("article").annotate(score=score).order_by("-score", "-article")
    return list(scored.values_list("article", "score")[:RANKED])
