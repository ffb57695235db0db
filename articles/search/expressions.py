"""A query in the words of each database. Pure; tokens hold letters and figures alone.

Every term is quoted all the same: AND and OR are words to FTS5, and a number is none to a
tsquery. Neither language can say anything that this module has not written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from articles.search.queries import Phrase, Query, Unit


def fts5(query: Query, *, title_only: bool = False) -> str:
    """Return the query for SQLite's FTS5, over the columns of SearchDocument."""
    if query.initials:
        return fts5_keys(query.initials)
    columns = "title_tokens" if title_only else "title_tokens body_tokens gram_tokens"
    units = (_any(unit, _fts5_phrase, " AND ", " OR ") for unit in query.units)
    return f"{{{columns}}} : ({' AND '.join(units)})"


def fts5_keys(beginnings: Sequence[str]) -> str:
    """Return what finds the titles with a key that begins so, for each of these."""
    return "{title_keys} : (" + " AND ".join(f'"{key}" *' for key in beginnings) + ")"


def tsquery(query: Query, *, in_order: bool = True) -> str:
    """Return the query as PostgreSQL writes a tsquery; phrases as words in any place if not so."""
    if query.initials:
        return tsquery_keys(query.initials)
    phrase = _tsquery_phrase if in_order else _tsquery_words
    return " & ".join(_any(unit, phrase, " & ", " | ") for unit in query.units)


def tsquery_keys(beginnings: Sequence[str]) -> str:
    return " & ".join(f"'{key}':*" for key in beginnings)


def _any(unit: Unit, phrase: Callable[[Phrase], str], both: str, either: str) -> str:
    """Return the ways in which a unit is found: each of its phrases, or all of its grams."""
    ways = [phrase(words) for words in unit.phrases]
    if unit.grams:
        ways.append(f"({both.join(phrase((gram,)) for gram in unit.grams)})")
    return f"({either.join(ways)})"


def _fts5_phrase(words: Phrase) -> str:
    return f'"{" ".join(words)}"'


def _tsquery_phrase(words: Phrase) -> str:
    return "(" + " <-> ".join(f"'{word}'" for word in words) + ")"


def _tsquery_words(words: Phrase) -> str:
    return "(" + " & ".join(f"'{word}'" for word in words) + ")"
