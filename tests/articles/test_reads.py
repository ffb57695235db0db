"""Reads on their way to the database: nothing is lost, nothing is counted twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Event

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from articles import reads
from articles.models import Article, DailyReads, HourlyReads
from articles.reads import GatheredReads
from tests.builders import KST, make_article, make_articles

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 3, 12, 0, tzinfo=KST)


@pytest.fixture
def process():
    """What one process gathers; its clock is stopped at the end."""
    gathered = GatheredReads()
    yield gathered
    gathered.forget()


def counts(model: type[DailyReads | HourlyReads]) -> dict[tuple[int, object], int]:
    rows = model.objects.values_list("article", model.PERIOD, "count")
    return {(article, period): count for article, period, count in rows}


def test_reads_are_added_by_hour_and_by_korean_day(process: GatheredReads, monkeypatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    article = make_article()
    late, midnight = datetime(2026, 3, 2, 23, 59, tzinfo=KST), datetime(2026, 3, 3, tzinfo=KST)
    for at in (late, late, midnight, NOON):
        process.add(article.pk, at)
    process.store()
    assert counts(DailyReads) == {(article.pk, late.date()): 2, (article.pk, NOON.date()): 2}
    hours = {late.replace(minute=0): 2, midnight: 1, NOON: 1}
    assert counts(HourlyReads) == {(article.pk, hour): count for hour, count in hours.items()}


def test_storing_twice_adds_once(process: GatheredReads, django_assert_num_queries) -> None:
    process.add(make_article().pk)
    process.store()
    with django_assert_num_queries(0):
        process.store()
    assert list(counts(DailyReads).values()) == [1]


def test_two_processes_add_to_the_same_rows(process: GatheredReads) -> None:
    article, other = make_article(), GatheredReads()
    for _ in range(3):
        process.add(article.pk)
        other.add(article.pk)
    process.store()
    other.store()
    assert list(counts(DailyReads).values()) == [6]


@pytest.mark.django_db(transaction=True)
def test_processes_that_store_at_once_lose_nothing() -> None:
    articles = make_articles(5)

    def work(number: int) -> None:
        gathered = GatheredReads()
        # Each in an order of its own.
        for article in articles[number:] + articles[:number]:
            gathered.add(article.pk, NOON)
        gathered.store()
        gathered.forget()
        connection.close()

    with ThreadPoolExecutor(4) as processes:
        list(processes.map(work, range(4)))
    assert counts(DailyReads) == {(article.pk, NOON.date()): 4 for article in articles}


def test_reads_wait_for_a_database_that_is_away(process: GatheredReads, monkeypatch) -> None:
    article = make_article()
    process.add(article.pk)
    with monkeypatch.context() as away:

        def refuse(_: object) -> None:
            raise DatabaseError

        away.setattr(reads, "add_to_database", refuse)
        process.store()
    process.add(article.pk)
    process.store()
    assert list(counts(DailyReads).values()) == [2]


def test_a_deleted_article_does_not_hold_up_the_others(process: GatheredReads) -> None:
    article, gone = make_article(), make_article("지운 글")
    process.add(article.pk)
    process.add(gone.pk)
    Article.objects.filter(pk=gone.pk).delete()
    process.store()
    assert [key for key, _ in counts(DailyReads)] == [article.pk]


def test_invented_articles_do_not_fill_the_memory(process: GatheredReads, monkeypatch) -> None:
    monkeypatch.setattr(reads, "MOST_GATHERED", 2)
    article = make_article()
    process.add(article.pk)
    for number in range(5):
        process.add(10_000 + number)
    process.add(article.pk)
    process.store()
    assert list(counts(DailyReads).values()) == [2]


def test_hours_are_forgotten_after_eight_days_and_days_kept(process: GatheredReads) -> None:
    article, now = make_article(), timezone.now()
    process.add(article.pk, now - timedelta(days=9))
    process.add(article.pk, now)
    process.store()
    assert len(counts(HourlyReads)) == 1
    assert len(counts(DailyReads)) == 2


def test_what_waits_is_stored_by_itself(process: GatheredReads, monkeypatch) -> None:
    stored = Event()
    monkeypatch.setattr(reads, "STORED_AFTER_SECONDS", 0)
    monkeypatch.setattr(reads, "add_to_database", lambda counts: stored.set())
    process.add(1, NOON)
    assert stored.wait(timeout=60)
