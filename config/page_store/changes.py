"""Hearing at once, in every process, of what `articles.page_changes` notes in the database."""

from __future__ import annotations

import select
import sqlite3
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from concurrent.futures import Future, wait
from pathlib import Path
from threading import Thread
from typing import Any, Protocol
from urllib.parse import quote

import psycopg
from django.db import connections
from psycopg.pq import ConnStatus

from articles.models import PageChange
from articles.page_changes import CHANNEL
from config.page_store.store import EVERY_PAGE

Changes = tuple[frozenset[str], ...]

NOTHING: Changes = ()
EVERYTHING: Changes = (frozenset({EVERY_PAGE}),)
# How long the database is left alone after it did not answer.
_RETRY_SECONDS = 1.0
_CONNECT_SECONDS = 2


class UnknownChangesError(Exception):
    """The database does not say what has changed."""


class Watch(Protocol):
    def news(self) -> Changes:
        """Return the tags of what was committed since the last call.

        The first call, and the first after an outage, returns EVERYTHING. One thread may ask at
        a time. Raises UnknownChangesError.
        """
        ...

    def close(self) -> None: ...


class _Connected(ABC):
    """Opens its connection when it is first asked, which is after a server has forked."""

    def __init__(self) -> None:
        self._connection: Any = None
        self._opening: Future[Any] | None = None
        self._tried_at = 0.0
        # So long is a connection waited for: at first, and once there has been one.
        self._patience = float(_CONNECT_SECONDS)
        self.patience_afterwards = 0.2

    def news(self) -> Changes:
        try:
            if self._connection is None:
                self._reopen()
                return EVERYTHING
            return self._read()
        except (sqlite3.Error, psycopg.Error) as error:
            self.close()
            raise UnknownChangesError from error

    def _reopen(self) -> None:
        """Connect beside whoever asks, who may have a page that can be shown meanwhile."""
        if self._opening is None:
            if time.monotonic() - self._tried_at < _RETRY_SECONDS:
                raise UnknownChangesError
            self._opening = Future()
            Thread(target=_fulfil, args=(self._opening, self._open), daemon=True).start()
        if not wait([self._opening], self._patience).done:
            raise UnknownChangesError
        opened, self._opening = self._opening, None
        try:
            self._connection = opened.result()
        except (sqlite3.Error, psycopg.Error):
            self._tried_at = time.monotonic()
            raise
        self._patience = self.patience_afterwards

    def close(self) -> None:
        """Let go of the connection; the next call opens another."""
        connection, self._connection = self._connection, None
        opening, self._opening = self._opening, None
        if connection is not None:
            connection.close()
        if opening is not None:
            opening.add_done_callback(_close_result)

    @abstractmethod
    def _open(self) -> Any: ...

    @abstractmethod
    def _read(self) -> Changes: ...


class SqliteWatch(_Connected):
    """Asks whether anybody has committed (`PRAGMA data_version`), and only then what.

    SQLite lets one writer in at a time, so that rows are numbered in the order of their commits.
    A restored database is another file, or has lost the last numbers.
    """

    _NEWER = f"SELECT id, tags FROM {PageChange._meta.db_table} WHERE id > ? ORDER BY id"  # noqa: S608
    _LAST = f"SELECT coalesce(max(id), 0) FROM {PageChange._meta.db_table}"  # noqa: S608

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = Path(path)
        self._version = self._last = 0
        self._file = (0, 0)

    def _open(self) -> sqlite3.Connection:
        self._file = self._identity()
        connection = sqlite3.connect(
            f"file:{quote(str(self._path))}?mode=ro",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=1,
        )
        try:
            self._version = _number(connection, "PRAGMA data_version")
            self._last = _number(connection, self._LAST)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _read(self) -> Changes:
        if self._identity() != self._file:
            raise sqlite3.OperationalError("Another file is in the place of the database.")
        version = _number(self._connection, "PRAGMA data_version")
        if version == self._version:
            return NOTHING
        self._version = version
        rows = self._connection.execute(self._NEWER, [self._last]).fetchall()
        if not rows:
            return self._back_to(_number(self._connection, self._LAST))
        known, self._last = self._last, rows[-1][0]
        # Whoever was away until rows were pruned has missed something.
        if known and rows[0][0] != known + 1:
            return EVERYTHING
        return tuple(frozenset(tags.split()) for _, tags in rows)

    def _back_to(self, last: int) -> Changes:
        """Return what is known if nothing has come: all rows may have been pruned, or are others."""
        if last == self._last:
            return NOTHING
        self._last = last
        return EVERYTHING

    def _identity(self) -> tuple[int, int]:
        try:
            status = self._path.stat()
        except OSError as error:
            raise sqlite3.OperationalError("The database is not there.") from error
        return status.st_dev, status.st_ino


class PostgresqlWatch(_Connected):
    """Listens to what PostgreSQL tells on commit; asking costs no way to the server."""

    def __init__(self, parameters: dict[str, Any]) -> None:
        super().__init__()
        self._parameters = parameters
        self._poll = select.poll()

    def _open(self) -> psycopg.Connection[Any]:
        connection = psycopg.connect(**self._parameters, autocommit=True)
        connection.execute(f"LISTEN {CHANNEL}")
        self._poll = select.poll()
        self._poll.register(connection.fileno(), select.POLLIN)
        return connection

    def _read(self) -> Changes:
        if not self._poll.poll(0):
            return NOTHING
        server = self._connection.pgconn
        # The end of a connection comes after the last words of the server.
        while self._poll.poll(0):
            server.consume_input()
            if server.status != ConnStatus.OK:
                raise psycopg.OperationalError("The connection is lost.")
        changes = []
        while (notice := server.notifies()) is not None:
            changes.append(frozenset(notice.extra.decode().split()))
        return tuple(changes)


def _fulfil(promise: Future[Any], open_connection: Callable[[], Any]) -> None:
    try:
        promise.set_result(open_connection())
    except Exception as error:
        promise.set_exception(error)


def _close_result(promise: Future[Any]) -> None:
    if promise.exception() is None:
        promise.result().close()


def watch_of(alias: str = "default") -> Watch:
    """Return the watch over the database of that alias."""
    wrapper: Any = connections[alias]
    if wrapper.vendor == "sqlite":
        return SqliteWatch(str(wrapper.settings_dict["NAME"]))
    parameters = wrapper.get_connection_params()
    own = ("cursor_factory", "context", "prepare_threshold")
    kept = {name: value for name, value in parameters.items() if name not in own}
    return PostgresqlWatch({"connect_timeout": _CONNECT_SECONDS, **kept})


def _number(connection: sqlite3.Connection, query: str) -> int:
    number: int = connection.execute(query).fetchone()[0]
    return number
