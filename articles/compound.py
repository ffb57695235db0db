"""Several statements in one go, each with an order and a limit of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

# SQL and its values.
Statement = tuple[str, Sequence[Any]]


def rows_of(statements: Iterable[Statement], columns: str = "*") -> list[tuple[Any, ...]]:
    """Return the rows of all statements, as `joined` puts them together."""
    sql, values = joined(statements, columns)
    if not sql:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def joined(statements: Iterable[Statement], columns: str = "*") -> Statement:
    """Return one statement for the rows of all, or an empty one for none.

    `columns` is our own SQL: what is told of each statement's rows, where {place} is the number of
    the statement, from 0. Django's own `union()` refuses parts with a limit on SQLite, which takes
    them in brackets.
    """
    parts: list[str] = []
    parameters: list[Any] = []
    for place, (sql, values) in enumerate(statements):
        told = columns.format(place=place)
        parts.append(f"SELECT {told} FROM ({sql}) AS part_{place}")  # noqa: S608 - Django's own SQL
        parameters += values
    return " UNION ALL ".join(parts), parameters
