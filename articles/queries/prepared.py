"""Cursors for SQL that is executed again and again with other values.

Django's own turn `%s` into `?` for SQLite whenever they execute, and write the values into the SQL
for PostgreSQL, which has to parse and plan it anew each time. These name the places of values once,
and let PostgreSQL keep the statement with its plan. Everything else is Django's: what it logs,
counts and raises.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, tzinfo
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.sqlite3.base import FORMAT_QMARK_REGEX, SQLiteCursorWrapper

# PostgreSQL's number of its type "timestamp with time zone".
_MOMENT = 1184


def prepared_cursor(connection: Any) -> Any:
    """Return a cursor of the connection, to be used in a `with` statement.

    PostgreSQL keeps no statements where `prepare_threshold` is None, as a pooler that shares
    sessions between transactions needs it.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return connection._prepare_cursor(_raw_cursor(connection))


@contextmanager
def pipelined() -> Iterator[None]:
    """Send what is executed meanwhile to the primary database without waiting for each answer.

    Only PostgreSQL is waited for at all. Answers are read afterwards; until then nobody knows
    whether a statement has failed.
    """
    connection: Any = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql":
        yield
        return
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


def _raw_cursor(connection: Any) -> Any:
    raw = connection.connection
    if connection.vendor == "sqlite":
        return raw.cursor(factory=_SqliteCursor)
    if raw.prepare_threshold is None:
        return connection.create_cursor()
    return _postgresql_cursor(connection.timezone)(raw)


@lru_cache(maxsize=1_024)
def _with_question_marks(sql: str) -> str:
    return str(FORMAT_QMARK_REGEX.sub("?", sql)).replace("%%", "%")


@lru_cache(maxsize=1_024)
def _with_numbers(sql: str) -> str:
    """Write the places of values as PostgreSQL does: $1, $2 and so on."""
    first, *others = (part.replace("\0", "%") for part in sql.replace("%%", "\0").split("%s"))
    return first + "".join(f"${number}{part}" for number, part in enumerate(others, start=1))


class _SqliteCursor(SQLiteCursorWrapper):
    def convert_query(self, query: str, *, param_names: Any = None) -> Any:
        if param_names is not None:
            return super().convert_query(query, param_names=param_names)
        return _with_question_marks(query)


@lru_cache(maxsize=4)
def _postgresql_cursor(timezone: tzinfo) -> Any:
    """Return the class of cursors for connections that tell moments in that time zone."""
    # psycopg is only loaded where PostgreSQL is used.
    from django.db.backends.postgresql.base import CursorMixin  # noqa: PLC0415
    from psycopg import RawCursor  # noqa: PLC0415

    class PreparingCursor(CursorMixin, RawCursor[Any]):
        def __init__(self, connection: Any) -> None:
            super().__init__(connection)
            self._adapters = _adapters(timezone)

        def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
            return super().execute(_with_numbers(query), params, prepare=True, **options)

    return PreparingCursor


@lru_cache(maxsize=4)
def _adapters(timezone: tzinfo) -> Any:
    """Return how values are read: as by Django, but moments in UTC, if they are, by psycopg's own.

    It makes the same of them, in C, which Django's does in Python because of other time zones.
    """
    from django.db.backends.postgresql.psycopg_any import get_adapters_template  # noqa: PLC0415
    from psycopg import adapters, pq  # noqa: PLC0415
    from psycopg.adapt import AdaptersMap  # noqa: PLC0415

    ours = AdaptersMap(get_adapters_template(True, timezone))
    if timezone is UTC and (loader := adapters.get_loader(_MOMENT, pq.Format.TEXT)):
        ours.register_loader(_MOMENT, loader)
    return ours
