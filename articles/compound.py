"""Several queries in one go, each with an order and a limit of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connections

from articles.compiled import Statement

# SQLite joins no more in one statement.
_MOST = 500


def all_of(statements: Sequence[Statement | None], using: str) -> list[list[tuple[Any, ...]]]:
    """Return the rows of each query, which have the same plain columns, by one statement.

    Rows are as the database's driver gives them, and none for None. Django's own `union()` refuses
    parts with a limit on SQLite, which takes them in brackets.
    """
    found: list[list[tuple[Any, ...]]] = [[] for _ in statements]
    asked = [(number, each) for number, each in enumerate(statements) if each]
    for first in range(0, len(asked), _MOST):
        parts = asked[first : first + _MOST]
        sql = " UNION ALL ".join(
            f"SELECT {number}, part_{number}.* FROM ({part.sql}) AS part_{number}"  # noqa: S608 - Django's own SQL
            for number, part in parts
        )
        with connections[using].cursor() as cursor:
            cursor.execute(sql, [value for _, part in parts for value in part.parameters])
            for number, *row in cursor.fetchall():
                found[number].append(tuple(row))
    return found
