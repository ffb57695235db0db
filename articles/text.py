"""One Unicode form for every text that is compared, stored or used in an address.

Numbers arrive as text too, in addresses and in forms that anybody may have written.
"""

import re
import unicodedata
from itertools import groupby

# Nobody sees these; XML has no way to write them, and a lone surrogate nothing can store.
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

# Normalising sorts each run of combining marks, in quadratic time: of so many it is noticed.
_MANY_MARKS = 500
_MARKS = re.compile(rf"[^\w\s\x00-\x7f]{{{_MANY_MARKS},}}")

# No database of ours holds every number that is longer.
MOST_DIGITS = 18


def normalised(text: str) -> str:
    """Return the text in NFC, the form in which a Hangul syllable is one character."""
    if len(text) >= _MANY_MARKS:
        text = _MARKS.sub(_in_order, text)
    return unicodedata.normalize("NFC", text)


def _in_order(run: re.Match[str]) -> str:
    """Return a run of marks in the canonical order that normalising wants them in."""
    marks = "".join(unicodedata.normalize("NFD", mark) for mark in run[0])
    # What combines with nothing stays where it is, and is passed by no mark.
    pieces = groupby(marks, lambda mark: unicodedata.combining(mark) > 0)
    return "".join("".join(sorted(piece, key=unicodedata.combining)) for _, piece in pieces)


def storable(text: str) -> str:
    """Return the text without what no database, no JSON and no page can hold."""
    return _NOT_TEXT.sub("", text)


def one_line(text: str) -> str:
    """Return the text in NFC with every run of white space as one space, and none at its ends.

    Control characters and lone surrogates are left out.
    """
    return " ".join(normalised(storable(text)).split())


def whole_number(written: str, most_digits: int = MOST_DIGITS) -> int | None:
    """Return the number that is written in digits, with or without space around; None for none."""
    digits = written.strip()
    if digits.isascii() and digits.isdecimal() and len(digits) <= most_digits:
        return int(digits)
    return None
