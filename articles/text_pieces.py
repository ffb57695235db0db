"""The pieces a difference is shown as: put in order, moved to where they read best, folded."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal
from unicodedata import combining

import regex

Kind = Literal["same", "removed", "added"]

_LINE = regex.compile(r"[^\n]*\n|[^\n]+")
_SENTENCE_END = regex.compile(r"[.?!…][\p{Pf}\p{Pe}\"']*[^\S\n]+\Z")
# How far a change may be moved, in characters.
_MAX_SHIFT = 400


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text.  Same and removed pieces make up the old text, same and added the new."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Unchanged text that is not shown; `lines` counts those that are not blank."""

    lines: int


def tidied(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces without empty ones, neighbours of one kind joined, and changes well placed."""
    shifted = list(_joined(pieces))
    for index in range(1, len(shifted) - 1):
        before, change, after = shifted[index - 1 : index + 2]
        if change.kind != "same" and before.kind == after.kind == "same":
            is_first, is_last = index == 1, index == len(shifted) - 2
            shifted[index - 1 : index + 2] = _shifted(before, change, after, is_first, is_last)
    return list(_joined(shifted))


def _shifted(
    before: Piece, change: Piece, after: Piece, is_first: bool, is_last: bool
) -> tuple[Piece, Piece, Piece]:
    """A lone insertion or deletion, moved to where it begins and ends with a sentence or a word.

    In "그는 갔다. 그는 왔다." what was put in is "그는 갔다. " rather than "갔다. 그는 ".
    """
    head, tail = before.text[-_MAX_SHIFT:], after.text[:_MAX_SHIFT]
    text, start, size = head + change.text + tail, len(head), len(change.text)
    # One character stays between this change and the next.
    first = int(not is_first or len(before.text) > len(head))
    last = len(text) - size - int(not is_last or len(after.text) > len(tail))
    best, best_score = start, _score(text, start) + _score(text, start + size)
    for step in (-1, 1):
        place = start
        while first <= place + step <= last and (
            text[place - 1] == text[place + size - 1]
            if step < 0
            else text[place] == text[place + size]
        ):
            place += step
            score = _score(text, place) + _score(text, place + size)
            if score > best_score:
                best, best_score = place, score
    return (
        Piece("same", before.text[: len(before.text) - len(head)] + text[:best]),
        Piece(change.kind, text[best : best + size]),
        Piece("same", text[best + size :] + after.text[len(tail) :]),
    )


def _score(text: str, place: int) -> int:
    """How good a place for the edge of a change is: the best is between two paragraphs."""
    if place in (0, len(text)) or text[place - 1] == "\n":
        return 4
    if combining(text[place]):
        return -1
    if not text[place - 1].isspace():
        return 0 if text[place - 1].isalnum() and text[place].isalnum() else 1
    return 3 if _SENTENCE_END.search(text, max(0, place - 8), place) else 2


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


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one piece, and none that is empty."""
    for kind, group in groupby((piece for piece in pieces if piece.text), lambda piece: piece.kind):
        yield Piece(kind, "".join(piece.text for piece in group))
