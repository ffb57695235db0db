"""How well a text answers a query: pure arithmetic, the same on every database.

After BM25 (S. Robertson, H. Zaragoza, "The probabilistic relevance framework: BM25 and beyond",
2009): the tenth mention of a word counts less than the second, and a mention in a short text
more. How rare a word is does not matter, because every word of a query is found in every text.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
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


class Scorer:
    """Judges texts by one query."""

    def __init__(self, query: Query) -> None:
        self._units = [_phrases_of(unit) for unit in query.units]
        self._asked = " ".join(word for unit in query.units for word in unit.phrases[0])

    def score(self, candidate: Candidate) -> int:
        """Return how well the candidate answers, zero or more; more is better."""
        title, body = f" {candidate.title_tokens} ", f" {candidate.body_tokens} "
        usual = 1 - _LENGTH_MATTERS + _LENGTH_MATTERS * (body.count(" ") - 1) / _USUAL_LENGTH
        relevance = 0.0
        for phrases in self._units:
            relevance += _of_unit(phrases, title, body, usual)
        asked = f" {self._asked} "
        if title.startswith(asked):
            relevance += _TOGETHER + _WHOLE_TITLE * len(self._asked) / len(title)
        elif len(self._units) > 1 and asked in title:
            relevance += _TOGETHER
        return _weighed(relevance, candidate.age_in_days)

    @property
    def most_without_title(self) -> int:
        """What no text reaches that has not every word in its title."""
        in_body = (_SATURATION + 1) * len(self._units)
        return _weighed(in_body + _IN_TITLE * (len(self._units) - 1), 0)


def score(query: Query, candidate: Candidate) -> int:
    return Scorer(query).score(candidate)


def _phrases_of(unit: Unit) -> list[str]:
    return [f" {' '.join(phrase)} " for phrase in unit.phrases]


def _of_unit(phrases: Sequence[str], title: str, body: str, usual: float) -> float:
    mentions, in_title = 0, 0.0
    for phrase in phrases:
        mentions += body.count(phrase)
        if phrase in title:
            in_title = _IN_TITLE
    if not mentions:
        return in_title or _BY_GRAMS
    return mentions * (_SATURATION + 1) / (mentions + _SATURATION * usual) + in_title


def _weighed(relevance: float, age_in_days: int) -> int:
    recency: float = 1 + _NEW * 0.5 ** (max(0, age_in_days) / _HALF_LIFE_IN_DAYS)
    return math.floor((1 + relevance) * recency * SCALE)
