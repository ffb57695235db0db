"""What pages ask of the database, and which tables it would read through to answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db import connection


class Asked(NamedTuple):
    """A question that a page has put to the database."""

    sql: str
    params: Any


@contextmanager
def questions() -> Iterator[list[Asked]]:
    """Yield what is asked meanwhile; changes are left out."""
    asked: list[Asked] = []

    def noted(execute: Callable[..., Any], sql: str, params: Any, *others: Any) -> Any:
        if sql.lstrip().startswith(("SELECT", "WITH")):
            asked.append(Asked(sql, params))
        return execute(sql, params, *others)

    with connection.execute_wrapper(noted):
        yield asked


def read_through(question: Asked, tables: Collection[str]) -> set[str]:
    """Return which of the tables the database would read from their beginning to their end."""
    if connection.vendor == "postgresql":
        nodes = _nodes(explained(question))
        return {
            node["Relation Name"]
            for node in nodes
            if node["Node Type"] == "Seq Scan" and node["Relation Name"] in tables
        }
    steps = _rows("EXPLAIN", question)
    opened = {step[2]: step[3] for step in steps if step[1] == "OpenRead"}
    # What begins with the last row is the newest few, or the highest number.
    begun = {opened.get(step[2]) for step in steps if step[1] == "Rewind"}
    return {table for table, page in _pages().items() if table in tables and page in begun}


def rows_looked_at(question: Asked) -> int:
    """Ask, and return about how many rows the database has gone through.

    Of PostgreSQL's plan that is the step with the most; SQLite takes some ten instructions for each.
    """
    if connection.vendor == "postgresql":
        return max(map(_rows_of, _nodes(explained(question, "ANALYZE, TIMING OFF,"))))
    counted = 0

    def count() -> None:
        nonlocal counted
        counted += 100

    connection.connection.set_progress_handler(count, 1_000)
    try:
        _rows("", question)
    finally:
        connection.connection.set_progress_handler(None, 0)
    return counted


def explained(question: Asked, options: str = "") -> dict[str, Any]:
    """Return PostgreSQL's plan."""
    ((plans,),) = _rows(f"EXPLAIN ({options} FORMAT JSON)", question)
    found: dict[str, Any] = (json.loads(plans) if isinstance(plans, str) else plans)[0]["Plan"]
    return found


def _rows(explain: str, question: Asked) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {question.sql}", question.params)
        return cursor.fetchall()


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)


def _rows_of(node: dict[str, Any]) -> int:
    removed = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return round((node["Actual Rows"] + removed) * node["Actual Loops"])


def _pages() -> dict[str, int]:
    """Return the first page of each table of SQLite, by which its programs know it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, rootpage FROM sqlite_master WHERE type = 'table'")
        return dict(cursor.fetchall())
