"""Two people's changes to one text brought together: the three-way merge of diff3.

Sanjeev Khanna, Keshav Kunal and Benjamin C. Pierce, "A Formal Investigation of Diff3" (2007).
The units are paragraphs, then lines within a paragraph that both have changed.  Unlike diff3, two
neighbouring units of which each was changed by one person are no conflict: they are sentences of
their own, not statements of a program.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import regex

from articles.text_alignment import Work, align

# Lines no essay has.  Whoever leaves one in the text is told before publishing.
MINE_MARK = "<<<<<<< 내 글"
MIDDLE_MARK = "======="
THEIRS_MARK = ">>>>>>> 다른 사람의 글"

_LINE_END = re.compile(r"\r\n?")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
# A paragraph with the blank lines behind it, or the blank lines a text begins with.
# By `regex`: before Python 3.11.5, `re` goes wrong where what a possessive group repeats fails
# half-way through.
_BLOCK = regex.compile(r"(?:[^\S\n]*+[^\s][^\n]*+\n)++(?:[^\S\n]*+\n)*+|(?:[^\S\n]*+\n)++")
_PARAGRAPH_END = "\n\n"

Units = Sequence[str]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A passage both have changed, and what it was."""

    mine: str
    theirs: str
    base: str


@dataclass(frozen=True, slots=True)
class Merge:
    """The merged text, in which the passages in conflict stand one after the other, marked."""

    text: str
    conflicts: list[Conflict]


@dataclass(frozen=True, slots=True)
class FieldMerge:
    """Values by name; `conflicts` has mine and theirs, and `values` has mine."""

    values: dict[str, Any]
    conflicts: dict[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class _Hunk:
    """`base[start:end]` became `units`."""

    start: int
    end: int
    units: Units
    is_mine: bool

    def meets(self, later: "_Hunk") -> bool:
        """Whether a hunk that starts no earlier changes something of the same.

        Where one only puts something in beside what the other has divided or put in itself,
        nobody but they can say what comes first.
        """
        if later.start != self.end:
            return later.start < self.end
        return (self.is_insertion and not later.keeps_count) or (
            later.is_insertion and not self.keeps_count
        )

    @property
    def is_insertion(self) -> bool:
        return self.start == self.end

    @property
    def keeps_count(self) -> bool:
        return self.end - self.start == len(self.units)


@dataclass(frozen=True, slots=True)
class _Passage:
    """What one stretch of the text was, and what each side made of it."""

    base: str
    mine: str
    theirs: str

    @property
    def merged(self) -> str | None:
        """The text if at most one side changed it, or both alike."""
        if self.mine in (self.base, self.theirs):
            return self.theirs
        return self.mine if self.theirs == self.base else None


def merge(base: str, mine: str, theirs: str) -> Merge:
    """Both sides' changes to `base`; line ends become line feeds."""
    old, ours, others = (_LINE_END.sub("\n", text) for text in (base, mine, theirs))
    ends = _Passage(*(text[len(text.rstrip("\n")) :] for text in (old, ours, others)))
    work = Work()
    parts: list[str] = []
    conflicts: list[Conflict] = []
    sides = _split_blocks(old), _split_blocks(ours), _split_blocks(others)
    for passage in _passages(*sides, work):
        merged = passage.merged
        if merged is None:
            merged = _merged_lines(passage, work)
        if merged is None:
            conflict = Conflict(*map(_bare, (passage.mine, passage.theirs, passage.base)))
            conflicts.append(conflict)
            merged = _marked(conflict)
        parts.append(merged)
    text = "".join(parts).removesuffix(_PARAGRAPH_END)
    return Merge(text + (ends.mine if ends.merged is None else ends.merged), conflicts)


def merge_fields(
    base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]
) -> FieldMerge:
    """Merge flat values, each as a whole; a name that is missing counts as None."""
    values: dict[str, Any] = {}
    conflicts: dict[str, tuple[Any, Any]] = {}
    for name in dict.fromkeys((*base, *mine, *theirs)):
        old, ours, others = base.get(name), mine.get(name), theirs.get(name)
        values[name] = others if ours == old else ours
        if old not in (ours, others) and ours != others:
            conflicts[name] = ours, others
    return FieldMerge(values, conflicts)


def marked_lines(text: str) -> list[int]:
    """Numbers, from 1, of the lines that a merge has put around a conflict."""
    return [
        number
        for number, line in enumerate(_LINE_END.sub("\n", text).split("\n"), start=1)
        if line.rstrip() in (MINE_MARK, THEIRS_MARK)
    ]


def _split_blocks(text: str) -> Units:
    # Every paragraph ends alike, so that the last one is the same when another follows it.
    core = text.rstrip("\n")
    return _BLOCK.findall(core + _PARAGRAPH_END) if core else []


def _merged_lines(passage: _Passage, work: Work) -> str | None:
    """The passage with both sides' lines, or None if they changed the same ones."""
    base, mine, theirs = map(_LINE.findall, (passage.base, passage.mine, passage.theirs))
    merged: list[str] = []
    for line in _passages(base, mine, theirs, work):
        if line.merged is None:
            return None
        merged.append(line.merged)
    return "".join(merged)


def _bare(text: str) -> str:
    return text.rstrip("\n")


def _marked(conflict: Conflict) -> str:
    """Both passages in a form that nobody overlooks."""
    mine, theirs = (f"{text}\n" if text else "" for text in (conflict.mine, conflict.theirs))
    return f"{MINE_MARK}\n{mine}{MIDDLE_MARK}\n{theirs}{THEIRS_MARK}{_PARAGRAPH_END}"


def _passages(base: Units, mine: Units, theirs: Units, work: Work) -> Iterator[_Passage]:
    """The whole text in order, divided where neither side's changes run on."""
    hunks = [*_hunks(base, mine, work, is_mine=True), *_hunks(base, theirs, work, is_mine=False)]
    hunks.sort(key=lambda hunk: (hunk.start, hunk.end))
    position = 0
    for group in _groups(hunks):
        start, end = group[0].start, max(hunk.end for hunk in group)
        yield from (_Passage(unit, unit, unit) for unit in base[position:start])
        sides = [[hunk for hunk in group if hunk.is_mine is is_mine] for is_mine in (True, False)]
        yield _Passage(
            "".join(base[start:end]), *(_applied(base, start, end, hunks) for hunks in sides)
        )
        position = end
    yield from (_Passage(unit, unit, unit) for unit in base[position:])


def _hunks(base: Units, changed: Units, work: Work, *, is_mine: bool) -> Iterator[_Hunk]:
    i = j = 0
    for x, y in [*align(base, changed, work), (len(base), len(changed))]:
        if x > i or y > j:
            yield _Hunk(i, x, changed[j:y], is_mine)
        i, j = x + 1, y + 1


def _groups(hunks: Sequence[_Hunk]) -> Iterator[list[_Hunk]]:
    """Hunks that meet, given in order; one person's hunks have something unchanged between them."""
    group: list[_Hunk] = []
    last: dict[bool, _Hunk] = {}
    for hunk in hunks:
        if group and not any(other.meets(hunk) for other in last.values()):
            yield group
            group, last = [], {}
        group.append(hunk)
        last[hunk.is_mine] = hunk
    if group:
        yield group


def _applied(base: Units, start: int, end: int, hunks: Sequence[_Hunk]) -> str:
    """`base[start:end]` with one side's hunks."""
    units: list[str] = []
    for hunk in hunks:
        units += (*base[start : hunk.start], *hunk.units)
        start = hunk.end
    return "".join([*units, *base[start:end]])
