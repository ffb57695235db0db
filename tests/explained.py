"""What pages ask of the database, and which tables it would read through to answer."""

from __future__ import annotations

import json
import re
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
    names = _scanned(detail for *_, detail in _rows("EXPLAIN QUERY PLAN", question))
    return {table for name in names for table in _tables_called(name, question.sql) & set(tables)}


def rows_looked_at(question: Asked) -> int:
    """Ask PostgreSQL, and return how many rows the step of the plan with the most has gone through."""
    nodes = _nodes(explained(question, "ANALYZE, TIMING OFF,"))
    return max(_rows_of(node) for node in nodes)


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


def _scanned(details: Iterator[str]) -> Iterator[str]:
    """Yield what SQLite reads through by the table itself, or by an index for no order's sake."""
    for detail in details:
        if found := re.fullmatch(r"SCAN (\S+)( LEFT-JOIN)?", detail):
            yield found[1]


def _tables_called(name: str, sql: str) -> set[str]:
    """Return the tables that bear this name in a statement: their own, or one given there."""
    return {name, *re.findall(rf'"(\w+)" (?:AS )?"?{re.escape(name)}"?[ )]', f"{sql} ")}
