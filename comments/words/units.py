"""A text as the units a reader sees: one per visible character, invisible ones dropped."""

import unicodedata
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

import regex

from comments.jamo import CONJOINING, FINAL_PAIRS, is_vowel
from comments.lookalikes import latin, plain


class Kind(IntEnum):
    SYLLABLE = 1
    JAMO = 2
    LETTER = 3
    DIGIT = 4
    MARK = 5
    SPACE = 6
    LINE = 7


class Unit(NamedTuple):
    """One visible character: as it is drawn, and the letters it stands for."""

    kind: Kind
    shown: str
    letters: str
    start: int
    end: int


_CLUSTER = regex.compile(r"\X")
# The Hangul fillers and the empty Braille cell are drawn as nothing.
_INVISIBLE = regex.compile(
    r"[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800--[\n\t]]+", regex.V1
)
_HANGUL = regex.compile(
    r"[\u1100-\u1112\u1121\u1127\u112d\u112f\u1132\u1136\u1161-\u1175\u11a8-\u11c2]+"
)


def units_of(text: str) -> list[Unit]:
    """Return the visible characters of a text in order, each with its place."""
    units = []
    for cluster in _CLUSTER.finditer(text):
        read = _read(cluster[0])
        if read is not None:
            units.append(Unit(*read, cluster.start(), cluster.end()))
    return units


@lru_cache(maxsize=16_384)
def _read(cluster: str) -> tuple[Kind, str, str] | None:
    if "\n" in cluster:
        return Kind.LINE, "\n", "\n"
    if cluster.isspace():
        return Kind.SPACE, " ", " "
    bare = _INVISIBLE.sub("", plain(cluster))
    if not bare:
        return None
    hangul = "".join(_HANGUL.findall(bare))
    if hangul:
        return _hangul(hangul)
    letters = "".join(filter(str.isalpha, latin(bare)))
    if letters:
        return Kind.LETTER, unicodedata.normalize("NFC", bare), letters
    digits = "".join(str(unicodedata.digit(one)) for one in bare if one.isdigit())
    if digits:
        return Kind.DIGIT, digits, digits
    return (Kind.SPACE, " ", " ") if bare.isspace() else (Kind.MARK, bare, bare)


def _hangul(conjoining: str) -> tuple[Kind, str, str]:
    letters = conjoining.translate(CONJOINING).translate(FINAL_PAIRS)
    shown = unicodedata.normalize("NFC", conjoining)
    whole = len(letters) > 1 and any(map(is_vowel, letters))
    return (Kind.SYLLABLE if whole else Kind.JAMO), (shown if whole else letters), letters
