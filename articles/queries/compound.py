"""Several questions put to the database as one statement, each with an order and limit of its own.

Django's own `union()` refuses limits in its parts on SQLite, which takes them in brackets.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from articles.queries.compiled import Statement
from articles.queries.prepared import prepared_cursor

# SQLite joins no more queries in one statement.
_MOST_PARTS = 500

Row = tuple[Any, ...]


def answers(
    statements: Iterable[Statement], told: str = "*", *, using: str = DEFAULT_DB_ALIAS
) -> list[list[Row]]:
    """Return the rows of each statement as the database's driver gives them; all have the same columns.

    `told` is our own SQL: what is asked about the rows of each statement instead of the rows.
    """
    asked = list(statements)
    found: list[list[Row]] = [[] for _ in asked]
    for first in range(0, len(asked), _MOST_PARTS):
        part = asked[first : first + _MOST_PARTS]
        sql = _union(tuple(statement.sql for statement in part), f"{{place}}, {told}", first)
        with prepared_cursor(connections[using]) as cursor:
            cursor.execute(sql, _params(part))
            for row in cursor.fetchall():
                found[row[0]].append(row[1:])
    return found


def joined(statements: Sequence[Statement]) -> Statement:
    """Return one statement for the rows of all; there is one, and all have the same columns."""
    return Statement(_union(tuple(sql for sql, _ in statements), "*", 0), _params(statements))


@lru_cache(maxsize=64)
def _union(statements: tuple[str, ...], told: str, first: int) -> str:
    """Put statements together, {place} in what is told of each being its number from `first`."""
    return " UNION ALL ".join(
        f"SELECT {told.format(place=place)} FROM ({sql}) AS part_{place}"  # noqa: S608 - Django's own SQL
        for place, sql in enumerate(statements, start=first)
    )


def _params(statements: Iterable[Statement]) -> list[Any]:
    return [param for statement in statements for param in statement.params]
