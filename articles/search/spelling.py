"""What somebody may have meant: known words that are typed nearly like theirs.

Pure. Words are compared by the keys they are typed with, because that is where fingers slip:
혁쉰 is one key away from 혁신, although half of its syllables are wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice, product

from rapidfuzz import process
from rapidfuzz.distance import OSA

from articles.search import hangul
from articles.search.queries import Query, Unit

MOST_SUGGESTED = 6
# For each so many keys of a word one slip is forgiven.
_KEYS_PER_SLIP = 4
_MOST_SLIPS = 3
_MOST_READINGS = 40

_PARTICLE = re.compile("(?<=[가-힣]{2})(?:으로|에서|에게|은|는|이|가|을|를|의|에|로|와|과|도|만)$")


class Vocabulary:
    """The words that texts of the site hold, the frequent ones before the rare."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)
        self._known = frozenset(self.words)
        self._letters = tuple(map(hangul.letters, self.words))

    def __contains__(self, word: str) -> bool:
        return word in self._known

    def nearest(self, word: str) -> list[str]:
        """Return the known words that may have been meant, the likeliest first."""
        letters = hangul.letters(word)
        slips = min(_MOST_SLIPS, len(letters) // _KEYS_PER_SLIP)
        if not slips:
            return []
        found = process.extract(
            letters, self._letters, scorer=OSA.distance, score_cutoff=slips, limit=MOST_SUGGESTED
        )
        # At the same distance the word of as many syllables, and then the more frequent one.
        found.sort(key=lambda match: (match[1], len(self.words[match[2]]) != len(word), match[2]))
        return [self.words[place] for _, _, place in found if self.words[place] != word]


def readings(query: Query, vocabulary: Vocabulary) -> list[str]:
    """Return other queries that may have been meant, the likeliest first.

    First what the same keys write in Hangul; then with the words exchanged that nothing holds;
    then with compounds as words of their own, as 연금 개혁 for 연금개혁; then with one word exchanged
    that is known but may be a slip all the same.
    """
    found: dict[str, None] = {}
    if meant := hangul.typed_in_english(query.text):
        found[meant] = None
    words = [unit.written for unit in query.units]
    nearest = [_nearest(word, vocabulary) for word in words]
    unknown = [place for place, word in enumerate(words) if not _is_known(word, vocabulary)]
    if unknown and all(nearest[place] for place in unknown):
        choices = [
            nearest[place] if place in unknown else [word] for place, word in enumerate(words)
        ]
        found |= dict.fromkeys(islice(map(" ".join, product(*choices)), _MOST_READINGS // 2))
    found[" ".join(map(_divided, query.units))] = None
    for place, others in enumerate(nearest):
        for other in others:
            found[" ".join((*words[:place], other, *words[place + 1 :]))] = None
    return [text for text in islice(found, _MOST_READINGS) if text not in ("", query.text)]


def _divided(unit: Unit) -> str:
    parts = unit.phrases[0]
    is_compound = unit.grams and all(len(part) > 1 for part in parts)
    return " ".join(parts) if is_compound else unit.written


def _is_known(word: str, vocabulary: Vocabulary) -> bool:
    return word in vocabulary or _PARTICLE.sub("", word) in vocabulary


def _nearest(word: str, vocabulary: Vocabulary) -> Sequence[str]:
    """Return the nearest known words of a typed one, with or without its particle."""
    bare = _PARTICLE.sub("", word)
    found = vocabulary.nearest(bare) if bare != word else []
    return list(dict.fromkeys([*found, *vocabulary.nearest(word)]))[:MOST_SUGGESTED]
