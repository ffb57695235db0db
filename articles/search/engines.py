"""The one question that each database is asked: which articles match.

Both answer it with the same articles, and neither is asked to rank them: their ways of doing so
differ, in what they find important as in what they cost.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.db.models.expressions import RawSQL

from articles.search import expressions
from articles.search.queries import Query

_FTS5 = (
    "SELECT rowid FROM articles_search_fts WHERE articles_search_fts MATCH %s "
    "ORDER BY rowid DESC LIMIT %s"
)
_WORDS = "SELECT articles_search(%s::tsquery, %s)"
_PHRASES = "SELECT articles_search_phrases(%s::tsquery, %s::tsquery, %s)"
_TITLES = "SELECT articles_search_titles(%s::tsquery, %s)"


def matching(query: Query, most: int, *, title_only: bool = False) -> RawSQL:
    """Return a subquery of the ids of articles that hold what a query asks for, drafts too.

    Of more articles than `most` they are those that were added last.
    """
    if connection.vendor == "sqlite":
        return RawSQL(_FTS5, (expressions.fts5(query, title_only=title_only), most))  # noqa: S611
    words = expressions.tsquery(query)
    if title_only or query.initials:
        return RawSQL(_TITLES, (words, most))  # noqa: S611
    if query.has_phrases:
        apart = expressions.tsquery(query, in_order=False)
        return RawSQL(_PHRASES, (words, apart, most))  # noqa: S611
    return RawSQL(_WORDS, (words, most))  # noqa: S611


def beginning_with(keys: Sequence[str], most: int) -> RawSQL:
    """Return a subquery of the ids of articles with title keys that begin so; not for no keys."""
    return beginning_with_any([keys], most)


def beginning_with_any(groups: Sequence[Sequence[str]], most: int) -> RawSQL:
    """Return the same for all keys of any group; there is one, and none is empty."""
    if connection.vendor == "sqlite":
        return RawSQL(_FTS5, (expressions.fts5_keys(*groups), most))  # noqa: S611
    return RawSQL(_TITLES, (expressions.tsquery_keys(*groups), most))  # noqa: S611


def either(*ways: RawSQL) -> RawSQL:
    """Return a subquery of the ids that any of these subqueries finds."""
    parts = (f"SELECT * FROM ({way.sql}) AS way_{place}" for place, way in enumerate(ways))  # noqa: S608
    return RawSQL(" UNION ".join(parts), [value for way in ways for value in way.params])  # noqa: S611
