"""What somebody has asked for, understood: words that must all be found, each in several ways.

Pure. Every way of spelling it with spaces or without, every inflection and Unicode form of the
same words gives the same query, as far as the morphemes tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from articles.search import hangul
from articles.search.morphemes import Morpheme, morphemes_of
from articles.search.tokens import compounds, grams, placed_words, prepared

Phrase = tuple[str, ...]
# The tokens of a word, and the phrases that editors have called the same.
Synonyms = Mapping[Phrase, Sequence[Phrase]]

MOST_CHARACTERS = 200
MOST_WORDS = 8
_MOST_ALTERNATIVES = 12

_QUOTED = re.compile(r'["“”„«»「」『』]([^"“”„«»「」『』]+)["“”„«»「」『』]|(\S+)')
_HANGUL = re.compile("[가-힣]+")
_LATIN = re.compile("[a-z]+")
# A name in Latin letters that may be written as two, as K-pop and kpop.
_NAME = re.compile("[a-z]{4,12}")
_MOST_PARTS = 3


@dataclass(frozen=True, slots=True)
class Unit:
    """One word of a query: found by any of its phrases, or by all of its grams.

    `written` is the word as it was typed, in lower case.
    """

    written: str
    phrases: tuple[Phrase, ...]
    grams: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """All units must be found, or all initials in the title. One without either finds nothing."""

    text: str
    units: tuple[Unit, ...] = ()
    initials: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.units or self.initials)

    @property
    def has_phrases(self) -> bool:
        return any(len(phrase) > 1 for unit in self.units for phrase in unit.phrases)


def understood(text: str, synonyms: Synonyms | None = None) -> Query:
    """Return what the text asks for; never raises, whatever it is."""
    asked = " ".join(prepared(text[: MOST_CHARACTERS * 3]).split())[:MOST_CHARACTERS]
    words = asked.split()
    if words and all(map(hangul.are_initials, words)):
        # One consonant alone would find nearly every title.
        known = tuple(word for word in words[:MOST_WORDS] if len(word) > 1)
        return Query(asked, initials=known)
    units = list(_units(asked))[:MOST_WORDS]
    return Query(asked, tuple(_with_synonyms(units, synonyms or {})))


def phrase_of(text: str) -> Phrase:
    """Return the tokens of a word or name, as synonyms are compared by them."""
    return tuple(word for _, word in placed_words(morphemes_of(prepared(text))))


def _units(asked: str) -> Iterable[Unit]:
    morphemes = morphemes_of(asked)
    for found in _QUOTED.finditer(asked):
        within = [m for m in morphemes if found.start() <= m.start < found.end()]
        words = tuple(word for _, word in placed_words(within))
        if words:
            written = (found[1] or found[2]).strip()
            yield _unit(written, words, within, is_quoted=found[1] is not None)


def _unit(written: str, words: Phrase, morphemes: Sequence[Morpheme], *, is_quoted: bool) -> Unit:
    if is_quoted and " " in written:
        return Unit(written, (words,))
    phrases = {words: None}
    nominal = ["".join(part.form for part in run) for run in compounds(morphemes)]
    whole = "".join(nominal)
    pieces: list[str] = []
    if 1 < len(words) <= _MOST_PARTS and all(map(_LATIN.fullmatch, words)):
        phrases[("".join(words),)] = None
    elif len(words) == 1 and _NAME.fullmatch(words[0]):
        phrases |= dict.fromkeys(_divided(words[0], shortest=1))
    # A verb, a number or a foreign word in it cannot be left out of what is looked for.
    if "".join(words) == whole and _HANGUL.fullmatch(whole):
        phrases[(whole,)] = None
        if len(words) == 1:
            phrases |= dict.fromkeys(_divided(whole))
        pieces = list(grams(whole))
    if len(whole) == 1 and len(written) in (2, 3) and _HANGUL.fullmatch(written):
        # Perhaps no particle but the word's own end: 합의.
        phrases[(written,)] = None
        pieces = list(grams(written))
    return Unit(written, tuple(phrases), tuple(dict.fromkeys(pieces)))


def _divided(noun: str, shortest: int = 2) -> list[Phrase]:
    """Return the ways in which a long noun may be written as two words."""
    places = range(shortest, len(noun) - shortest + 1)
    return [(noun[:place], noun[place:]) for place in places]


def _with_synonyms(units: Sequence[Unit], synonyms: Synonyms) -> Iterable[Unit]:
    """Yield the units; neighbours that together are a name with synonyms become one."""
    place = 0
    while place < len(units):
        for end in range(len(units), place, -1):
            name = tuple(word for unit in units[place:end] for word in unit.phrases[0])
            if name in synonyms:
                yield _widened(units[place:end], name, synonyms[name])
                place = end
                break
        else:
            yield units[place]
            place += 1


def _widened(units: Sequence[Unit], name: Phrase, others: Sequence[Phrase]) -> Unit:
    written = " ".join(unit.written for unit in units)
    if len(units) > 1:
        return Unit(written, (name, *others)[:_MOST_ALTERNATIVES])
    phrases = dict.fromkeys((name, *others, *units[0].phrases))
    return replace(units[0], phrases=tuple(phrases)[:_MOST_ALTERNATIVES])
