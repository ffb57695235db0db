"""Hangul as a stream of jamo, in which a word is found however its letters were strewn.

`stream_of` turns units into jamo. On the way
- Latin letters, figures and signs that are drawn like a jamo become one beside a loose jamo
  (`ㅅl발`, `ㅂr보`, `人ㅣ발`); anywhere else they are a gap (`시1발`);
- a drawn-out vowel is one vowel (`시이이발`, `시ㅣ발`), a loose letter typed twice is one;
- the silent ㅇ after a consonant is dropped (`십알`), and its place remembered;
- a compound of two loose vowels is one (`ㅅㅏㅣ끼`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from comments.jamo import COMPOUND_VOWELS, DRAWN_OUT, SOUND_ALIKES, is_vowel
from comments.lookalikes import CONSONANT_GLYPHS, VOWEL_GLYPHS
from comments.words.gaps import Gap, gap_of
from comments.words.units import Kind, Unit, units_of

# Beside a loose jamo these too are jamo; alone they are Latin letters and figures.
_VOWELS_OF_SIGNS = str.maketrans("lI1|!iHra@oTk", "ㅣㅣㅣㅣㅣㅣㅐㅏㅏㅏㅗㅜㅏ")
_CONSONANTS_OF_SIGNS = str.maketrans("0Oo7^LEz2", "ㅇㅇㅇㄱㅅㄴㅌㄹㄹ")
# Whatever else stands in a text is passed over: most of it is.
_MAY_BE_JAMO = frozenset(
    map(chr, (*_VOWELS_OF_SIGNS, *_CONSONANTS_OF_SIGNS, *VOWEL_GLYPHS, *CONSONANT_GLYPHS))
)
_SPOKEN_FIGURES = "공일이삼사오육칠팔구"
_BREAK = "\n"
_PALATAL = re.compile("(?<=[ㅈㅊ])ㅕ")


@dataclass(slots=True)
class Element:
    """One jamo of the stream, and which units it came from."""

    jamo: str
    first: int
    last: int
    begins: bool  # it is the first of its unit
    ends: bool  # it is the last of its unit
    loose: bool
    gap: Gap = Gap.NONE  # what stands before it
    silent: bool = False  # a silent ㅇ was dropped before it
    count: int = 1


@dataclass(slots=True)
class Stream:
    elements: list[Element]
    letters: str
    folded: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How to take what can be taken two ways."""

    drops_loose: bool = False  # 바ㅋㅋ보: loose jamo are decoration
    once: bool = False  # 바바보: a syllable repeated is said once
    literal: bool = False  # ㅅ1ㅂ: a figure is no vowel
    spoken: bool = False  # 멍청2: a figure is the syllable it is read as
    as_typed: bool = False  # no vowel is taken for a drawn-out one
    all_letters: bool = False  # 19금: Latin letters and figures are letters of the word


def stream_of(units: Sequence[Unit], reading: Reading, first: int = 0) -> Stream:
    """Return the jamo of the units, the first of which stands at that place of the text."""
    stream = _Builder(units, reading).built()
    if first:
        for element in stream.elements:
            element.first += first
            element.last += first
    return stream


class _Builder:
    def __init__(self, units: Sequence[Unit], reading: Reading) -> None:
        as_drawn = not (reading.all_letters or reading.literal or reading.drops_loose)
        self.units = _with_glyphs_read(units) if as_drawn else list(units)
        if reading.spoken:
            self.units = [_spoken(unit) for unit in units]
        self.reading = reading
        self.elements: list[Element] = []
        self.since = 0  # the unit after the last that was a letter
        self.is_silent = False  # a loose ㅇ was just dropped

    def built(self) -> Stream:
        kinds = self._kinds_of_letters()
        for place, unit in enumerate(self.units):
            if unit.kind in kinds:
                self._add(place, unit)
        letters = "".join([element.jamo for element in self.elements])
        return Stream(self.elements, letters, folded(letters))

    def _kinds_of_letters(self) -> tuple[Kind, ...]:
        if self.reading.drops_loose:
            return (Kind.SYLLABLE,)
        if self.reading.all_letters:
            return (Kind.SYLLABLE, Kind.JAMO, Kind.LETTER, Kind.DIGIT)
        return (Kind.SYLLABLE, Kind.JAMO)

    def _add(self, place: int, unit: Unit) -> None:
        gap = Gap.NONE if self.since == place else gap_of(self.units[self.since : place])
        previous = self.elements[-1] if self.elements else None
        before = self.units[self.since - 1] if self.since else None
        self.since = place + 1
        if gap is Gap.BREAK and previous:
            self.elements.append(Element(_BREAK, place, place, False, False, False))
            previous = None
        if previous and unit.kind is Kind.SYLLABLE:
            self._add_after(previous, before, place, unit, gap)
        elif previous and unit.kind is Kind.JAMO and self._is_silent(previous, place, gap):
            self.is_silent = True
            return
        elif not (previous and unit.kind is Kind.JAMO and self._joins(previous, place, unit, gap)):
            self._append(place, unit.letters, unit.kind is Kind.JAMO, gap, silent=self.is_silent)
        self.is_silent = False

    def _is_silent(self, previous: Element, place: int, gap: Gap) -> bool:
        """Whether this unit is a loose ㅇ that only carries the vowel after it."""
        if self.units[place].letters != "ㅇ":
            return False
        kinds = self._kinds_of_letters()
        following = (one for one in self.units[place + 1 : place + 4] if one.kind in kinds)
        after = next(following, None)
        carries = after is not None and after.kind is Kind.JAMO and is_vowel(after.letters)
        consonant = previous.jamo != _BREAK and not is_vowel(previous.jamo)
        near = gap is Gap.NONE or (previous.loose and gap < Gap.LINE)
        return near and carries and consonant

    def _add_after(
        self, previous: Element, before: Unit | None, place: int, unit: Unit, gap: Gap
    ) -> None:
        letters, after_consonant = unit.letters, not is_vowel(previous.jamo)
        if self.reading.once and before and before.shown == unit.shown:
            previous.last = place
        elif letters[0] != "ㅇ" or len(letters) < 2:
            self._append(place, letters, False, gap)
            if previous.loose and gap is Gap.NONE:
                self._fold_repeat(len(self.elements) - len(letters))
        elif not after_consonant and gap < Gap.STOP and self._draws_out(previous.jamo, letters):
            # The word may end before it, 새끼입니다, or in it, 병시인.
            previous.ends = True
            if letters[2:]:
                self._append(place, letters[2:], False, Gap.NONE, begins=False)
            else:
                previous.last = place
        elif after_consonant and previous.jamo != _BREAK:
            self._append(place, letters[1:], False, gap, silent=True)
        else:
            self._append(place, letters, False, gap)

    def _draws_out(self, vowel: str, syllable: str) -> bool:
        """Whether a syllable without a consonant of its own only lengthens a vowel: 시이발."""
        drawn = syllable[1] in (vowel, DRAWN_OUT.get(vowel)) or syllable == "ㅇㅡ"
        return drawn and not self.reading.as_typed

    def _append(
        self,
        place: int,
        letters: str,
        loose: bool,
        gap: Gap,
        silent: bool = False,
        begins: bool = True,
    ) -> None:
        last = len(letters) - 1
        first = Element(letters[0], place, place, begins, last == 0, loose, gap, silent)
        self.elements.append(first)
        for index in range(1, last + 1):
            letter = letters[index]
            self.elements.append(Element(letter, place, place, False, index == last, loose))

    def _joins(self, previous: Element, place: int, unit: Unit, gap: Gap) -> bool:
        """Whether a loose jamo is more of the element before it, which then holds both."""
        compound = COMPOUND_VOWELS.get(previous.jamo + unit.letters)
        if gap >= Gap.SPACE and not previous.loose:
            return False
        if unit.letters == previous.jamo or (
            is_vowel(previous.jamo) and unit.letters == DRAWN_OUT[previous.jamo]
        ):
            previous.count += 1
        elif compound and gap is Gap.NONE:
            previous.jamo = compound
        else:
            return False
        previous.last, previous.ends, previous.loose = place, True, True
        return True

    def _fold_repeat(self, at: int) -> None:
        """Make `ㅅ시` one ㅅ: a loose letter stuttered before its syllable."""
        stuttered, initial = self.elements[at - 1], self.elements[at]
        if stuttered.begins and stuttered.jamo == initial.jamo:
            initial.ends = self._closes(at - 1)
            initial.first, initial.gap = stuttered.first, stuttered.gap
            initial.count += stuttered.count
            del self.elements[at - 1]

    def _closes(self, at: int) -> bool:
        """Whether a loose consonant ends the loose syllable before it: ㅅㅣㄴ놈."""
        before = self.elements[at - 1] if at else None
        tight = self.elements[at].gap is Gap.NONE
        return before is not None and tight and before.loose and is_vowel(before.jamo)


def folded(letters: str) -> str:
    """Fold what sounds alike: tense letters, ㅔ, and ㅕ after ㅈ and ㅊ."""
    return _PALATAL.sub("ㅓ", letters.translate(SOUND_ALIKES))


def _spoken(unit: Unit) -> Unit:
    if unit.kind is not Kind.DIGIT or len(unit.shown) > 1:
        return unit
    shown = _SPOKEN_FIGURES[int(unit.shown)]
    letters = units_of(shown)[0].letters
    return Unit(Kind.SYLLABLE, shown, letters, unit.start, unit.end)


def _with_glyphs_read(units: Sequence[Unit]) -> list[Unit]:
    """Return the units with every look-alike of a jamo replaced where a jamo belongs."""
    read = list(units)
    for place, unit in enumerate(units):
        if unit.shown in _MAY_BE_JAMO and unit.kind in (Kind.LETTER, Kind.DIGIT, Kind.MARK):
            jamo = _jamo_for(unit, _before(read, place), units[place + 1 : place + 3])
            if jamo:
                read[place] = Unit(Kind.JAMO, jamo, jamo, unit.start, unit.end)
    return read


def _before(units: Sequence[Unit], place: int) -> Unit | None:
    """Return the neighbour before a sign; a sign between two spaces stands in spelling: ㅅ l 발."""
    kinds = [unit.kind for unit in units[max(0, place - 1) : place + 2]]
    between_spaces = kinds[0] is kinds[-1] is Kind.SPACE and len(kinds) > 2
    distance = 2 if between_spaces else 1
    return units[place - distance] if place >= distance else None


def _jamo_for(unit: Unit, before: Unit | None, after: Sequence[Unit]) -> str:
    """Return the jamo that a sign stands for between its neighbours, or ""."""
    sign = unit.shown
    vowel = sign.translate(VOWEL_GLYPHS).translate(_VOWELS_OF_SIGNS)
    consonant = sign.translate(CONSONANT_GLYPHS)
    if before and before.kind is Kind.JAMO and is_vowel(vowel):
        opens = not is_vowel(before.letters) or (
            # At the end of a word it is what it is: ㅈㅣㄴㅗ!
            before.letters + vowel in COMPOUND_VOWELS
            and bool(after)
            and after[0].kind in (Kind.JAMO, Kind.SYLLABLE)
        )
        if opens:
            return vowel
    follows = bool(after) and _may_be_vowel(after[0])
    closes = (
        before is not None
        and before.kind in (Kind.JAMO, Kind.SYLLABLE)
        and is_vowel(before.letters[-1])
    )
    if consonant != sign:
        return consonant if follows or closes else ""
    consonant = sign.translate(_CONSONANTS_OF_SIGNS)
    loose_vowel = bool(after) and after[0].kind is Kind.JAMO and is_vowel(after[0].letters)
    after_loose = before is not None and before.kind is Kind.JAMO and is_vowel(before.letters)
    doubled = len(after) > 1 and after[0].shown == sign and _may_be_vowel(after[1])
    return consonant if consonant != sign and (loose_vowel or after_loose or doubled) else ""


def _may_be_vowel(unit: Unit) -> bool:
    if unit.kind is Kind.JAMO:
        return is_vowel(unit.letters)
    return is_vowel(unit.shown.translate(VOWEL_GLYPHS)) or unit.shown in ("l", "I", "|", "1", "!")
