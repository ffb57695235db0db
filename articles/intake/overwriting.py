"""What an import would write over of the desk's: shown as a difference, and asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from articles.importing.sources import printable
from articles.text_diff import Gap, Kind, Piece, compare, excerpt

_MOST_LINES = 40
# Longer stretches within a line are shown by their ends.
_LONGEST = 300
_MARKS = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}

Paint = Callable[[str, Kind], str]


@dataclass(frozen=True, slots=True)
class DeskEdits:
    """Fields of an article by name: as the desk has them, and as the source would."""

    source: str
    title: str
    fields: Mapping[str, tuple[Any, Any]]


MayOverwrite = Callable[[DeskEdits], bool]


def always(edits: DeskEdits) -> bool:
    return True


def shown(edits: DeskEdits, paint: Paint = lambda text, kind: text) -> Iterator[str]:
    """Yield the lines that show the changed passages; `paint` may colour what came and went."""
    names = ", ".join(edits.fields)
    yield printable(f"“{edits.title}” ({edits.source}): edited on the desk: {names}")
    yield "[-as the desk has it-] {+as the source says+}"
    for name, (here, there) in edits.fields.items():
        yield f"{name}:"
        lines = _lines(excerpt(compare(as_text(here), as_text(there)), context=1), paint)
        yield from (f"  {line}" for line in lines[:_MOST_LINES])
        if len(lines) > _MOST_LINES:
            yield f"  … and {len(lines) - _MOST_LINES} more lines"


def as_text(value: Any) -> str:
    """Return a field's value as it is compared, one entry of a list per line."""
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)


def _lines(pieces: Iterable[Piece | Gap], paint: Paint) -> list[str]:
    """Return the lines that say something, with what went and came marked where it stood."""
    told = []
    for piece in pieces:
        if isinstance(piece, Gap):
            told.append(f"\n… {piece.lines} lines as they were …\n")
            continue
        opening, closing = _MARKS[piece.kind]
        for line in piece.text.splitlines(keepends=True):
            if words := line.rstrip("\n"):
                marked = f"{opening}{_short(words)}{closing}"
                told.append(paint(marked, piece.kind) if words.strip() else words)
            told.append("\n" * line.endswith("\n"))
    return [line for line in "".join(told).split("\n") if line.strip()]


def _short(words: str) -> str:
    if len(words) > _LONGEST:
        half = _LONGEST // 2
        words = f"{words[:half]} … {words[-half:]}"
    return printable(words.expandtabs(4))


class Questions:
    """Asks about each article whether to overwrite; "all" and "quit" hold for those that follow.

    `ask` returns what was typed, and raises EOFError where nobody can.
    """

    def __init__(self, say: Callable[[str], None], ask: Callable[[str], str], paint: Paint) -> None:
        self._say = say
        self._ask = ask
        self._paint = paint
        self._decided: bool | None = None

    def __call__(self, edits: DeskEdits) -> bool:
        if self._decided is not None:
            return self._decided
        for line in shown(edits, self._paint):
            self._say(line)
        answer = self._answer()
        if answer in ("a", "q"):
            self._decided = answer == "a"
        return answer in ("y", "a")

    def _answer(self) -> str:
        while True:
            try:
                typed = self._ask("Overwrite? [y]es / [n]o / [a]ll / [q]uit (keep the rest): ")
            except EOFError:
                return "q"
            if (letter := typed.strip().lower()[:1]) and letter in "ynaq":
                return letter
