"""Hearing of changes by the database's own means, on the engine of the run."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction

from articles.models import PageChange
from articles.page_changes import note_change
from config.page_store.changes import (
    EVERYTHING,
    NOTHING,
    Changes,
    PostgresqlWatch,
    SqliteWatch,
    UnknownChangesError,
    Watch,
    watch_of,
)


def heard(watch: Watch) -> Changes:
    """Return the news, for which PostgreSQL takes a moment."""
    if isinstance(watch, PostgresqlWatch):
        watch._poll.poll(5_000)
    return watch.news()


@pytest.fixture
def watch(transactional_db: None) -> Iterator[Watch]:
    with closing(watch_of()) as watch:
        yield watch


def test_what_is_committed_is_heard_and_nothing_else(watch: Watch) -> None:
    assert watch.news() == EVERYTHING
    assert watch.news() == NOTHING
    with transaction.atomic():
        note_change("article-1", "articles")
        assert watch.news() == NOTHING
        note_change("discussion-2")
    assert heard(watch) == (frozenset({"article-1", "articles"}), frozenset({"discussion-2"}))
    with transaction.atomic():
        note_change("site")
        transaction.set_rollback(True)
    note_change("search")
    assert heard(watch) == (frozenset({"search"}),)
    if connection.vendor == "sqlite":
        # Whoever missed what was pruned cannot know what it was.
        note_change("a")
        note_change("b")
        PageChange.objects.filter(tags="a").delete()
        assert watch.news() == EVERYTHING


def test_another_database_in_the_place_of_the_old_one_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "db.sqlite3"
    table = PageChange._meta.db_table

    def database(*numbers: int) -> sqlite3.Connection:
        new = sqlite3.connect(tmp_path / "new.sqlite3", isolation_level=None)
        new.execute(f"CREATE TABLE {table} (id INTEGER, tags TEXT)")
        new.executemany(f"INSERT INTO {table} VALUES (?, 'site')", [(n,) for n in numbers])  # noqa: S608
        return new

    with closing(SqliteWatch(str(path))) as watch:
        with closing(database(5, 6)):
            (tmp_path / "new.sqlite3").rename(path)
            assert [watch.news(), watch.news()] == [EVERYTHING, NOTHING]
        with closing(sqlite3.connect(path)) as restored, restored:
            restored.execute(f"DELETE FROM {table} WHERE id = 6")  # noqa: S608
        assert [watch.news(), watch.news()] == [EVERYTHING, NOTHING]
        with closing(database(5)):
            (tmp_path / "new.sqlite3").rename(path)
            with pytest.raises(UnknownChangesError):
                watch.news()
            assert [watch.news(), watch.news()] == [EVERYTHING, NOTHING]


def test_a_connection_that_the_server_has_ended_is_noticed(watch: Watch) -> None:
    if not isinstance(watch, PostgresqlWatch):
        pytest.skip("SQLite has no server.")
    watch.patience_afterwards = 15
    watch.news()
    with connection.cursor() as cursor:
        # Not those of the tests that run beside this one on the same server.
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE query LIKE 'LISTEN%' AND datname = current_database()"
        )
    assert _says_within(15, watch) is UnknownChangesError
    assert watch.news() == EVERYTHING


def _says_within(seconds: float, watch: Watch) -> type[Exception] | None:
    """Return what the watch raises; the server's last words come before the connection ends."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            watch.news()
        except UnknownChangesError as error:
            return type(error)
        time.sleep(0.01)
    return None


@pytest.mark.promise("F5")
def test_nobody_waits_until_a_database_is_there_again(
    monkeypatch: pytest.MonkeyPatch, watch: Watch
) -> None:
    may_open = Event()
    open_connection = type(watch)._open

    def opened(self: Any) -> Any:
        assert may_open.wait(60)
        return open_connection(self)

    assert isinstance(watch, SqliteWatch | PostgresqlWatch)
    watch.patience_afterwards = 0
    assert watch.news() == EVERYTHING
    watch.close()
    monkeypatch.setattr(type(watch), "_open", opened)
    for _ in range(2):
        with pytest.raises(UnknownChangesError):
            watch.news()
    may_open.set()
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with suppress(UnknownChangesError):
            assert watch.news() == EVERYTHING
            return
    raise AssertionError("It stays away.")


def test_a_database_that_is_away_says_nothing_and_is_asked_again_later(tmp_path: Path) -> None:
    watch = SqliteWatch(str(tmp_path / "nothing.sqlite3"))
    for _ in range(2):
        with pytest.raises(UnknownChangesError):
            watch.news()
