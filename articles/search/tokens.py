"""What is looked for in a text: the morphemes that mean something, and pieces of long nouns.

Pure: morphemes in, tokens out. Particles and endings are left out, so that 역사 is in 역사를; a
compound is the tokens of its parts, so that 역사 is in 한국역사. Pieces of two syllables, the
*grams*, find what stands within a noun that is not divided, and words that are divided
differently here and there because they are in no dictionary.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from articles.search import hangul
from articles.search.morphemes import Morpheme
from articles.text import normalised, storable

# Stored with every document: one more when texts are divided otherwise than before.
VERSION = 5

# No token, and therefore no phrase, reaches over it from one part of a text to the next.
BOUNDARY = "g끝"
# Before a gram, so that it is no token. No token of letters of two scripts exists besides.
GRAM_MARK = "g"

MOST_CHARACTERS = 200_000
MOST_TOKENS = 12_000
MOST_GRAMS = 6_000
_LONGEST = 40
# A title is found by any piece of it, of this many letters at most.
KEY_LENGTH = 16

_NOUNS = frozenset({"NNG", "NNP", "XR"})
_IN_COMPOUNDS = _NOUNS | {"NR", "XPN", "XSN"}
_MEANING = _IN_COMPOUNDS | {"NP", "SL", "SH", "SN", "MAG"}
_VERBS = frozenset({"VV", "VA"})
_COUNTERS = frozenset({"NNB"})
_NUMBERS = frozenset({"SN", "NR"})
_ADDRESSES = frozenset({"W_URL", "W_EMAIL", "W_MENTION", "W_HASHTAG", "W_SERIAL"})
# Verbs that nearly every text has, and suffixes that say only "many" and "dear".
_EMPTY_VERBS = frozenset(
    [
        "하",
        "되",
        "있",
        "없",
        "않",
        "이",
        "아니",
        "같",
        "보",
        "주",
        "지",
        "오",
        "가",
        "나",
        "들",
        "그러",
        "이러",
        "어떻",
        "그렇",
        "이렇",
    ]
)
_EMPTY_SUFFIXES = frozenset({"들", "님", "씩"})
# 무서워하다, 슬퍼하다, 기뻐하다 and 아파하다.
_FEELING = re.compile("([가-힣]+)(워|파|퍼|뻐)하")
_FINAL_BIEUP = 17
# What follows a letter in the names of languages: C++ and C#.
_SIGNS = {"+": "p", "++": "pp", "#": "sharp", "♯": "sharp"}

# Before the ending -es, which in caches and boxes looks alike.
_HISSING = ("sse", "xe", "che", "she", "zze")
_NO_PLURALS = frozenset({"news", "series", "species"})

_HASH = re.compile(r"(?<!\w)#(?=\w)")
# In C#은 the analyser sees a hashtag, and in C♯은 none.
_SHARP = re.compile("(?<=[A-Za-z])#(?=[가-힣])")
# Nobody sees these within a word: soft hyphens, spaces of no width, marks of direction.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
# Letters, figures and signs as wide as a syllable, each with its narrow form.
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
# The commas of 2,000.
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))", re.ASCII)
_WORD = re.compile(r"[^\W_]+")
_HANGUL = re.compile("[가-힣]+")


class Tokens(NamedTuple):
    """The tokens of a text in their order, its grams, and the nouns it is known by."""

    words: list[str]
    grams: list[str]
    nouns: set[str]


def prepared(text: str) -> str:
    """Return the text as it is analysed: NFC, in lower case and narrow, without what is unseen."""
    seen = _UNSEEN.sub("", normalised(storable(text[:MOST_CHARACTERS]))).translate(_NARROW)
    return _HASH.sub(" ", _SHARP.sub("♯", seen).lower())


def tokens_of(text: str, morphemes: Sequence[Morpheme]) -> Tokens:
    """Return the tokens of a prepared text, given its morphemes."""
    grams: dict[str, None] = {}
    nouns: set[str] = set()
    for run in compounds(morphemes):
        grams.update(dict.fromkeys(_grams_of(text, run)))
        nouns.update(part.form for part in run if part.tag in _NOUNS and len(part.form) > 1)
    nouns.update(m.form for m in morphemes if m.tag in {"SL", "SH"} and 1 < len(m.form) < _LONGEST)
    words = [word for _, word in placed_words(morphemes)][:MOST_TOKENS]
    return Tokens(words, list(grams)[:MOST_GRAMS], nouns)


def placed_words(morphemes: Iterable[Morpheme]) -> Iterator[tuple[int, str]]:
    """Yield each token with the place where it begins in the text."""
    before: Morpheme | None = None
    for morpheme in morphemes:
        touches = before is not None and before.end == morpheme.start
        sign = _SIGNS.get(morpheme.form) if touches and before and before.tag == "SL" else None
        if sign:
            yield morpheme.start, sign
        elif morpheme.tag in _VERBS:
            if morpheme.form not in _EMPTY_VERBS:
                yield morpheme.start, f"{_FEELING.sub(_felt, morpheme.form)}다"
        elif _is_meant(morpheme, before if touches or _follows(morpheme, before) else None):
            for word in _WORD.findall(_THOUSANDS.sub("", morpheme.form)):
                known = singular(word) if morpheme.tag == "SL" else word
                yield morpheme.start, known[:_LONGEST]
        before = morpheme


def _felt(verb: re.Match[str]) -> str:
    """Return the adjective of a verb that says that somebody feels so: 무섭 of 무서워하."""
    before, last = verb[1], verb[2]
    if last == "워":
        is_open = hangul.is_open(before[-1])
        return before[:-1] + chr(ord(before[-1]) + _FINAL_BIEUP) if is_open else verb[0]
    return before + {"파": "프", "퍼": "프", "뻐": "쁘"}[last]


def _follows(morpheme: Morpheme, before: Morpheme | None) -> bool:
    """Whether it counts what the word before says, as 원 does in 1만 원."""
    return before is not None and morpheme.tag in _COUNTERS and morpheme.start - before.end == 1


def singular(word: str) -> str:
    """Return what an English word is found by in the singular and in the plural.

    After the S stemmer of D. Harman, "How effective is suffixing?" (1991). It need not be a
    word: movie and movies are movy.
    """
    if len(word) < 4 or word in _NO_PLURALS or not word.isascii():
        return word
    # GPUs and APIs, but not status, analysis and process.
    if word.endswith("s") and word[-2] not in ("s" if len(word) == 4 else "sui"):
        word = word[:-1]
    if len(word) > 3 and word.endswith("ie"):
        return f"{word[:-2]}y"
    return word[:-1] if word.endswith(_HISSING) else word


def _is_meant(morpheme: Morpheme, touching: Morpheme | None) -> bool:
    if morpheme.tag in _COUNTERS:
        return touching is not None and touching.tag in _NUMBERS
    if morpheme.tag == "XSN":
        return morpheme.form not in _EMPTY_SUFFIXES
    return morpheme.tag in _MEANING or morpheme.tag in _ADDRESSES


def compounds(morphemes: Iterable[Morpheme]) -> Iterator[list[Morpheme]]:
    """Yield the runs of nouns, with their prefixes and suffixes, that stand without a space."""
    run: list[Morpheme] = []
    for morpheme in morphemes:
        belongs = morpheme.tag in _IN_COMPOUNDS and morpheme.form not in _EMPTY_SUFFIXES
        if run and not (belongs and run[-1].end == morpheme.start):
            yield run
            run = []
        if belongs:
            run.append(morpheme)
    if run:
        yield run


def _grams_of(text: str, run: Sequence[Morpheme]) -> Iterator[str]:
    """Yield the pieces of long nouns, and of everything that looks wrongly divided.

    A part of one syllable is what an unknown word falls into, and a lone syllable with more
    behind it may be the beginning of a word: 합의 is taken for 합 and a particle.
    """
    start, end = run[0].start, run[-1].end
    if end - start == 1:
        yield from grams(text[start : start + 2])
    elif any(len(part.form) == 1 for part in run):
        yield from grams(text[start:end])
    else:
        for part in run:
            if len(part.form) > 2:
                yield from grams(part.form)


def grams(word: str) -> Iterator[str]:
    """Yield each two neighbouring syllables of the word, marked as a gram."""
    for piece in _HANGUL.findall(word):
        for place in range(len(piece) - 1):
            yield GRAM_MARK + piece[place : place + 2]


def title_keys(title: str) -> list[str]:
    """Return what a prepared title is found by while it is typed: by letters, and by initials.

    Letters from the beginning of each word, initials from any syllable; each key goes on over
    the spaces, as people type them or not.
    """
    words = _WORD.findall(title)
    rests = ["".join(words[number:]) for number in range(len(words))]
    keys = dict.fromkeys(hangul.letters(rest)[:KEY_LENGTH] for rest in rests)
    consonants = hangul.initials("".join(words))
    for place, letter in enumerate(consonants):
        if hangul.are_initials(letter):
            keys[consonants[place : place + KEY_LENGTH]] = None
    return list(keys)
