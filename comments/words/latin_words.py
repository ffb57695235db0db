"""Rules in Latin letters, or any others but Hangul: found between word boundaries.

The letters of the text are folded (widths, marks, Greek and Cyrillic look-alikes), and read
twice: once with figures and signs as letters (fr33, c@sino), once as what stands between
them (c*a*s*i*n*o). A letter repeated is one with a count.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from comments.words.gaps import Gap
from comments.words.trie import Trie
from comments.words.units import Kind, Unit

_LEET = str.maketrans("01345789@$!¡|+({", "oleastbgasiiltcc")
# Drawn alike in most typefaces.
_STROKES = str.maketrans("l", "i")
_ENDINGS = ("s", "es", "ing", "ed")
_LONG = 6
_INFLECTED = 4
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


@dataclass(frozen=True, slots=True)
class LatinForm:
    owner: int
    letters: str
    counts: tuple[int, ...]
    spaced: frozenset[int]
    open_ended: bool = False  # a word typed in the wrong layout carries its endings along


@dataclass(slots=True)
class LatinWords:
    """Words filed by their folded letters."""

    words: Trie[LatinForm] = field(default_factory=Trie)
    innocent: Trie[LatinForm] = field(default_factory=Trie)

    def add(self, owner: int, units: Sequence[Unit], open_ended: bool = False) -> None:
        form = _form(owner, units, open_ended)
        self.words.add(form.letters, form)

    def add_exception(self, owner: int, units: Sequence[Unit]) -> None:
        form = _form(owner, units)
        if form.letters:
            self.innocent.add(form.letters, form)

    def found_in(self, units: Sequence[Unit]) -> Iterator[tuple[int, int, int]]:
        """Yield (owner, first unit, last unit) of every word that is not excused."""
        if not self.words:
            return
        found: set[tuple[int, int, int]] = set()
        excused: set[tuple[int, int, int]] = set()
        for leet in (False, True):
            letters = _letters(units, leet)
            text = "".join(letter.letter for letter in letters)
            found.update(_found(self.words, letters, text, units))
            excused.update(_found(self.innocent, letters, text, units))
        for owner, first, last in found:
            covered = any(
                one == owner and start <= first and last <= end for one, start, end in excused
            )
            if not covered:
                yield owner, first, last


def _form(owner: int, units: Sequence[Unit], open_ended: bool = False) -> LatinForm:
    letters = _letters(units, leet=True)
    return LatinForm(
        owner,
        "".join(letter.letter for letter in letters),
        tuple(letter.count for letter in letters),
        frozenset(place for place, letter in enumerate(letters) if letter.gap is not Gap.NONE),
        open_ended,
    )


def _letters(units: Sequence[Unit], leet: bool) -> list[Letter]:
    letters: list[Letter] = []
    since = 0
    for place, unit in enumerate(units):
        spelled = _spelled(unit, leet)
        if not spelled:
            continue
        gap = _gap(units[since:place]) if letters else Gap.NONE
        since = place + 1
        for letter in spelled.translate(_STROKES):
            real = int(unit.kind is Kind.LETTER)
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


def _spelled(unit: Unit, leet: bool) -> str:
    if unit.kind is Kind.LETTER:
        return unit.letters
    if leet and unit.kind in (Kind.DIGIT, Kind.MARK):
        read = unit.letters.translate(_LEET)
        return read if read.isalpha() or read.isdigit() else ""
    return ""


def _gap(between: Sequence[Unit]) -> Gap:
    if not between:
        return Gap.NONE
    kinds = {unit.kind for unit in between}
    if len(between) > _MOST_BETWEEN or kinds & {Kind.SYLLABLE, Kind.JAMO, Kind.LINE}:
        return Gap.BREAK
    return Gap.SPACE if Kind.SPACE in kinds else Gap.STOP


def _found(
    words: Trie[LatinForm], letters: Sequence[Letter], text: str, units: Sequence[Unit]
) -> Iterator[tuple[int, int, int]]:
    for place, letter in enumerate(letters):
        if place and letter.gap is Gap.NONE and letters[place - 1].real and _is_bound(letter):
            continue
        for form, end in words.found_at(text, place):
            if _is_word(letters, place, end, form):
                yield form.owner, letter.first, letters[end - 1].last


def _is_bound(letter: Letter) -> bool:
    """Whether the letter's script writes words apart."""
    return not "\u3040" <= letter.letter <= "\u9fff"


def _is_word(letters: Sequence[Letter], start: int, end: int, form: LatinForm) -> bool:
    word = letters[start:end]
    size = sum(form.counts)
    if 2 * sum(letter.real for letter in word) < sum(letter.count for letter in word):
        return False
    if not all(map(_repeats_well, word, form.counts, [size] * len(word))):
        return False
    gaps = [letter.gap for letter in word[1:]]
    spelled = len(word) > 1 and Gap.NONE not in gaps
    cuts = [gap for place, gap in enumerate(gaps, 1) if gap and place not in form.spaced]
    if Gap.BREAK in gaps or not (spelled or _is_well_cut(cuts, size)):
        return False
    return _ends(letters, end, form, spelled)


def _repeats_well(letter: Letter, least: int, size: int) -> bool:
    many = letter.count - least
    return many == 0 or (many > 0 and (letter.count > 2 or size >= _LONG))


def _is_well_cut(cuts: Sequence[Gap], size: int) -> bool:
    """Whether a word that is not spelled letter by letter may be cut by these gaps."""
    if Gap.SPACE in cuts:
        return size >= _LONG and len(cuts) == 1
    return not cuts or size > _INFLECTED


def _ends(letters: Sequence[Letter], end: int, form: LatinForm, spelled: bool) -> bool:
    following = letters[end : end + len("ing") + 1]
    if spelled and following and following[0].gap is letters[end - 1].gap is not Gap.BREAK:
        # The spelling goes on: a n a l y s i s.
        after = letters[end + 1] if end + 1 < len(letters) else None
        return after is not None and after.gap is not following[0].gap
    rest = ""
    for letter in following:
        if letter.gap is not Gap.NONE or not letter.real:
            break
        rest += letter.letter * letter.count
    if not rest or form.open_ended or not _is_bound(letters[end - 1]):
        return True
    return sum(form.counts) >= _INFLECTED and rest in (_ENDINGS if not form.spaced else ("s",))
