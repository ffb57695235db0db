"""What has changed between two versions of a text, as a Korean reader wants to see it.

Blocks between blank lines are compared first, then words, then the letters of words that are much
alike: of 학교에 and 학교를 only the particle differs.  Scraps that two changed passages happen to
share are taken into the change, after the semantic cleanup of Neil Fraser, "Diff Strategies"
(2006), https://neil.fraser.name/writing/diff/.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

import regex

from articles.text_alignment import Pair, Work, align, pair_similar

Kind = Literal["same", "removed", "added"]

_LINE_END = regex.compile(r"\r\n?")
_LINE = regex.compile(r"[^\n]*\n|[^\n]+")
_WORD = regex.compile(r"\n|[^\S\n]+|[\w\p{M}]+|\X")
_LETTER = regex.compile(r"\X")
# A block longer than this, such as a pasted file without blank lines, is compared by lines first.
_LONG_BLOCK = 8_000
# The longest passage that is taken for a scrap, in characters.
_MAX_SCRAP = 20


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text.  Same and removed pieces make up the old text, same and added the new."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Unchanged text that is not shown; `lines` counts those that are not blank."""

    lines: int


@dataclass(frozen=True, slots=True)
class _Segment:
    """Neighbouring parts of the old and the new text, and the pieces they are shown as."""

    old: str
    new: str
    pieces: list[Piece]

    @property
    def is_same(self) -> bool:
        return self.old == self.new

    @property
    def is_changed(self) -> bool:
        """Nothing of the old text is kept."""
        return all(piece.kind != "same" for piece in self.pieces)

    @property
    def is_replacement(self) -> bool:
        return self.is_changed and bool(self.old and self.new)


@dataclass(frozen=True, slots=True)
class _Level:
    """How texts are divided, and when one part is taken for a changed form of another.

    That is when they share `likeness` of their traits, and when of the longer one's characters
    `kept` at least turn out to be the same.
    """

    split: Callable[[str], list[str]]
    key: Callable[[str], str] = str
    traits: Callable[[str], Counter[str]] = Counter
    likeness: float = 0.0
    kept: float = 0.0
    drops_scraps: bool = False


def _split_blocks(text: str) -> list[str]:
    """Paragraphs and the like, each with the blank lines behind it."""
    blocks: list[list[str]] = []
    was_blank = True
    for line in _LINE.findall(text):
        is_blank = not line.strip()
        if not blocks or (was_blank and not is_blank):
            blocks.append([])
        blocks[-1].append(line)
        was_blank = is_blank
    return ["".join(lines) for lines in blocks]


def _stems(text: str) -> Counter[str]:
    # Particles and endings stand behind, so the first two letters say which word it is.
    return Counter(word[:2] for word in _WORD.findall(text) if word[0].isalnum())


def _letters(word: str) -> Counter[str]:
    return Counter(word.strip())


_BLOCKS = _Level(_split_blocks, str.strip, _stems, likeness=0.3, kept=0.2)
_LINES = _Level(_LINE.findall, str.rstrip, _stems, likeness=0.3, kept=0.2)
_WORDS = _Level(_WORD.findall, traits=_letters, likeness=0.5, kept=0.5, drops_scraps=True)
_LETTERS = _Level(_LETTER.findall, drops_scraps=True)


def _finer(level: _Level, old: str, new: str) -> _Level:
    if level is _WORDS:
        return _LETTERS
    return _LINES if level is _BLOCKS and len(old) + len(new) > _LONG_BLOCK else _WORDS


def compare(before: str, after: str) -> list[Piece]:
    """The pieces of both texts in reading order; line ends become line feeds."""
    old, new = _LINE_END.sub("\n", before), _LINE_END.sub("\n", after)
    return list(_joined(_compare_parts(old, new, _BLOCKS, Work())))


def excerpt(pieces: Sequence[Piece], context: int = 2) -> list[Piece | Gap]:
    """The changes with so many lines around each; longer unchanged stretches become gaps.

    The rest of a changed line is always shown, and blank lines are not counted.
    """
    shown: list[Piece | Gap] = []
    last = len(pieces) - 1
    for index, piece in enumerate(pieces):
        if piece.kind != "same":
            shown.append(piece)
            continue
        lines = _LINE.findall(piece.text)
        head = 0 if index == 0 else _context_end(lines, context)
        tail = 0 if index == last else _context_end(lines[::-1], context)
        hidden = lines[head : len(lines) - tail]
        count = sum(1 for line in hidden if line.strip())
        if not count or (count == 1 and index not in (0, last)):
            shown.append(piece)
            continue
        parts = (Piece("same", "".join(lines[:head])), Gap(count))
        shown += parts if head else parts[1:]
        if tail:
            shown.append(Piece("same", "".join(lines[len(lines) - tail :])))
    return shown


def _context_end(lines: Sequence[str], context: int) -> int:
    """How many lines to show beyond a change: the rest of its own and `context` that say something."""
    wanted = context + 1
    for position, line in enumerate(lines):
        wanted -= position == 0 or bool(line.strip())
        if not wanted:
            return position + 1
    return len(lines)


def _compare_parts(old: str, new: str, level: _Level, work: Work) -> Iterator[Piece]:
    segments = _segments(level.split(old), level.split(new), level, work)
    for segment in _without_scraps(segments) if level.drops_scraps else segments:
        yield from segment.pieces


def _segments(
    olds: Sequence[str], news: Sequence[str], level: _Level, work: Work
) -> Iterator[_Segment]:
    pairs = align([*map(level.key, olds)], [*map(level.key, news)], work)
    i = j = 0
    for x, y in pairs:
        yield from _compare_runs(olds[i:x], news[j:y], level, work)
        yield _same(olds[x]) if olds[x] == news[y] else _refined(olds[x], news[y], level, work)
        i, j = x + 1, y + 1
    yield from _compare_runs(olds[i:], news[j:], level, work)


def _compare_runs(
    olds: Sequence[str], news: Sequence[str], level: _Level, work: Work
) -> Iterator[_Segment]:
    """Units of which none is the same: some may have become others, the rest went or came."""
    if level is _LETTERS or not olds or not news:
        yield _replaced(olds, news)
        return
    pairs: list[Pair] | None = [(0, 0)]
    if len(olds) > 1 or len(news) > 1:
        pairs = pair_similar(olds, news, level.traits, level.likeness, work)
    if pairs is None:
        # Too many to try each with each: the finer steps have to find out.
        olds, news, pairs = ["".join(olds)], ["".join(news)], [(0, 0)]
    i = j = 0
    for x, y in pairs:
        yield _replaced(olds[i:x], news[j:y])
        yield _refined(olds[x], news[y], level, work)
        i, j = x + 1, y + 1
    yield _replaced(olds[i:], news[j:])


def _refined(old: str, new: str, level: _Level, work: Work) -> _Segment:
    """One unit that became another, compared in finer steps if enough of it was kept."""
    pieces = list(_compare_parts(old, new, _finer(level, old, new), work))
    kept = sum(_size(piece.text) for piece in pieces if piece.kind == "same")
    if kept < level.kept * max(_size(old), _size(new)):
        return _replaced([old], [new])
    return _Segment(old, new, pieces)


def _size(text: str) -> int:
    return sum(map(len, text.split()))


def _same(text: str) -> _Segment:
    return _Segment(text, text, [Piece("same", text)])


def _replaced(olds: Iterable[str], news: Iterable[str]) -> _Segment:
    old, new = "".join(olds), "".join(news)
    return _Segment(old, new, [Piece("removed", old), Piece("added", new)])


def _without_scraps(segments: Iterable[_Segment]) -> list[_Segment]:
    """Take what little two replacements have between them into one replacement."""
    kept: list[_Segment] = []
    for segment in segments:
        if not segment.old and not segment.new:
            continue
        while kept and (grown := _taken_in(kept, segment)):
            segment = grown
        kept.append(segment)
    return kept


def _taken_in(kept: list[_Segment], last: _Segment) -> _Segment | None:
    """`last` together with what stands before it, taken off `kept`; None if they stay apart."""
    before = kept[-1]
    if before.is_same:
        if last.is_same:
            kept.pop()
            return _same(before.old + last.old)
        if len(kept) > 1 and _is_scrap(kept[-2], before.old, last):
            kept.pop()
            first = kept.pop()
            return _replaced([first.old, before.old, last.old], [first.new, before.new, last.new])
    elif before.is_changed and last.is_changed:
        kept.pop()
        return _replaced([before.old, last.old], [before.new, last.new])
    return None


def _is_scrap(before: _Segment, text: str, after: _Segment) -> bool:
    """Whether a text is shorter than the replacements on both sides, within a paragraph."""
    if not (before.is_replacement and after.is_replacement) or "\n" in text:
        return False
    sides = (max(len(side.old), len(side.new)) for side in (before, after))
    return len(text) <= min(_MAX_SCRAP, *sides)


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one piece, and none that is empty."""
    for kind, group in groupby((piece for piece in pieces if piece.text), lambda piece: piece.kind):
        yield Piece(kind, "".join(piece.text for piece in group))
