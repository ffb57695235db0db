"""Hangul as a stream of jamo, in which a word is found however its letters were strewn.

`stream_of` turns units into jamo. On the way
- Latin letters, figures and signs that are drawn like a jamo become one beside a loose jamo
  (`ㅅl발`, `ㅂr보`, `人ㅣ발`); anywhere else they are a gap (`시1발`);
- a drawn-out vowel is one vowel (`시이이발`, `시ㅣ발`), a loose letter typed twice is one;
- the silent ㅇ after a consonant is dropped (`십알`), and its place remembered;
- a compound of two loose vowels is one (`ㅅㅏㅣ끼`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from comments.jamo import COMPOUND_VOWELS, DRAWN_OUT, SOUND_ALIKES, has_final, is_vowel
from comments.lookalikes import CONSONANT_GLYPHS, VOWEL_GLYPHS
from comments.words.gaps import Gap, gap_of
from comments.words.units import Kind, Unit

# Beside a loose jamo these too are jamo; alone they are Latin letters and figures.
_VOWELS_OF_SIGNS = str.maketrans("lI1|!iHra@oTk", "ㅣㅣㅣㅣㅣㅣㅐㅏㅏㅏㅗㅜㅏ")
_CONSONANTS_OF_SIGNS = str.maketrans("0Oo7^LEz2", "ㅇㅇㅇㄱㅅㄴㅌㄹㄹ")
_BREAK = "\n"


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
    elements: list[Element] = field(default_factory=list)
    folded: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How to take what can be taken two ways."""

    drops_loose: bool = False  # 바ㅋㅋ보: loose jamo are decoration
    once: bool = False  # 바바보: a syllable repeated is said once
    literal: bool = False  # ㅅ1ㅂ: a figure is no vowel
    all_letters: bool = False  # 19금: Latin letters and figures are letters of the word


def stream_of(units: Sequence[Unit], reading: Reading = Reading()) -> Stream:
    """Return the jamo of the units, as far as they may belong to one word."""
    builder = _Builder(units, reading)
    return builder.built()


class _Builder:
    def __init__(self, units: Sequence[Unit], reading: Reading) -> None:
        as_drawn = not (reading.all_letters or reading.literal or reading.drops_loose)
        self.units = _with_glyphs_read(units) if as_drawn else list(units)
        self.reading = reading
        self.elements: list[Element] = []
        self.since = 0  # the unit after the last that was a letter
        self.is_silent = False  # a loose ㅇ was just dropped

    def built(self) -> Stream:
        for place, unit in enumerate(self.units):
            if self._is_letter(unit):
                self._add(place, unit)
        folded = [element.jamo.translate(SOUND_ALIKES) for element in self.elements]
        for place in range(1, len(folded)):
            if folded[place] == "ㅕ" and folded[place - 1] in "ㅈㅊ":
                folded[place] = "ㅓ"
        return Stream(self.elements, "".join(folded))

    def _is_letter(self, unit: Unit) -> bool:
        if unit.kind is Kind.JAMO:
            return not self.reading.drops_loose
        if unit.kind in (Kind.LETTER, Kind.DIGIT):
            return self.reading.all_letters
        return unit.kind is Kind.SYLLABLE

    def _add(self, place: int, unit: Unit) -> None:
        gap = gap_of(self.units[self.since : place])
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
        after = self.units[place + 1 : place + 2]
        carries = bool(after) and after[0].kind is Kind.JAMO and is_vowel(after[0].letters)
        consonant = previous.jamo != _BREAK and not is_vowel(previous.jamo)
        return self.units[place].letters == "ㅇ" and gap is Gap.NONE and carries and consonant

    def _add_after(
        self, previous: Element, before: Unit | None, place: int, unit: Unit, gap: Gap
    ) -> None:
        letters, after_consonant = unit.letters, not is_vowel(previous.jamo)
        if self.reading.once and before and before.shown == unit.shown:
            previous.last = place
        elif letters[0] != "ㅇ" or len(letters) < 2:
            self._append(place, letters, False, gap)
            if gap is Gap.NONE:
                self._fold_repeat(place)
        elif not after_consonant and gap < Gap.STOP and _draws_out(previous.jamo, letters[1]):
            previous.last, previous.ends = place, len(letters) == 2
            if letters[2:]:
                self._append(place, letters[2:], False, Gap.NONE, begins=False)
        elif after_consonant and previous.jamo != _BREAK:
            self._append(place, letters[1:], False, gap, silent=True)
        else:
            self._append(place, letters, False, gap)

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
        for index, letter in enumerate(letters):
            self.elements.append(
                Element(
                    letter, place, place, begins and index == 0, index == last, loose,
                    gap if index == 0 else Gap.NONE, silent and index == 0,
                )
            )  # fmt: skip

    def _joins(self, previous: Element, place: int, unit: Unit, gap: Gap) -> bool:
        """Whether a loose jamo is more of the element before it, which then holds both."""
        compound = COMPOUND_VOWELS.get(previous.jamo + unit.letters)
        if gap >= Gap.SPACE and not previous.loose:
            return False
        if unit.letters == previous.jamo or (
            is_vowel(previous.jamo) and _draws_out(previous.jamo, unit.letters)
        ):
            previous.count += 1
        elif compound and gap is Gap.NONE:
            previous.jamo = compound
        else:
            return False
        previous.last, previous.ends, previous.loose = place, True, True
        return True

    def _fold_repeat(self, place: int) -> None:
        """Make `ㅅ시` one ㅅ: a loose letter stuttered before its syllable."""
        at = next(i for i in range(len(self.elements) - 1, -1, -1) if self.elements[i].begins)
        if at == 0:
            return
        stuttered, initial = self.elements[at - 1], self.elements[at]
        if stuttered.loose and stuttered.begins and stuttered.jamo == initial.jamo:
            initial.first, initial.gap = stuttered.first, stuttered.gap
            initial.count += stuttered.count
            del self.elements[at - 1]


def _draws_out(vowel: str, more: str) -> bool:
    return more in (vowel, DRAWN_OUT.get(vowel))


def _with_glyphs_read(units: Sequence[Unit]) -> list[Unit]:
    """Return the units with every look-alike of a jamo replaced where a jamo belongs."""
    read = list(units)
    for place, unit in enumerate(units):
        if unit.kind in (Kind.LETTER, Kind.DIGIT, Kind.MARK) and len(unit.shown) == 1:
            jamo = _jamo_for(unit, read[place - 1] if place else None, units[place + 1 : place + 3])
            if jamo:
                read[place] = Unit(Kind.JAMO, jamo, jamo, unit.start, unit.end)
    return read


def _jamo_for(unit: Unit, before: Unit | None, after: Sequence[Unit]) -> str:
    """Return the jamo that a sign stands for between its neighbours, or ""."""
    sign = unit.shown
    vowel = sign.translate(VOWEL_GLYPHS).translate(_VOWELS_OF_SIGNS)
    consonant = sign.translate(CONSONANT_GLYPHS)
    if before and before.kind is Kind.JAMO and is_vowel(vowel):
        opens = not is_vowel(before.letters) or before.letters + vowel in COMPOUND_VOWELS
        if opens:
            return vowel
    follows = bool(after) and _may_be_vowel(after[0])
    closes = before is not None and (
        (before.kind is Kind.JAMO and is_vowel(before.letters))
        or (before.kind is Kind.SYLLABLE and not has_final(before.shown))
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
