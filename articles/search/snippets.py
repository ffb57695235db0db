"""Where a text answers a query: the passage that shows most of it, and what to mark in it.

Pure. The words are looked for as they are written, with whatever Korean appends to them: the
mark goes on over particles, as in <mark>혁신과</mark>, because half a word is hard to read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from articles.search import hangul
from articles.search.queries import Query, Unit
from articles.text import normalised

LENGTH = 170
# How much is shown before the first word that was found.
_BEFORE = 40
_MOST_FOUND = 200
_SHORTEST_WRITTEN = 2
_SHORTEST_PLURAL = 3

_PARTICLES = (
    "(?:들)?(?:으로써|으로서|에게서|이라는|이라고|으로는|에서는|에서도|까지도|부터는|이란|라는|라고|로써|로서|"
    "에게|에서|에는|에도|으로|이나|이며|이고|이다|까지|부터|보다|처럼|만큼|조차|마저|마다|밖에|뿐|하고|"
    "은|는|이|가|을|를|의|에|로|와|과|도|만|나|란|랑|야|여)?(?![가-힣])"
)
# What may stand between two parts of a word: 챗GPT, 챗 GPT, 챗-GPT, R&D.
_JOINT = r"[\s\-‐·.&/]?"
# By which a verb's stem that ends in its vowel is told from a noun: 사고, but not 사람.
_ENDINGS = "(?:고|며|면|는|니|지|기|게|던|려|거나|도록)"


class Piece(NamedTuple):
    """A piece of shown text, marked or not."""

    text: str
    is_marked: bool


def marked(text: str, query: Query) -> list[Piece]:
    """Return the whole text in pieces, with the words of the query marked."""
    text = normalised(text)
    initials = [f"({_initials_pattern(word)})" for word in query.initials]
    found = _places(text, initials) if initials else _found(text, query)
    return _pieces(text, [(start, end) for start, end, _ in found])


def snippet(text: str, query: Query) -> list[Piece]:
    """Return the passage that shows most words of the query, or the beginning of the text."""
    text = " ".join(normalised(text).split())
    found = _found(text, query)
    start, end = _passage(text, _best_place(found))
    spans = [(s - start, e - start) for s, e, _ in found if start <= s and e <= end]
    pieces = _pieces(text[start:end], spans)
    if start:
        pieces.insert(0, Piece("… ", False))
    if end < len(text):
        pieces.append(Piece(" …", False))
    return pieces


def _found(text: str, query: Query) -> list[tuple[int, int, int]]:
    """Return the places in the text where a unit of the query stands, with the unit's number."""
    return _places(text, [f"({_pattern(unit)})" for unit in query.units])


def _places(text: str, patterns: Sequence[str]) -> list[tuple[int, int, int]]:
    if not patterns:
        return []
    pattern = re.compile("|".join(patterns), re.IGNORECASE)
    places = []
    for match in pattern.finditer(text):
        if match.end() > match.start():
            places.append((match.start(), match.end(), match.lastindex or 0))
        if len(places) == _MOST_FOUND:
            break
    return places


def _pattern(unit: Unit) -> str:
    # 전력망기다림 is found in 전력망은 기다림을, since particles are no tokens.
    joint = f"(?:{_PARTICLES})?{_JOINT}"
    written = [joint.join(map(_word_pattern, phrase)) for phrase in unit.phrases]
    if len(unit.written) >= _SHORTEST_WRITTEN:
        # The word as it was typed, which a verb's dictionary form is not.
        written.insert(0, r"\s+".join(map(re.escape, unit.written.split())))
    return f"(?:{'|'.join(written)})(?:{_PARTICLES})?"


def _word_pattern(word: str) -> str:
    """Return what finds a token in a text; a verb in any form that keeps its consonants."""
    if word.isascii():
        return rf"(?<![a-z0-9])(?:{_english(word)})(?![a-z0-9])"
    if len(word) > 2 and word.endswith("다") and hangul.is_syllable(word[-2]):
        first, last = hangul.same_initial(word[-2])
        return f"{re.escape(word[:-2])}[{first}-{last}][가-힣]*"
    if len(word) == 2 and word.endswith("다") and hangul.is_syllable(word[0]):
        return rf"(?<![가-힣]){_short_stem(word[0])}[가-힣]*"
    if len(word) == 1:
        # Only as a word of its own: 손 is not in 손톱.
        return f"(?<![가-힣]){re.escape(word)}(?={_PARTICLES})"
    return re.escape(word)


def _short_stem(stem: str) -> str:
    """Return what finds a verb of this stem, which alone would begin too many other words."""
    if hangul.is_open(stem):
        return f"{stem}{_ENDINGS}"
    return f"(?:{stem}|{hangul.before_vowel(stem)}(?=[아어았었으와워왔웠우]))"


def _initials_pattern(initials: str) -> str:
    """Return what finds syllables with these initials, in one word or several."""
    syllables = ("[{}-{}]".format(*hangul.syllables_of(initial)) for initial in initials)
    return r"[\W_]*".join(syllables)


def _english(word: str) -> str:
    """Return what finds an English word in the singular or the plural."""
    if word.isdigit():
        # 2000 may stand there as 2,000.
        return re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",?", word)
    if not word.isalpha() or len(word) < _SHORTEST_PLURAL:
        return re.escape(word)
    return f"{word[:-1]}(?:y|ies?)" if word.endswith("y") else f"{word}(?:es?|s)?"


def _best_place(found: Sequence[tuple[int, int, int]]) -> int:
    """Return where the passage begins that holds most different words, the first of the best."""
    best, place = 0, 0
    for number, (start, _, _) in enumerate(found):
        within = [
            unit for s, _, unit in found[number : number + 30] if s < start + LENGTH - _BEFORE
        ]
        worth = len(set(within)) * 10 + min(len(within), 9)
        if worth > best:
            best, place = worth, start
    return place


def _passage(text: str, place: int) -> tuple[int, int]:
    """Return the bounds of the passage around a place, not within a word where that is near."""
    start = max(0, min(place - _BEFORE, len(text) - LENGTH))
    if start:
        space = text.find(" ", start, place)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + LENGTH)
    if end < len(text):
        space = text.rfind(" ", start + LENGTH // 2, end)
        end = space if space > place else end
    return start, end


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> list[Piece]:
    pieces, at = [], 0
    for start, end in _joined(spans):
        pieces += [Piece(text[at:start], False), Piece(text[start:end], True)]
        at = end
    pieces.append(Piece(text[at:], False))
    return [piece for piece in pieces if piece.text]


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Make one mark of marks that touch, as those of 오픈 and AI in 오픈AI."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and joined[-1][1] == start:
            start = joined.pop()[0]
        joined.append((start, end))
    return joined
