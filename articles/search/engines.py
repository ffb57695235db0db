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

# Of a word that more articles hold, only those are looked at that were added last.
MOST_MATCHES = 10_000

_FTS5 = (
    "SELECT rowid FROM articles_search_fts WHERE articles_search_fts MATCH %s "
    "ORDER BY rowid DESC LIMIT %s"
)
_WORDS = "SELECT articles_search(%s::tsquery, %s)"
_TITLES = "SELECT articles_search_titles(%s::tsquery, %s)"


def matching(query: Query, *, title_only: bool = False) -> RawSQL:
    """Return a subquery of the ids of articles that hold what a query asks for, drafts too."""
    if connection.vendor == "sqlite":
        return RawSQL(_FTS5, (expressions.fts5(query, title_only=title_only), MOST_MATCHES))  # noqa: S611
    asked = _TITLES if title_only or query.initials else _WORDS
    return RawSQL(asked, (expressions.tsquery(query), MOST_MATCHES))  # noqa: S611


def beginning_with(keys: Sequence[str]) -> RawSQL:
    """Return a subquery of the ids of articles with title keys that begin so; not for no keys."""
    if connection.vendor == "sqlite":
        return RawSQL(_FTS5, (expressions.fts5_keys(keys), MOST_MATCHES))  # noqa: S611
    return RawSQL(_TITLES, (expressions.tsquery_keys(keys), MOST_MATCHES))  # noqa: S611
