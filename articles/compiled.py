"""Queries whose SQL is made once per process, for what many readers do at the same time.

Django compiles a queryset anew whenever it is asked, which takes several times as long as the
database takes to answer. What is compiled here is still said as a queryset; only the values are
exchanged from call to call. Threads may share it: each call works on copies, and what two of them
compile at the same time is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import QuerySet
from django.db.models.sql import InsertQuery, UpdateQuery

# Values that nothing else in a query is equal to, by which the places of parameters are found.
_NUMBERS = 8_070_450_532_247_928_000
_MOMENTS = datetime(7777, 7, 7, tzinfo=UTC)

Value = int | str | datetime


class CompiledQuery:
    """A question to the primary database: `build` makes its queryset from values.

    Values are compared as they are given. None is refused, because it needs another SQL, and no
    value may decide how the queryset is made.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self._build = build
        self._made: tuple[QuerySet[Any, Any], Any, str, _Parameters] | None = None

    def __call__(self, *values: Value) -> list[Any]:
        """Return the rows that the queryset has for these values."""
        if self._made is None:
            self._made = self._compiled(values)
        queryset, compiler, sql, parameters = self._made
        filled = parameters.filled(values)
        own = copy(compiler)
        own.connection = connections[DEFAULT_DB_ALIAS]
        own.as_sql = lambda *args, **kwargs: (sql, filled)
        asked = queryset.using(DEFAULT_DB_ALIAS)
        asked.query.get_compiler = lambda *args, **kwargs: own  # type: ignore[method-assign]
        return list(asked)

    def first(self, *values: Value) -> Any | None:
        rows = self(*values)
        return rows[0] if rows else None

    def statement(self, *values: Value) -> tuple[str, tuple[Any, ...]]:
        """Return the SQL and its values, as a part of a larger statement."""
        if self._made is None:
            self._made = self._compiled(values)
        _, _, sql, parameters = self._made
        return sql, parameters.filled(values)

    def _compiled(self, values: Sequence[Value]) -> Any:
        marks = _marks_like(values)
        queryset = self._build(*marks)
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        return queryset, compiler, sql, _Parameters(params, marks)


class CompiledUpdate:
    """A change of rows in the primary database: what `build` filters, given what `changes` says.

    `changes` may refer to columns, but to no value.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], **changes: Any) -> None:
        self._build = build
        self._changes = changes
        self._made: tuple[str, _Parameters] | None = None

    def __call__(self, *values: Value) -> int:
        """Return how many rows were changed."""
        if self._made is None:
            self._made = self._compiled(values)
        sql, parameters = self._made
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(sql, parameters.filled(values))
            return int(cursor.rowcount)

    def _compiled(self, values: Sequence[Value]) -> tuple[str, _Parameters]:
        marks = _marks_like(values)
        query: Any = self._build(*marks).query.chain(UpdateQuery)
        query.add_update_values(self._changes)
        sql, params = query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
        return sql, _Parameters(params, marks)


class CompiledInsert:
    """A new row of a model, without signals; the row is told its number."""

    def __init__(self, model: type[models.Model]) -> None:
        self._model = model
        self._sql = ""
        self._fields = [
            field
            for field in model._meta.local_concrete_fields
            if not field.generated and not field.primary_key
        ]

    def __call__(self, row: models.Model) -> None:
        connection = connections[DEFAULT_DB_ALIAS]
        if not self._sql:
            self._sql = self._compiled(row)
        params = [
            field.get_db_prep_save(field.pre_save(row, True), connection) for field in self._fields
        ]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, params)
            row.pk = cursor.fetchone()[0]
        row._state.adding = False
        row._state.db = DEFAULT_DB_ALIAS

    def _compiled(self, row: models.Model) -> str:
        query = InsertQuery(self._model)
        query.insert_values(self._fields, [row])
        compiler: Any = query.get_compiler(DEFAULT_DB_ALIAS)
        compiler.returning_fields = [self._model._meta.pk]
        ((sql, _),) = compiler.as_sql()
        return str(sql)


class _Parameters:
    """The parameters of a statement: constants, and the places that values are put in."""

    def __init__(self, params: Sequence[Any], marks: Sequence[Value]) -> None:
        places = {mark: place for place, mark in enumerate(_adapted(marks))}
        self._constants = tuple(params)
        self._places = [places.get(param) for param in params]
        if missing := set(places.values()).difference(self._places):
            raise ValueError(f"The query does not compare these values as given: {missing}")

    def filled(self, values: Sequence[Value]) -> tuple[Any, ...]:
        adapted = _adapted(values)
        return tuple(
            constant if place is None else adapted[place]
            for constant, place in zip(self._constants, self._places, strict=True)
        )


def _marks_like(values: Sequence[Value]) -> list[Value]:
    return [_mark_like(value, place) for place, value in enumerate(values)]


def _mark_like(value: Value, place: int) -> Value:
    if isinstance(value, datetime):
        return _MOMENTS + timedelta(days=place)
    return _NUMBERS + place if isinstance(value, int) else f"value-{_NUMBERS + place}"


def _adapted(values: Sequence[Value]) -> list[Any]:
    """Return the values as the database's driver is given them."""
    operations = connections[DEFAULT_DB_ALIAS].ops
    return [
        operations.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
        for value in values
    ]
