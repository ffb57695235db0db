"""The articles that readers may see, of those that hold what a query asks for.

The questions are compiled once for each way in which a database is asked, and each way of
narrowing it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from articles.models import Article, ArticleQuerySet
from articles.queries.compiled import CompiledQuery, Value

# Lookups of an article with the values that narrow a search.
Narrowing = Mapping[str, Value]


def keys_among(matches: RawSQL, narrowing: Narrowing, most: int | None = None) -> list[int]:
    """Return the ids of those of the matches that readers may see, the newest first."""
    asked = _compiled(matches.sql, tuple(narrowing), most)
    return asked(timezone.now(), *matches.params, *narrowing.values())


def articles_among(matches: RawSQL, narrowing: Narrowing) -> ArticleQuerySet:
    """Return the same as articles."""
    return Article.objects.published().filter(pk__in=matches, **narrowing)


def is_cut(matches: RawSQL, most: int) -> bool:
    """Whether there are as many matches as were asked for, visible or not."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({matches.sql}) AS matches", matches.params)  # noqa: S608
        return bool(cursor.fetchone()[0] >= most)


@cache
def _compiled(sql: str, names: tuple[str, ...], most: int | None) -> CompiledQuery:
    def build(at: Any, *values: Any) -> QuerySet[Article, Any]:
        params = values[: len(values) - len(names)]
        narrowing = dict(zip(names, values[len(params) :], strict=True))
        matches = RawSQL(sql, params)  # noqa: S611 - of articles.search.engines
        articles = Article.objects.published(at).filter(pk__in=matches, **narrowing)
        return articles.newest_first().values_list("pk", flat=True)[:most]

    return CompiledQuery(build)
