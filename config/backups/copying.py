"""From one database to another, row by row, and proof that the rows are the same.

The way from SQLite to PostgreSQL. Both are read by Django's models, so that each engine's own way
of keeping a moment, a truth or a JSON document does not matter.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connections, models, transaction
from django.db.models import Field, Model

from config.backups import databases
from config.backups.errors import BackupError

BATCH = 500
# Under this number whoever copies holds a lock of PostgreSQL; no other lock of ours has it.
_COPYING = 4_801

Table = type[Model]


def tables() -> list[Table]:
    """Return every table that a model stands for, those between two models included."""
    models_of_tables: dict[str, Table] = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            models_of_tables[model._meta.db_table] = model
    return list(models_of_tables.values())


def copy_rows(source: str, target: str, tables_of: list[Table]) -> Iterator[tuple[Table, int]]:
    """Copy the tables in one transaction of the target; yields each with its number of rows.

    The caller exhausts the iterator, and everything that migrating has written there is replaced.
    Raises BackupError, and leaves the target as it was, if it holds content, another copies into
    it, or any row is not the same afterwards.
    """
    with (
        transaction.atomic(using=source),
        transaction.atomic(using=target),
        connections[target].constraint_checks_disabled(),
    ):
        databases.take_your_time(source)
        databases.take_your_time(target)
        _refuse_unless_empty(target)
        _empty(target, tables_of)
        for model in tables_of:
            yield model, _copy(model, source, target)
        _reset_sequences(target, tables_of)
        for model in tables_of:
            if fingerprint(model, source) != fingerprint(model, target):
                raise BackupError(f"{model._meta.db_table} is not the same after copying.")


def fingerprint(model: Table, alias: str) -> tuple[int, str]:
    """Return the number of rows of a table, and in hexadecimal the sum of their SHA-256.

    A sum, because no two engines put all texts in the same order, and keys sorted, because
    PostgreSQL keeps those of a JSON document in an order of its own.
    """
    total, count = 0, 0
    fields = _stored_fields(model)
    for row in _rows(model, alias).iterator(chunk_size=BATCH):
        values = [field.value_to_string(row) for field in fields]
        text = json.dumps(values, ensure_ascii=False, sort_keys=True, default=str)
        total += int.from_bytes(hashlib.sha256(text.encode()).digest())
        count += 1
    return count, f"{total % 2**256:064x}"


def _refuse_unless_empty(target: str) -> None:
    """Look within the transaction: one that ended meanwhile may have copied, and readers written."""
    if connections[target].vendor == "postgresql":
        with connections[target].cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_COPYING])
            if cursor.fetchone() != (True,):
                raise BackupError("Somebody else is copying into the other database.")
    if databases.holds_content(target):
        raise BackupError("The other database is not empty: it has articles or accounts.")


def _copy(model: Table, source: str, target: str) -> int:
    connection = connections[target]
    fields = _stored_fields(model)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    insert = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608
    rows = _rows(model, source).iterator(chunk_size=BATCH)
    copied = 0
    with connection.cursor() as cursor:
        while batch := list(islice(rows, BATCH)):
            cursor.executemany(insert, [_values(row, fields, connection) for row in batch])
            copied += len(batch)
    return copied


def _values(row: Model, fields: list[Field[Any, Any]], connection: Any) -> list[Any]:
    """Return the row as it is, without what saving would change."""
    return [
        field.get_db_prep_save(getattr(row, field.attname), connection=connection)
        for field in fields
    ]


def _rows(model: Table, alias: str) -> models.QuerySet[Model]:
    return models.QuerySet(model, using=alias).order_by("pk")


def _stored_fields(model: Table) -> list[Field[Any, Any]]:
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def _empty(alias: str, tables_of: list[Table]) -> None:
    connection = connections[alias]
    names = [model._meta.db_table for model in tables_of]
    with connection.cursor() as cursor:
        for statement in connection.ops.sql_flush(no_style(), names, allow_cascade=True):
            cursor.execute(statement)


def _reset_sequences(alias: str, tables_of: list[Table]) -> None:
    connection = connections[alias]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables_of):
            cursor.execute(statement)
