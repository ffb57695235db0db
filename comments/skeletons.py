"""The skeleton of a name: what is left of it once every disguise is taken off.

Two names with the same skeleton look alike to a reader in a hurry. Spaces, marks,
punctuation and what cannot be seen are dropped; widths and decorated letters are folded by
NFKD; look-alikes are folded by the tables below; Hangul becomes a row of single jamo, so
that `ㄱㅣㅁ`, `김` and its decomposed form are one.
"""

import unicodedata
from collections.abc import Iterable

_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_CONJOINING_JAMO = str.maketrans(
    {
        chr(first + offset): letter
        for first, letters in ((0x1100, _INITIALS), (0x1161, _VOWELS), (0x11A8, _FINALS))
        for offset, letter in enumerate(letters)
    }
)
# A compound is written with its parts as easily; a doubled letter is not taken apart,
# because 아까 and 악가 are different names.
_COMPOUND_FINALS = "ㄳㄱㅅ ㄵㄴㅈ ㄶㄴㅎ ㄺㄹㄱ ㄻㄹㅁ ㄼㄹㅂ ㄽㄹㅅ ㄾㄹㅌ ㄿㄹㅍ ㅀㄹㅎ ㅄㅂㅅ"
_COMPOUND_VOWELS = (
    "ㅐㅏㅣ ㅒㅑㅣ ㅔㅓㅣ ㅖㅕㅣ ㅘㅗㅏ ㅙㅗㅏㅣ ㅚㅗㅣ ㅝㅜㅓ ㅞㅜㅓㅣ ㅟㅜㅣ ㅢㅡㅣ"
)
_COMPOUND_JAMO = str.maketrans(
    {entry[0]: entry[1:] for entry in f"{_COMPOUND_FINALS} {_COMPOUND_VOWELS}".split()}
)


def _look_alikes(table: dict[str, str]) -> dict[int, str]:
    return str.maketrans({alike: letter for letter, row in table.items() for alike in row})


# Capitals that look like another letter than their small forms do.
_CAPITALS = _look_alikes(
    {"A": "ΑА", "B": "ΒВ", "C": "СϹ", "E": "ΕЕ", "G": "Ԍ", "H": "ΗН", "I": "ΙІ", "J": "Ј",
     "K": "ΚК", "L": "Լ", "M": "ΜМ", "N": "Ν", "O": "ΟОՕ", "P": "ΡР", "S": "ЅՏ", "T": "ΤТ",
     "X": "ΧХ", "Y": "ΥУ", "Z": "Ζ"}
)  # fmt: skip
_SMALL_LETTERS = _look_alikes(
    {"a": "αаɑᴀ", "b": "βвьʙ", "c": "сϲᴄ", "d": "ԁđᴅ", "e": "εеєᴇ", "f": "ꜰ", "g": "ցɡɢ",
     "h": "һհнħʜ", "i": "ιіıɪ", "j": "јϳᴊ", "k": "κкᴋ", "l": "ӏłʟ", "m": "мᴍ", "n": "ηпոɴ",
     "o": "οσоօøᴏ", "p": "ρрᴘ", "q": "ԛ", "r": "гʀ", "s": "ςѕꜱ", "t": "τтᴛ", "u": "υսᴜ",
     "v": "νᴠ", "w": "ωԝᴡ", "x": "χх", "y": "γуʏ", "z": "ᴢ"}
)  # fmt: skip
# Letters, figures and signs that are drawn alike whatever they mean.
_SHAPES = _look_alikes(
    {"l": "iㅣ1|!ǀ丨", "o": "ㅇ0〇○◯", "s": "5$", "a": "@", "ㄱ": "フ", "ㄹ": "己", "ㅁ": "口ロ□",
     "ㅅ": "人入", "ㅏ": "卜ト", "ㅜ": "丁", "ㅡ": "一ー"}
)  # fmt: skip
_PAIRS = (("rn", "m"), ("vv", "w"))

# Unicode counts the Hangul fillers as letters; they are blank.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0")
_KEPT_CATEGORIES = frozenset("LN")


def skeleton(name: str) -> str:
    """Return the skeleton of a name; equal ones mean look-alikes, "" that nothing is seen."""
    text = unicodedata.normalize("NFKD", name).translate(_CAPITALS).casefold()
    # Folding case can yield letters with marks, which come apart in a second go.
    text = unicodedata.normalize("NFKD", text).translate(_SMALL_LETTERS)
    text = text.translate(_CONJOINING_JAMO).translate(_COMPOUND_JAMO).translate(_SHAPES)
    text = "".join(character for character in text if _is_kept(character))
    for pair, letter in _PAIRS:
        text = text.replace(pair, letter)
    return text


def skeletons(names: Iterable[str]) -> frozenset[str]:
    """Return the skeletons of all the names that have one."""
    return frozenset(filter(None, map(skeleton, names)))


def _is_kept(character: str) -> bool:
    return character not in _BLANK and unicodedata.category(character)[0] in _KEPT_CATEGORIES
