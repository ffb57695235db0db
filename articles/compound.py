"""Several queries in one go, each with an order and a limit of its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import QuerySet


def all_of(queries: Iterable[QuerySet[Any]]) -> list[tuple[Any, ...]]:
    """Return the rows of all queries, which have the same plain columns, by one statement.

    Django's own `union()` refuses parts with a limit on SQLite, which takes them in brackets.
    """
    parts: list[str] = []
    parameters: list[Any] = []
    for query in queries:
        sql, values = query.query.sql_with_params()
        parts.append(f"SELECT * FROM ({sql}) AS part_{len(parts)}")  # noqa: S608 - Django's own SQL
        parameters += values
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters)
        return cursor.fetchall()
