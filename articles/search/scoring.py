"""How well a text answers a query: pure arithmetic, the same on every database.

After BM25 (S. Robertson, H. Zaragoza, "The probabilistic relevance framework: BM25 and beyond",
2009): the tenth mention of a word counts less than the second, and a mention in a short text
more. How rare a word is does not matter, because every word of a query is found in every text.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from articles.search.queries import Query, Unit

# Whole numbers, so that a cursor can hold them.
SCALE = 1_000_000

_SATURATION = 1.2
_LENGTH_MATTERS = 0.75
# Of an essay of 2 kB; what is usual need not be exact.
_USUAL_LENGTH = 250
_IN_TITLE = 3.0
# A title in which the words stand together as they were asked for, and one that is the query.
_TOGETHER = 2.0
_WHOLE_TITLE = 5.0
# Found only by pieces of a longer word.
_BY_GRAMS = 0.3
# A text of today counts so much more than one of long ago, by half of it after this many days.
_NEW = 0.3
_HALF_LIFE_IN_DAYS = 365


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that holds every word of a query, as its tokens between spaces."""

    title_tokens: str
    body_tokens: str
    age_in_days: int


def score(query: Query, candidate: Candidate) -> int:
    """Return how well the candidate answers, zero or more; more is better."""
    title, body = f" {candidate.title_tokens} ", f" {candidate.body_tokens} "
    length = body.count(" ") - 1
    relevance = sum(_of_unit(unit, title, body, length) for unit in query.units)
    asked = " ".join(word for unit in query.units for word in unit.phrases[0])
    if title.startswith(f" {asked} "):
        relevance += _TOGETHER + _WHOLE_TITLE * len(asked) / len(title)
    elif len(query.units) > 1 and f" {asked} " in title:
        relevance += _TOGETHER
    recency: float = 1 + _NEW * 0.5 ** (max(0, candidate.age_in_days) / _HALF_LIFE_IN_DAYS)
    return math.floor((1 + relevance) * recency * SCALE)


def _of_unit(unit: Unit, title: str, body: str, length: int) -> float:
    phrases = [f" {' '.join(phrase)} " for phrase in unit.phrases]
    in_title = any(phrase in title for phrase in phrases)
    mentions = sum(body.count(phrase) for phrase in phrases)
    if not mentions and not in_title:
        return _BY_GRAMS
    usual = 1 - _LENGTH_MATTERS + _LENGTH_MATTERS * length / _USUAL_LENGTH
    in_body = mentions * (_SATURATION + 1) / (mentions + _SATURATION * usual)
    return in_body + (_IN_TITLE if in_title else 0)
