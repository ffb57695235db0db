"""Queries whose SQL is made once per process, for what many readers do at the same time.

Django compiles a queryset anew whenever it is asked, which takes several times as long as the
database takes to answer. What is compiled here is still said as a queryset; only the values are
exchanged from call to call. Threads may share it: each call works on copies, and what two of them
compile at the same time is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from datetime import UTC, datetime, timedelta
from itertools import islice
from types import NoneType
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import QuerySet
from django.db.models.sql import InsertQuery, UpdateQuery

from articles.queries.compiled_rows import RowReader
from articles.queries.prepared import prepared_cursor

# Values that nothing else in a query is equal to, by which the places of parameters are found.
# Django takes a number that its column cannot hold for a question without an answer.
_NUMBERS = 2_147_400_000
_MOMENTS = datetime(7777, 7, 7, tzinfo=UTC)

# Of each question, compiled for other lengths of tuples.
_MOST_SHAPES = 64

Value = int | str | datetime
# What stands for several: what `__in` compares.
Values = tuple[Value, ...]


class Statement(NamedTuple):
    """What a cursor is given."""

    sql: str
    params: Sequence[Any]


class CompiledQuery:
    """A question to the database: `build` makes its queryset, whole rows or values, from values.

    Values are compared as they are given, and a tuple as a whole by `__in`; nothing is in an empty
    one. None is refused, because it needs another SQL, and no value may decide how the queryset is
    made. For tuples of other lengths the SQL is made anew, and kept for a number of them.

    PostgreSQL plans it once for all values, unless it `is_planned_anew` for each: where the best
    way depends on how many rows a value has.
    """

    def __init__(
        self, build: Callable[..., QuerySet[Any, Any]], *, is_planned_anew: bool = False
    ) -> None:
        self._build = build
        self._cursor = _planning_cursor if is_planned_anew else prepared_cursor
        self._made: dict[tuple[int | None, ...], _Compiled] = {}

    def __call__(self, *values: Value | Values) -> list[Any]:
        """Return the rows that the queryset has for these values."""
        return self.asked(*values)()

    def asked(self, *values: Value | Values) -> Callable[[], list[Any]]:
        """Ask, and return what reads the answer: of what is asked in `pipelined`, afterwards."""
        return list if () in values else self._for(values).asked(_flat(values))

    def first(self, *values: Value | Values) -> Any | None:
        rows = self(*values)
        return rows[0] if rows else None

    def statement(self, *values: Value | Values) -> Statement:
        """Return what is asked, as a part of a larger statement; no tuple is empty."""
        return self._for(values).statement(_flat(values))

    def _for(self, values: Sequence[Value | Values]) -> _Compiled:
        lengths = tuple(len(value) if isinstance(value, tuple) else None for value in values)
        made = self._made.get(lengths)
        if made is None:
            if len(self._made) >= _MOST_SHAPES:
                self._made.clear()
            made = self._made[lengths] = _Compiled(self._build, values, self._cursor)
        return made


class _Compiled:
    """A queryset with its SQL, for values of one shape."""

    def __init__(
        self,
        build: Callable[..., QuerySet[Any, Any]],
        values: Sequence[Value | Values],
        cursor: Callable[[Any], Any],
    ) -> None:
        self._cursor = cursor
        marks = _marks_like(_flat(values))
        self._queryset = build(*_shaped_like(values, marks))
        compiler: Any = self._queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        self._sql, params = compiler.as_sql()
        self._parameters = _Parameters(params, marks)
        self._read = RowReader(self._queryset, compiler)

    def asked(self, values: Sequence[Value]) -> Callable[[], list[Any]]:
        alias = self._queryset.db
        cursor = self._cursor(connections[alias])
        cursor.execute(*self.statement(values))

        def answer() -> list[Any]:
            with cursor:
                rows = cursor.fetchall()
            return self._read(rows, alias)

        return answer

    def statement(self, values: Sequence[Value]) -> Statement:
        return Statement(self._sql, self._parameters.filled(values))


def _planning_cursor(connection: Any) -> Any:
    return connection.cursor()


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
        with prepared_cursor(connections[DEFAULT_DB_ALIAS]) as cursor:
            cursor.execute(*self.statement(*values))
            return int(cursor.rowcount)

    def statement(self, *values: Value) -> Statement:
        if self._made is None:
            self._made = self._compiled(values)
        sql, parameters = self._made
        return Statement(sql, parameters.filled(values))

    def _compiled(self, values: Sequence[Value]) -> tuple[str, _Parameters]:
        marks = _marks_like(values)
        query: Any = self._build(*marks).query.chain(UpdateQuery)
        query.add_update_values(self._changes)
        sql, params = query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
        return sql, _Parameters(params, marks)


class CompiledInsert:
    """A new row of a model, without signals; the row is told its number.

    `computed` gives columns that the database finds the values of, as expressions.
    """

    def __init__(self, model: type[models.Model], **computed: Any) -> None:
        self._model = model
        self._computed = computed
        self._sql = ""
        self._columns = [
            field
            for field in model._meta.local_concrete_fields
            if not field.generated and not field.primary_key
        ]
        given = [field for field in self._columns if field.attname not in computed]
        self._given = [(field, field.attname, _stored_as_given(field)) for field in given]

    def __call__(self, row: models.Model) -> None:
        with prepared_cursor(connections[DEFAULT_DB_ALIAS]) as cursor:
            cursor.execute(*self.statement(row))
            self.stored(row, cursor.fetchone()[0] if _inserts_answer() else cursor.lastrowid)

    def statement(self, row: models.Model) -> Statement:
        """Return the statement that stores the row, and answers with its number."""
        if not self._sql:
            self._sql = self._compiled(row)
        connection = connections[DEFAULT_DB_ALIAS]
        values = row.__dict__
        params = [
            values[name] if type(values[name]) in plain else _stored(field, row, connection)
            for field, name, plain in self._given
        ]
        return Statement(self._sql, params)

    def stored(self, row: models.Model, number: int) -> None:
        row.pk = number
        row._state.adding = False
        row._state.db = DEFAULT_DB_ALIAS

    def _compiled(self, row: models.Model) -> str:
        example = copy(row)
        for name, expression in self._computed.items():
            setattr(example, name, expression)
        query = InsertQuery(self._model)
        query.insert_values(self._columns, [example])
        compiler: Any = query.get_compiler(DEFAULT_DB_ALIAS)
        compiler.returning_fields = [self._model._meta.pk] if _inserts_answer() else None
        ((sql, _),) = compiler.as_sql()
        return str(sql)


def _inserts_answer() -> bool:
    """Whether an insert is asked for the number of its row.

    SQLite writes down every page before a statement that answers may change it, which costs as much
    as the change itself; and its driver knows the number.
    """
    return bool(connections[DEFAULT_DB_ALIAS].vendor != "sqlite")


def executed_together(
    changes: Mapping[str, Statement], answer: str, params: Sequence[Any]
) -> tuple[Any, ...]:
    """Make several changes by one statement, as PostgreSQL can, and return the row of `answer`.

    `answer` is what follows SELECT; it, and changes after the first, may name those before them.
    """
    named = ", ".join(f"{name} AS ({change.sql})" for name, change in changes.items())
    filled = [param for change in changes.values() for param in change.params]
    with prepared_cursor(connections[DEFAULT_DB_ALIAS]) as cursor:
        cursor.execute(f"WITH {named} SELECT {answer}", [*filled, *params])
        row: tuple[Any, ...] = cursor.fetchone()
    return row


_NOTHING = frozenset({NoneType})
_PLAIN = frozenset({NoneType, str, bool, int})
_AS_THEY_ARE = (models.CharField, models.TextField, models.IntegerField, models.BooleanField)


def _stored_as_given(field: Any) -> frozenset[type]:
    """Return the types of which the database is given what a row says, with nothing done to it."""
    is_told = type(field).pre_save is models.Field.pre_save
    if isinstance(field, models.DateTimeField) and not (field.auto_now or field.auto_now_add):
        return _NOTHING
    kind = field.target_field if isinstance(field, models.ForeignKey) else field
    return _PLAIN if is_told and isinstance(kind, _AS_THEY_ARE) else frozenset()


def _stored(field: Any, row: models.Model, connection: Any) -> Any:
    value = field.pre_save(row, True)
    return None if value is None else field.get_db_prep_save(value, connection)


class _Parameters:
    """The parameters of a statement: constants, and the places that values are put in."""

    def __init__(self, params: Sequence[Any], marks: Sequence[Value]) -> None:
        # What a moment becomes depends on the kind of database, and on no connection.
        self._moment = connections[DEFAULT_DB_ALIAS].ops.adapt_datetimefield_value
        places = {mark: place for place, mark in enumerate(self._adapted(marks))}
        self._parts = [(param, places.get(param)) for param in params]
        if missing := set(places.values()).difference(place for _, place in self._parts):
            raise ValueError(f"The query does not compare these values as given: {missing}")

    def filled(self, values: Sequence[Value]) -> list[Any]:
        adapted = self._adapted(values)
        return [constant if place is None else adapted[place] for constant, place in self._parts]

    def _adapted(self, values: Sequence[Value]) -> list[Any]:
        """Return the values as the database's driver is given them."""
        return [self._moment(value) if isinstance(value, datetime) else value for value in values]


def _flat(values: Sequence[Value | Values]) -> list[Value]:
    return [each for value in values for each in (value if isinstance(value, tuple) else (value,))]


def _shaped_like(values: Sequence[Value | Values], marks: Sequence[Value]) -> list[Value | Values]:
    """Put marks in the places of values, as many into a tuple as there are in that of the values."""
    left = iter(marks)
    return [
        tuple(islice(left, len(value))) if isinstance(value, tuple) else next(left)
        for value in values
    ]


def _marks_like(values: Sequence[Value]) -> list[Value]:
    return [_mark_like(value, place) for place, value in enumerate(values)]


def _mark_like(value: Value, place: int) -> Value:
    if isinstance(value, datetime):
        return _MOMENTS + timedelta(days=place)
    return _NUMBERS + place if isinstance(value, int) else f"value-{_NUMBERS + place}"
