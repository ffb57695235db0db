"""Writing very many rows, past `save()` and its checks: for data that is made to be measured."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models

from articles.statistics import renew_statistics

Row = tuple[Any, ...]


def write_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert rows of the named columns; the others have their defaults, JSON comes as text.

    By COPY on PostgreSQL, by one prepared statement elsewhere.
    """
    columns, defaults = _columns(model, names)
    adapted = _adapter()
    complete = (adapted(row + defaults) for row in rows)
    table = connection.ops.quote_name(model._meta.db_table)
    quoted = ", ".join(connection.ops.quote_name(column) for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({quoted}) FROM STDIN") as copy:
                for row in complete:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(columns))
            statement = f"INSERT INTO {table} ({quoted}) VALUES ({places})"  # noqa: S608 - our own names
            cursor.executemany(statement, list(complete))


def go_on_behind(*kinds: type[models.Model]) -> None:
    """Let the database number the next rows behind those that brought their numbers."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), kinds):
            cursor.execute(statement)


@contextmanager
def indexes_made_afterwards(*kinds: type[models.Model]) -> Iterator[None]:
    """Drop the indexes of tables and make them again: sorting once is quicker than keeping order.

    Only in a transaction, so that nobody ever misses them.
    """
    editor = connection.SchemaEditorClass(connection, atomic=False)
    indexes = [(kind, index) for kind in kinds for index in kind._meta.indexes]
    _execute(f"DROP INDEX {connection.ops.quote_name(index.name)}" for _, index in indexes)
    yield
    # PostgreSQL makes no index while references are still to be checked.
    connection.check_constraints()
    _execute(index.create_sql(kind, editor) for kind, index in indexes)


def analyse() -> None:
    """Let the database learn what the tables hold, so that it chooses the right indexes."""
    if connection.vendor == "postgresql":
        _execute(["ANALYZE"])
    else:
        renew_statistics()


def _execute(statements: Iterable[Any]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(str(statement))


def _columns(model: type[models.Model], names: Sequence[str]) -> tuple[list[str], Row]:
    fields: dict[str, Any] = {field.attname: field for field in model._meta.concrete_fields}
    named = [fields.pop(name).column for name in names]
    others = [field for field in fields.values() if not field.generated and not field.primary_key]
    defaults = tuple(field.get_db_prep_save(field.get_default(), connection) for field in others)
    return [*named, *(field.column for field in others)], defaults


def _adapter() -> Callable[[Row], Row]:
    """Return what makes rows such as the database takes them: SQLite knows no moments."""
    if connection.vendor == "postgresql":
        return tuple
    adapt = connection.ops.adapt_datetimefield_value

    def adapted(row: Row) -> Row:
        return tuple([adapt(value) if isinstance(value, datetime) else value for value in row])

    return adapted
