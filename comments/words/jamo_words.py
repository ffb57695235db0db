"""Rules in Hangul, and rules that mix it with figures, found in the stream of jamo."""

import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise

from comments.jamo import SOUND_ALIKES, is_vowel
from comments.words.context import has_contraction, is_in_context, outline
from comments.words.gaps import Gap
from comments.words.hangul import Element, Reading, Stream, stream_of
from comments.words.rules import Form, exact_form, forms_of
from comments.words.trie import Trie
from comments.words.units import Kind, Unit

_TENSE = ("ㅅㅆ", "ㅂㅃ", "ㅈㅉ")
_LONG = 3
# Hardly a word with its gaps reaches farther than this from a place inside it.
_AROUND = 20
# A moderator needs no more places of one rule in one text.
_ENOUGH = 50
EVERY_RULE = -1
# Loose consonants that stand beside a word in consonants without being part of another one.
_BESIDE = frozenset("ㅋㅎㅇㅠㅜㅡㅗㅏ")
_BEFORE = frozenset("ㄴㅊ") | _BESIDE  # 존나 and 미친 in short
_AFTER = frozenset("ㄴㅅㄲ") | _BESIDE  # 놈, 새끼 in short


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of units and whose it is."""

    owner: int
    first: int
    last: int


@dataclass(slots=True)
class JamoWords:
    """Words filed by their jamo, for one way of reading."""

    mixed: bool = False
    words: Trie[Form] = field(default_factory=Trie)
    innocent: Trie[Form] = field(default_factory=Trie)
    doubled: set[int] = field(default_factory=set)
    has_consonants: bool = False

    @property
    def reading(self) -> Reading:
        return Reading(all_letters=self.mixed)

    def add(self, owner: int, pattern: str) -> None:
        for form in forms_of(owner, pattern, self.reading):
            self.words.add(form.folded, form)
            self.has_consonants |= form.syllables == 0
        if any(one == other for one, other in pairwise(pattern)):
            self.doubled.add(owner)

    def add_exception(self, owner: int, pattern: str) -> None:
        for form in exact_form(owner, pattern, self.reading):
            if form.letters:
                self.innocent.add(form.folded, form)

    def found_in(self, units: Sequence[Unit]) -> Iterator[Span]:
        """Yield the words that stand in the text, excused ones left out."""
        if not self.words:
            return
        line, full = outline(units), set[int]()
        counts: Counter[int] = Counter()
        excused: dict[int, list[tuple[int, int]]] | None = None
        for reading, places in self._readings(units):
            for start, part in _parts(units, places):
                for span in self._spans(line, stream_of(part, reading, start), reading, full):
                    if excused is None:
                        excused = self._excused(stream_of(units, self.reading))
                    if not _is_covered(span, excused):
                        yield span
                        counts[span.owner] += 1
                        if counts[span.owner] >= _ENOUGH:
                            full.add(span.owner)

    def _readings(self, units: Sequence[Unit]) -> Iterator[tuple[Reading, Sequence[int] | None]]:
        """Yield each way to read the text, with the places where it makes a difference."""
        yield self.reading, None
        loose = [place for place, unit in enumerate(units) if unit.kind is Kind.JAMO]
        if self.mixed:
            return
        if loose:
            yield Reading(drops_loose=True), loose
            if self.has_consonants:
                yield Reading(literal=True), loose
        figures = [
            place
            for place, (one, other) in enumerate(pairwise(units))
            if one.kind is Kind.SYLLABLE and other.kind is Kind.DIGIT
        ]
        if figures:
            yield Reading(spoken=True), figures
        doubled = [
            place
            for place, (one, other) in enumerate(pairwise(units))
            if one.shown == other.shown and one.kind is Kind.SYLLABLE
        ]
        if doubled:
            yield Reading(once=True), doubled

    def _spans(self, line: str, stream: Stream, reading: Reading, full: Set[int]) -> Iterator[Span]:
        elements = stream.elements
        for place, element in enumerate(elements):
            if not element.begins:
                continue
            for form, end in self.words.found_at(stream.folded, place):
                if form.owner in full or (reading.once and form.owner in self.doubled):
                    continue
                if _is_word(line, stream, place, end, form):
                    yield Span(form.owner, element.first, elements[end - 1].last)

    def _excused(self, stream: Stream) -> dict[int, list[tuple[int, int]]]:
        elements = stream.elements
        return _farthest_ends(
            Span(form.owner, element.first, elements[end - 1].last)
            for place, element in enumerate(elements)
            if element.begins
            for form, end in self.innocent.found_at(stream.folded, place)
            if _is_exact(elements[place:end], form)
        )


def _parts(
    units: Sequence[Unit], places: Sequence[int] | None
) -> Iterator[tuple[int, Sequence[Unit]]]:
    """Yield the stretches of a text around the places, each with where it starts."""
    if places is None:
        yield 0, units
        return
    start, end = max(0, places[0] - _AROUND), 0
    for place in places:
        if end and place - _AROUND > end:
            yield start, units[start:end]
            start = place - _AROUND
        end = place + _AROUND
    yield start, units[start:end]


def _is_exact(elements: Sequence[Element], form: Form) -> bool:
    """Whether an exception stands there as it is written; a space in it may be left out."""
    return elements[-1].ends and all(
        element.jamo == letter and (place == 0 or element.gap is Gap.NONE or place in form.spaced)
        for place, (element, letter) in enumerate(zip(elements, form.letters, strict=True))
    )


def _farthest_ends(spans: Iterable[Span]) -> dict[int, list[tuple[int, int]]]:
    """Return, by owner, where excused stretches start and how far the text is excused then."""
    by_owner: dict[int, list[tuple[int, int]]] = {}
    for span in sorted(spans, key=lambda one: (one.first, one.last)):
        rows = by_owner.setdefault(span.owner, [])
        rows.append((span.first, max(span.last, rows[-1][1] if rows else -1)))
    return by_owner


def _is_covered(span: Span, excused: dict[int, list[tuple[int, int]]]) -> bool:
    """Whether an exception of the rule holds the word, or an innocent word longer than it."""
    return _holds(excused.get(span.owner, []), span.first, span.last) or (
        _holds(excused.get(EVERY_RULE, []), span.first - 1, span.last)
        or _holds(excused.get(EVERY_RULE, []), span.first, span.last + 1)
    )


def _holds(rows: list[tuple[int, int]], first: int, last: int) -> bool:
    place = bisect_right(rows, (first, sys.maxsize))
    return place > 0 and rows[place - 1][1] >= last


def _is_word(line: str, stream: Stream, start: int, end: int, form: Form) -> bool:
    elements = stream.elements
    if not _ends_well(line, elements, end, form):
        return False
    word = elements[start:end]
    is_as_written = form.is_plain and stream.letters.startswith(form.letters, start)
    if not is_as_written and not all(_is_letter(word, at, form) for at in range(len(word))):
        return False
    first, last = word[0].first, word[-1].last
    inside = _gap_inside(word, form)
    if form.syllables == 0:
        return inside <= Gap.SPACE and _stands_among_consonants(elements, start, end)
    if form.loose or _has_new_silence(word, form):
        if inside > Gap.DECORATION:
            return False
        inside = Gap.LISTING
    elif form.syllables < _LONG and not is_as_written and _only_sounds_alike(word, form):
        inside = max(inside, Gap.STOP)  # 감싸기 is no 사기
    return is_in_context(line, first, last, form.syllables, inside)


def _gap_inside(word: Sequence[Element], form: Form) -> Gap:
    """Return the widest gap of the word that the editor did not write."""
    widest = Gap.NONE
    for place in range(1, len(word)):
        gap = word[place].gap
        if gap is not widest and gap > widest and place not in form.spaced:
            widest = gap
    return widest


def _only_sounds_alike(word: Sequence[Element], form: Form) -> bool:
    return any(one.jamo != letter for one, letter in zip(word, form.letters, strict=True))


def _has_new_silence(word: Sequence[Element], form: Form) -> bool:
    for place, element in enumerate(word):  # a loop: this is asked of every candidate
        if element.silent and place and place not in form.silent:
            return True
    return False


def _is_letter(word: Sequence[Element], place: int, form: Form) -> bool:
    """Whether this jamo may stand for the pattern's, whose folded form is the same."""
    element, letter = word[place], form.letters[place]
    if place == 0 and 0 in form.silent and not element.silent:
        return False
    if (place in form.loose or form.syllables == 0) and not element.loose:
        return False
    if form.is_cut_short and place not in form.loose and element.loose:
        return False  # ㅈㅣㄹ is the syllable 질, not 지랄 in short
    if place in form.doubled and element.count < 2:
        return False
    if element.jamo == letter or form.syllables >= _LONG or "ㅕ" in (element.jamo, letter):
        return True
    if element.count > 1 and letter.translate(SOUND_ALIKES) == element.jamo:
        return True  # ㅅㅅ for ㅆ
    if form.syllables < 2:
        return False
    # Of two syllables, one letter may be tenser, 빠보, or a first 씨 plainer, 시발.
    others = (one.jamo == other for one, other in zip(word, form.letters, strict=True))
    return sum(not same for same in others) == 1 and (
        letter + element.jamo in _TENSE or (letter == "ㅆ" and place == 0 and _is_open(form))
    )


def _is_open(form: Form) -> bool:
    """Whether the first syllable ends in its vowel."""
    return form.letters[2:3] != "" and is_vowel(form.letters[1]) and is_vowel(form.letters[3:4])


def _ends_well(line: str, elements: Sequence[Element], end: int, form: Form) -> bool:
    last = elements[end - 1]
    if form.is_cut_short and not last.loose:
        return False
    following = elements[end] if end < len(elements) else None
    if last.ends:
        # A loose vowel takes the consonant before it to its own syllable.
        if following is None or not form.loose or following.gap is not Gap.NONE:
            return True
        return not (following.loose and is_vowel(following.jamo))
    if form.syllables < 2 or following is None or not is_vowel(last.jamo):
        return False
    return following.ends and has_contraction(line, last.last, following.jamo)


def _stands_among_consonants(elements: Sequence[Element], start: int, end: int) -> bool:
    before = elements[start - 1] if start else None
    after = elements[end] if end < len(elements) else None
    return (
        before is None
        or not before.loose
        or elements[start].gap is not Gap.NONE
        or before.jamo in _BEFORE
    ) and (after is None or not after.loose or after.gap is not Gap.NONE or after.jamo in _AFTER)
