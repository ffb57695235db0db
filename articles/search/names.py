"""Authors, series and tags that readers can go to, by their names or how those begin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple, Self

from django.db.models import BooleanField, Func, QuerySet, Value
from django.urls import reverse
from django.utils import timezone

from articles.navigation import public_authors, public_series, public_tags
from articles.queries.compiled import CompiledQuery
from articles.queries.compound import answers


class Suggestion(NamedTuple):
    """A page of the site: what it is called, of what kind it is, and where."""

    text: str
    kind: str
    url: str

    @classmethod
    def of(cls, view: str, kind: str, name: str, slug: str) -> Self:
        return cls(name, kind, reverse(view, args=[slug]))


class _Resembles(Func):
    """Whether a text is as a pattern says, in small letters or capitals."""

    arity = 2
    arg_joiner = " LIKE "
    template = r"%(expressions)s ESCAPE '\'"
    output_field = BooleanField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, arg_joiner=" ILIKE ", **context)


_PLACES = (("articles:author", "필자"), ("articles:series", "연재"), ("articles:tag", "태그"))


def called(name: str) -> list[Suggestion]:
    """Return the author, series and tag of this name, in one query."""
    return _resembling(_escaped(name), 1)


def beginning_with(text: str, most: int) -> list[Suggestion]:
    """Return at most so many authors, series and tags whose names begin so, in one query."""
    return _resembling(f"{_escaped(text)}%", most)


def _resembling(pattern: str, most: int) -> list[Suggestion]:
    now = timezone.now()
    found = answers([question.statement(now, pattern) for question in _questions(most)])
    return [
        Suggestion.of(view, kind, f"#{name}" if kind == "태그" else name, slug)
        for (view, kind), rows in zip(_PLACES, found, strict=True)
        for name, slug in rows
    ]


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


def _named(public: Callable[[datetime], QuerySet[Any, Any]], name: str, most: int) -> CompiledQuery:
    """Return the question for at most so many public rows whose name is as a pattern says."""

    def build(at: datetime, pattern: str) -> QuerySet[Any, Any]:
        return public(at).filter(_Resembles(name, Value(pattern))).values_list(name, "slug")[:most]

    return CompiledQuery(build)


@lru_cache(maxsize=4)
def _questions(most: int) -> tuple[CompiledQuery, ...]:
    """Return a question for each of the places."""
    named = ((public_authors, "name"), (public_series, "title"), (public_tags, "name"))
    return tuple(_named(public, name, most) for public, name in named)
