"""What an import would write over of the desk's: shown as a difference, and asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from articles.importing.sources import printable
from articles.text_diff import Gap, Kind, Piece, compare, excerpt

_MOST_LINES = 40
_LONGEST_LINE = 600
_SIGNS = {"same": "  ", "removed": "- ", "added": "+ "}

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
    yield "- as the desk has it, + as the source says"
    for name, (here, there) in edits.fields.items():
        yield f"[{name}]"
        lines = list(_lines(excerpt(compare(_reading(here), _reading(there)), context=1)))
        for kind, line in lines[:_MOST_LINES]:
            yield paint(_SIGNS[kind] + line, kind)
        if len(lines) > _MOST_LINES:
            yield f"  … and {len(lines) - _MOST_LINES} more lines"


def _reading(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)


def _lines(pieces: Iterable[Piece | Gap]) -> Iterator[tuple[Kind, str]]:
    for piece in pieces:
        if isinstance(piece, Gap):
            yield "same", f"… {piece.lines} lines as they were …"
            continue
        for line in piece.text.split("\n"):
            if line.strip():
                cut = line if len(line) <= _LONGEST_LINE else line[:_LONGEST_LINE] + "…"
                yield piece.kind, printable(cut.expandtabs(4))


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
