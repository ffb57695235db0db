"""Rules in Latin letters, or any others but Hangul: found between word boundaries.

A word may carry an ending, or stand beside what swear words are written together with.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from comments.words.gaps import Gap
from comments.words.latin import HIDDEN, STROKES, Letter, letters_of, readings_of
from comments.words.trie import Trie
from comments.words.units import Unit

_VOWELS = frozenset("aeiou")
_OF_ONE_CONSONANT = frozenset(("er", "ers", "y"))
_ENDINGS = frozenset(("s", "es", "ing", "ings", "in", "ed", "er", "ers", "y"))
# What swear words are written together with; folded as the stream is.
_BEFORE = frozenset(
    "mother mutha bull horse dog holy dumb dip mind god free online".translate(STROKES).split()
)
_AFTER = frozenset(
    "you u off up head heads face hole show wit boy hub tube site sites bonus movie video"
    .translate(STROKES)
    .split()
)  # fmt: skip
_LONGEST_BESIDE = 6
_OTHER_WORDS = frozenset(("cocker", "cockers", "cocky"))
_LONG = 6
_INFLECTED = 4


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
        if not (open_ended or form.spaced) and sum(form.counts) >= _INFLECTED:
            for hidden in _hidden(form):
                self.words.add(hidden.letters, hidden)

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
        for letters in readings_of(units):
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
    letters = letters_of(units, leet=True)
    return LatinForm(
        owner,
        "".join(letter.letter for letter in letters),
        tuple(letter.count for letter in letters),
        frozenset(place for place, letter in enumerate(letters) if letter.gap is not Gap.NONE),
        open_ended,
    )


def _hidden(form: LatinForm) -> Iterator[LatinForm]:
    """Yield the word with a vowel hidden, and with all between its ends: f*ck, f**k."""
    inner = range(1, len(form.letters) - 1)
    for place in inner:
        if form.letters[place] in _VOWELS and form.counts[place] == 1:
            letters = form.letters[:place] + HIDDEN + form.letters[place + 1 :]
            yield replace(form, letters=letters)
    if len(form.letters) == sum(form.counts) == _INFLECTED:
        counts = (1, len(inner), 1)
        yield replace(form, letters=form.letters[0] + HIDDEN + form.letters[-1], counts=counts)


def _found(
    words: Trie[LatinForm], letters: Sequence[Letter], text: str, units: Sequence[Unit]
) -> Iterator[tuple[int, int, int]]:
    for place, letter in enumerate(letters):
        joined = place and letter.gap is Gap.NONE and letters[place - 1].real
        if joined and _is_bound(letter) and _joined_before(letters, place) not in _BEFORE:
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
    if not all(map(_repeats_well, word[:-1], form.counts, [size] * len(word))):
        return False
    if not (_repeats_well(word[-1], form.counts[-1], size) or _is_inflected(letters, end, form)):
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
        on = "".join(
            one.letter for one in takewhile(lambda one: one.gap is following[0].gap, following)
        )
        return (after is not None and after.gap is not following[0].gap) or on in _ENDINGS
    rest = _joined_after(letters, end)
    if not rest or form.open_ended or not _is_bound(letters[end - 1]):
        return True
    if form.spaced or sum(form.counts) < _INFLECTED:
        return bool(form.spaced) and rest == "s"
    return rest in _AFTER or _is_ending(rest, form)


def _is_inflected(letters: Sequence[Letter], end: int, form: LatinForm) -> bool:
    """Whether one more of the last letter only leads to an ending: shitty."""
    one_more = letters[end - 1].count - form.counts[-1] == 1
    return one_more and _joined_after(letters, end) in _OF_ONE_CONSONANT | {"ing", "ed"}


def _is_ending(rest: str, form: LatinForm) -> bool:
    """Whether the rest inflects a word: shits, shitter. Butter is nothing of a butt."""
    if form.letters + rest in _OTHER_WORDS or (form.counts[-1] > 1 and rest in _OF_ONE_CONSONANT):
        return False
    return rest in _ENDINGS


def _joined_before(letters: Sequence[Letter], place: int) -> str:
    """Return the letters written together with a place, before it, if they are few."""
    run = ""
    while place and letters[place].gap is Gap.NONE and letters[place - 1].real:
        place -= 1
        run = letters[place].letter * letters[place].count + run
        if len(run) > _LONGEST_BESIDE:
            return ""
    return run


def _joined_after(letters: Sequence[Letter], end: int) -> str:
    run = ""
    for letter in letters[end : end + _LONGEST_BESIDE + 1]:
        if letter.gap is not Gap.NONE or not letter.real:
            break
        run += letter.letter * letter.count
    return run
