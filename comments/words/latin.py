"""Latin letters as a stream: folded, and a letter repeated is one with a count.

Widths, marks, Greek and Cyrillic look-alikes are folded. A text is read with figures and signs
as what stands between letters (c*a*s*i*n*o), as letters (fr33, c@sino), and with signs as what
hides a letter (f*ck).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from comments.words.gaps import Gap
from comments.words.units import Kind, Unit

_LEET = str.maketrans("01345789@$!¡|+({<", "oleastbgasiiltccc")
# Drawn alike in most typefaces.
STROKES = str.maketrans("lv", "iu")
_READ_AS_LETTERS = (Kind.LETTER, Kind.DIGIT, Kind.MARK)
# What hides a vowel: f*ck, sh-t, f**k. A hidden letter is one of its own in the stream.
_HIDING = frozenset("*#-_")
HIDDEN = "*"
_MOST_BETWEEN = 4


@dataclass(slots=True)
class Letter:
    """A letter of the stream, however often it was typed."""

    letter: str
    first: int
    last: int
    count: int
    real: int  # how many of them were written as letters
    gap: Gap = Gap.NONE


def readings_of(units: Sequence[Unit]) -> Iterator[list[Letter]]:
    """Yield the letters of the text, once for each way to read its figures and signs."""
    yield letters_of(units, leet=False)
    yield letters_of(units, leet=True)
    signs = [place for place, unit in enumerate(units) if unit.shown in _HIDING]
    if any(_hides(units, place) for place in signs):
        hidden = [
            Unit(Kind.LETTER, HIDDEN, HIDDEN, unit.start, unit.end)
            if unit.shown in _HIDING
            else unit
            for unit in units
        ]
        yield letters_of(hidden, leet=False)


def _hides(units: Sequence[Unit], place: int) -> bool:
    """Whether the sign there stands inside or at the end of a word, but not of the text."""
    return 0 < place < len(units) - 1 and units[place - 1].kind is Kind.LETTER


def letters_of(units: Sequence[Unit], leet: bool) -> list[Letter]:
    letters: list[Letter] = []
    kinds = _READ_AS_LETTERS if leet else (Kind.LETTER,)
    since = 0
    for place, unit in enumerate(units):
        if unit.kind not in kinds:
            continue
        spelled = _spelled(unit)
        if not spelled:
            continue
        gap = _gap(units[since:place]) if letters else Gap.NONE
        since = place + 1
        for letter in spelled.translate(STROKES):
            real = int(unit.kind is Kind.LETTER and letter != HIDDEN)
            previous = letters[-1] if letters else None
            if previous and previous.letter == letter and _is_same_piece(previous, gap):
                previous.last, previous.count = place, previous.count + 1
                previous.real += real
            else:
                letters.append(Letter(letter, place, place, 1, real, gap))
            gap = Gap.NONE
    return letters


def _is_same_piece(previous: Letter, gap: Gap) -> bool:
    """Whether a letter after that gap only repeats: ee, or e e in a word that is spelled."""
    return gap is Gap.NONE or (gap is previous.gap and gap is not Gap.BREAK)


def _spelled(unit: Unit) -> str:
    if unit.kind is Kind.LETTER:
        return unit.letters
    read = unit.letters.translate(_LEET)
    return read if read.isalpha() or read.isdigit() else ""


def _gap(between: Sequence[Unit]) -> Gap:
    if not between:
        return Gap.NONE
    kinds = {unit.kind for unit in between}
    if len(between) > _MOST_BETWEEN or kinds & {Kind.SYLLABLE, Kind.JAMO, Kind.LINE}:
        return Gap.BREAK
    return Gap.SPACE if Kind.SPACE in kinds else Gap.STOP
