"""The editor's rules, what a match is, and the forms in which a rule's word may appear."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

from comments.jamo import is_syllable, is_vowel
from comments.words.gaps import Gap
from comments.words.hangul import Element, Reading, Stream, folded, stream_of
from comments.words.units import Kind, Unit, units_of


@dataclass(frozen=True, slots=True)
class WordRule:
    """A word that editors do not want, and longer words in which it is innocent."""

    key: int | str
    pattern: str
    exceptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """Where a rule's word stands in a text; `found` is the stretch as it was written."""

    rule: WordRule
    found: str
    start: int
    end: int


@dataclass(frozen=True)
class Form:
    """One way to write a rule's word, as jamo of the stream."""

    owner: int  # the place of the rule among the rules
    letters: str
    silent: frozenset[int]  # before these a silent ㅇ was dropped
    spaced: frozenset[int]  # before these the editor wrote a space
    syllables: int
    loose: frozenset[int] = frozenset()  # these stand for a syllable: ㅅ발, 개ㅅㄲ
    doubled: frozenset[int] = frozenset()  # these were typed more than once: ㅗㅗ

    @property
    def folded(self) -> str:
        return folded(self.letters)

    @cached_property
    def is_plain(self) -> bool:
        """Whether equal letters are enough to know it."""
        return self.syllables > 0 and not (self.loose or self.doubled or 0 in self.silent)

    @cached_property
    def is_cut_short(self) -> bool:
        """Whether its last syllable is given by its first letter."""
        return len(self.letters) - 1 in self.loose


# Syllables that are drawn alike; swapped only in words too long to become another word.
_DRAWN_ALIKE = dict(zip("멍댕대머귀커비네과파", "댕멍머대커귀네비파과", strict=True))
_LONG = 3


def is_hangul(units: Sequence[Unit]) -> bool:
    return all(unit.kind in (Kind.SYLLABLE, Kind.JAMO) for unit in letters_of(units))


def letters_of(units: Sequence[Unit]) -> list[Unit]:
    """Return the units that are letters or figures."""
    kinds = (Kind.SYLLABLE, Kind.JAMO, Kind.LETTER, Kind.DIGIT)
    return [unit for unit in units if unit.kind in kinds]


def forms_of(owner: int, pattern: str, reading: Reading) -> Iterator[Form]:
    """Yield the forms of a pattern: as it is, and the ways in which it is disguised."""
    units = units_of(pattern)
    word = _form(owner, units, stream_of(units, reading))
    yield from _with_silent_start(word)
    as_typed = _form(owner, units, stream_of(units, replace(reading, as_typed=True)))
    if as_typed.letters != word.letters:
        yield from _with_silent_start(as_typed)
    yield from _merged(word)
    if all(unit.kind is Kind.SYLLABLE for unit in letters_of(units)):
        yield from _shortened(owner, letters_of(units))
        if word.syllables >= _LONG:
            yield from _swapped(owner, pattern, reading)


def exact_form(owner: int, pattern: str, reading: Reading) -> Iterator[Form]:
    """Yield the form of an exception: only as it is written."""
    units = units_of(pattern)
    yield from _with_silent_start(_form(owner, units, stream_of(units, reading)))


def _form(owner: int, units: Sequence[Unit], stream: Stream) -> Form:
    elements: list[Element] = stream.elements
    return Form(
        owner=owner,
        letters="".join(element.jamo for element in elements),
        silent=frozenset(place for place, element in enumerate(elements) if element.silent),
        spaced=frozenset(
            place for place, element in enumerate(elements) if element.gap >= Gap.STOP
        ),
        syllables=sum(unit.kind is Kind.SYLLABLE for unit in units),
        doubled=frozenset(place for place, element in enumerate(elements) if element.count > 1),
    )


def _with_silent_start(form: Form) -> Iterator[Form]:
    """After a consonant the ㅇ that begins a word is silent like any other."""
    yield form
    if form.letters.startswith("ㅇ") and len(form.letters) > 1:
        yield Form(
            form.owner,
            form.letters[1:],
            frozenset({0, *(place - 1 for place in form.silent)}),
            frozenset(place - 1 for place in form.spaced),
            form.syllables,
            form.loose,
        )


def _merged(form: Form) -> Iterator[Form]:
    """Where one syllable ends as the next begins, 만남, loose letters are read as one: 만ㄴㅏㅁ."""
    for place in range(1, len(form.letters)):
        if form.letters[place] == form.letters[place - 1] and not is_vowel(form.letters[place]):
            yield Form(
                form.owner,
                form.letters[:place] + form.letters[place + 1 :],
                frozenset(at - (at >= place) for at in form.silent),
                frozenset(at - (at >= place) for at in form.spaced),
                form.syllables,
                doubled=frozenset({place - 1}),
            )


def _shortened(owner: int, units: Sequence[Unit]) -> Iterator[Form]:
    """Yield the word with some syllables, not all, given by their first letter: ㅅ발, 개ㅅㄲ."""
    count = len(units)
    if not 2 <= count <= _LONG:
        return
    for size in range(1, count):
        for short in combinations(range(count), size):
            letters, loose = "", set()
            for place, unit in enumerate(units):
                if place in short:
                    loose.add(len(letters))
                letters += unit.letters[0] if place in short else unit.letters
            yield Form(owner, letters, frozenset(), frozenset(), count, frozenset(loose))


def _swapped(owner: int, pattern: str, reading: Reading) -> Iterator[Form]:
    for place, character in enumerate(pattern):
        if is_syllable(character) and character in _DRAWN_ALIKE:
            swapped = pattern[:place] + _DRAWN_ALIKE[character] + pattern[place + 1 :]
            units = units_of(swapped)
            yield _form(owner, units, stream_of(units, reading))
