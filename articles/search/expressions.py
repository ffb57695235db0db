"""A query in the words of each database. Pure; tokens hold letters and figures alone.

Every term is quoted all the same: AND and OR are words to FTS5, and a number is none to a
tsquery. Neither language can say anything that this module has not written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import md5
from itertools import pairwise

from articles.search.queries import Phrase, Query, Unit

# As with grams, no token of letters of two scripts exists besides.
PAIR_MARK = "g쌍"


def fts5(query: Query, *, title_only: bool = False) -> str:
    """Return the query for SQLite's FTS5, over the columns of SearchDocument."""
    if query.initials:
        return fts5_keys(query.initials)
    columns = "title_tokens" if title_only else "title_tokens body_tokens gram_tokens"
    units = (_any(unit, _fts5_phrase, " AND ", " OR ") for unit in query.units)
    return f"{{{columns}}} : ({' AND '.join(units)})"


def fts5_keys(*groups: Sequence[str]) -> str:
    """Return what finds the titles with keys that begin so, for each beginning of any group."""
    together = (" AND ".join(f'"{key}" *' for key in group) for group in groups)
    return "{title_keys} : (" + " OR ".join(f"({keys})" for keys in together) + ")"


def tsquery(query: Query, *, in_order: bool = True) -> str:
    """Return the query as PostgreSQL writes a tsquery; if not in order, what its index can answer."""
    if query.initials:
        return tsquery_keys(query.initials)
    phrase = _tsquery_phrase if in_order else _tsquery_words
    return " & ".join(_any(unit, phrase, " & ", " | ") for unit in query.units)


def tsquery_keys(*groups: Sequence[str]) -> str:
    together = (" & ".join(f"'{key}':*" for key in group) for group in groups)
    return " | ".join(f"({keys})" for keys in together)


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
    """Ask for the words and for each pair of neighbours, which the index knows too."""
    terms = (*words, *(_pair(first, second) for first, second in pairwise(words)))
    return "(" + " & ".join(f"'{term}'" for term in terms) + ")"


def _pair(first: str, second: str) -> str:
    """Return what stands for two neighbours in the index that a migration wrote in SQL."""
    digest = md5(f"{first} {second}".encode(), usedforsecurity=False).hexdigest()
    return f"{PAIR_MARK}{digest[:4]}"
