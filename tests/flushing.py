"""Emptying the tables after a test that commits, without touching those that it left empty.

Django's own flush asks for the names of all tables, empties each, and makes the content types and
permissions anew: for most tests that is more work than the test itself.
"""

from __future__ import annotations

from functools import cache

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TransactionTestCase

# The same in every test: what they say follows from the code.
_KEPT = {"auth_permission", "django_content_type"}


def empty_written_tables(alias: str) -> None:
    """Delete all rows, but for those of `_KEPT`, once nobody else is writing any more."""
    connection = connections[alias]
    names = _table_names(alias)
    with transaction.atomic(using=alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"LOCK TABLE {', '.join(map(connection.ops.quote_name, names))}")
        cursor.execute(_with_rows(connection, names))
        for (name,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")  # noqa: S608


def flush(case: TransactionTestCase) -> None:
    """Take the place of `TransactionTestCase._fixture_teardown`."""
    for alias in case._databases_names(include_mirrors=False):
        empty_written_tables(alias)


@cache
def _table_names(alias: str) -> list[str]:
    names = connections[alias].introspection.django_table_names(only_existing=True)
    return sorted(set(names) - _KEPT)


def _with_rows(connection: BaseDatabaseWrapper, names: list[str]) -> str:
    """Return a query for the names of those tables that have a row."""
    return " UNION ALL ".join(
        f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {connection.ops.quote_name(name)})"  # noqa: S608
        for name in names
    )
