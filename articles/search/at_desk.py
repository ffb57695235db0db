"""How editors find articles: by the words that readers find them by, titles half typed, addresses.

Drafts are found too. What stands in quotation marks or is no word is left to whoever asks: no
index can look for that.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from django.db import connection
from django.db.models.expressions import RawSQL

from articles.search.engines import beginning_with, either, matching
from articles.search.finding import stored_synonyms
from articles.search.queries import understood
from articles.search.suggestions import keys_of

# Of more articles that hold the words, these were added last; many more before something else
# chooses among them.
_MOST_MATCHES = 1_250
_MOST_MATCHES_NARROWED = 10_000
QUOTATION_MARK = '"'


def ids_found(text: str, *, is_narrowed: bool) -> list[int]:
    """Return the ids of the articles that `text` finds, in no order."""
    if QUOTATION_MARK in text:
        return []
    most = _MOST_MATCHES_NARROWED if is_narrowed else _MOST_MATCHES
    found = either(*_ways(text, most))
    with connection.cursor() as cursor:
        cursor.execute(found.sql, found.params)
        return [key for (key,) in cursor.fetchall()]


def _ways(text: str, most: int) -> Iterator[RawSQL]:
    """Yield subqueries of ids, each with at most so many but for the last, which has one."""
    if query := understood(text, stored_synonyms()):
        yield matching(query, most)
    if keys := keys_of(text):
        yield beginning_with(keys, most)
    yield _with_address(text)


def _with_address(text: str) -> RawSQL:
    """Find the article whose address, or only its last part, was copied."""
    try:
        path = urlsplit(text.strip()).path
    except ValueError:
        path = text
    slug = unquote(path).strip("/").rpartition("/")[2]
    return RawSQL("SELECT id FROM articles_article WHERE slug = %s", (slug,))
