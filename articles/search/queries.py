"""What somebody has asked for, understood: words that must all be found, each in several ways.

Pure. Every way of spelling it with spaces or without, every inflection and Unicode form of the
same words gives the same query, as far as the morphemes tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

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
# 서점,등대 and 기획·연출, but neither 4,500원 nor R&D.
_BETWEEN_WORDS = re.compile(r"(?<=[가-힣])[,/|&;·](?=\w)|(?<=\w)[,/|&;·](?=[가-힣])")
_HANGUL = re.compile("[가-힣]+")
# What may be a noun, although the analyser takes it for a verb or an exclamation: 삶, 사기, 아이.
_SHORT_WORD = re.compile("[가-힣]{1,4}")
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
    apart = _BETWEEN_WORDS.sub(" ", prepared(text[: MOST_CHARACTERS * 3]))
    asked = " ".join(apart.split())[:MOST_CHARACTERS]
    words = asked.split()
    if words and all(map(hangul.are_initials, words)):
        # One consonant alone would find nearly every title.
        known = tuple(word for word in words[:MOST_WORDS] if len(word) > 1)
        return Query(asked, initials=known)
    units = _joined(list(_units(asked) or _as_written(asked))[:MOST_WORDS])
    return Query(asked, tuple(_with_synonyms(units, synonyms or {})))


def phrase_of(text: str) -> Phrase:
    """Return the tokens of a word or name, as synonyms are compared by them."""
    words = tuple(word for _, word in placed_words(morphemes_of(prepared(text))))
    return words or tuple(unit.written for unit in _as_written(prepared(text)))


def _units(asked: str) -> list[Unit]:
    morphemes, units = morphemes_of(asked), []
    for found in _QUOTED.finditer(asked):
        within = [m for m in morphemes if found.start() <= m.start < found.end()]
        words = tuple(word for _, word in placed_words(within))
        if words:
            written = (found[1] or found[2]).strip()
            units.append(_unit(written, words, within, is_quoted=found[1] is not None))
    return units


def _as_written(asked: str) -> Iterable[Unit]:
    """Yield the words of a query in which the analyser finds nothing that means something."""
    for written in _HANGUL.findall(asked):
        if _SHORT_WORD.fullmatch(written):
            yield Unit(written, ((written,),), tuple(grams(written)))


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
    if not nominal and _SHORT_WORD.fullmatch(written):
        phrases[(written,)] = None
        if any(morpheme.tag == "ETN" for morpheme in morphemes):
            pieces = list(grams(written))
    phrases |= dict.fromkeys(_counted(written, words))
    return Unit(written, tuple(phrases), tuple(dict.fromkeys(pieces)))


def _counted(written: str, words: Phrase) -> Iterable[Phrase]:
    """Yield the ways in which 7차전 may have been divided, which depends on what stands around."""
    number, tail = words[0], "".join(words[1:])
    if number.isdigit() and len(tail) > 1 and written.startswith(number + tail):
        yield (number, tail)
        for first, second in _divided(tail, shortest=1):
            yield (number, first, second)


def _joined(units: Sequence[Unit]) -> list[Unit]:
    """Let 길 고양이 find 길고양이: a lone syllable has no grams by which it would."""
    joined = list(units)
    for place, (first, second) in enumerate(pairwise(units)):
        nouns = (first, second)
        if all(map(_is_noun, nouns)) and min(len(unit.written) for unit in nouns) == 1:
            phrase = (first.written + second.written,)
            for number in (place, place + 1):
                phrases = (*joined[number].phrases, phrase)
                joined[number] = replace(joined[number], phrases=phrases)
    return joined


def _is_noun(unit: Unit) -> bool:
    return (unit.written,) in unit.phrases and bool(_HANGUL.fullmatch(unit.written))


def _divided(noun: str, shortest: int = 2) -> list[tuple[str, str]]:
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
