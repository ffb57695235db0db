"""Making of rows what Django would, with all that does not depend on the rows found out once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from operator import itemgetter
from typing import Any

from django.db import connections
from django.db.models import QuerySet, prefetch_related_objects
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesIterable,
    ValuesListIterable,
    get_related_populators,
)

Row = tuple[Any, ...]
Maker = Callable[[Row], Any]


class RowReader:
    """Makes of the rows of a compiled queryset what the queryset itself would make of them."""

    def __init__(self, queryset: QuerySet[Any, Any], compiler: Any) -> None:
        """Look at what was compiled; raise ValueError for a queryset that cannot be read so."""
        self._compiler = compiler
        selected = [column[0] for column in compiler.select[: compiler.col_count]]
        if queryset._known_related_objects or compiler.has_composite_fields(selected):  # type: ignore[attr-defined]
            raise ValueError("Related managers and composite keys cannot be compiled.")
        self._converters = [
            (place, *converter) for place, converter in compiler.get_converters(selected).items()
        ]
        self._width = compiler.col_count if compiler.has_extra_select else None
        self._lookups = queryset._prefetch_related_lookups  # type: ignore[attr-defined]
        self._maker_for = lru_cache(maxsize=4)(self._choice(queryset))

    def __call__(self, rows: Iterable[Row], alias: str) -> list[Any]:
        """Return rows, values or models; `alias` names the database that they come from."""
        if self._width is not None:
            rows = [row[: self._width] for row in rows]
        if self._converters:
            rows = self._converted(rows, connections[alias])
        make = self._maker_for(alias)
        made: list[Any] = list(rows) if make is None else [make(row) for row in rows]
        if self._lookups and made:
            prefetch_related_objects(made, *self._lookups)
        return made

    def _converted(self, rows: Iterable[Row], connection: Any) -> list[Row]:
        converted = []
        for row in rows:
            values = list(row)
            for place, converters, expression in self._converters:
                value = values[place]
                for convert in converters:
                    value = convert(value, expression, connection)
                values[place] = value
            converted.append(tuple(values))
        return converted

    def _choice(self, queryset: QuerySet[Any, Any]) -> Callable[[str], Maker | None]:
        kind = queryset._iterable_class
        if kind is ModelIterable:
            return self._model_maker
        if kind is ValuesListIterable:
            return lambda alias: None
        if kind is FlatValuesListIterable:
            return lambda alias: itemgetter(0)
        if kind is ValuesIterable:
            names = _names(queryset.query)
            return lambda alias: lambda row: dict(zip(names, row, strict=True))
        raise ValueError(f"{kind.__name__} cannot be compiled.")

    def _model_maker(self, alias: str) -> Maker:
        select, klass_info = self._compiler.select, self._compiler.klass_info
        annotations = list(self._compiler.annotation_col_map.items())
        model, places = klass_info["model"], klass_info["select_fields"]
        own = slice(places[0], places[-1] + 1)
        names = [column[0].target.attname for column in select[own]]
        populators = get_related_populators(klass_info, select, alias)  # type: ignore[call-arg]

        def made(row: Row) -> Any:
            instance = model.from_db(alias, names, row[own])
            for populator in populators:
                populator.populate(row, instance)
            for name, place in annotations:
                setattr(instance, name, row[place])
            return instance

        return made


def _names(query: Any) -> list[str]:
    if query.selected:
        return list(query.selected)
    return [*query.extra_select, *query.values_select, *query.annotation_select]
