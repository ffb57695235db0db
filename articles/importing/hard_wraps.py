"""Undo the line breaks of texts that were wrapped at a fixed width."""

from dataclasses import replace
from itertools import pairwise

from articles.importing.line_labels import Kind, Line, ends_sentence, is_prose

_TEXT = (Kind.PROSE, Kind.SHORT)
_MIN_WIDTH = 25
_MAX_WIDTH = 130
_MIN_BROKEN_PAIRS = 4
_MIN_CUT_LINES = 8
_FIRST_WIDE = "\u1100"


def join_wrapped_lines(lines: list[Line]) -> list[Line]:
    """Return `lines` with wrapped paragraphs in one line each, if the text was wrapped at all.

    It was when many neighbouring lines of like length break off in mid-sentence.
    """
    pairs = [
        (first, second)
        for first, second in pairwise(lines)
        if first.kind in _TEXT and second.kind in _TEXT and not second.after_blank
    ]
    wide = [first for first, _ in pairs if _MIN_WIDTH <= len(first.text) <= _MAX_WIDTH]
    broken = [line for line in wide if not ends_sentence(line.text)]
    if len(broken) < _MIN_BROKEN_PAIRS or 2 * len(broken) < len(pairs):
        return lines
    if not _are_alike(broken):
        return lines
    is_cut = _is_cut_anywhere(broken)
    width = sorted(len(line.text) for line in broken)[len(broken) * 9 // 10]
    return _joined(lines, (width * 7) // 10, _columns_of(broken) if is_cut else 0)


def _are_alike(broken: list[Line]) -> bool:
    """Tell whether most lines reach nearly as far as the longest; a writer's own breaks vary."""
    widths = [_columns(line.text) for line in broken]
    return 3 * len(widths) <= 4 * sum(5 * width >= 4 * max(widths) for width in widths)


def _columns(text: str) -> int:
    """Return how many columns a terminal gives the text; Hangul takes two each."""
    return sum(2 if character >= _FIRST_WIDE else 1 for character in text)


def _columns_of(lines: list[Line]) -> int:
    return max(_columns(line.text) for line in lines)


def _is_cut_anywhere(broken: list[Line]) -> bool:
    """Tell whether lines are filled to the last column, so that they break within words too."""
    width = _columns_of(broken)
    full = sum(_columns(line.text) >= width - 2 for line in broken)
    return len(broken) >= _MIN_CUT_LINES and 10 * full >= 9 * len(broken)


def _rejoined(parts: list[str], columns: int) -> str:
    """Join the lines of a paragraph; of lines cut at `columns` only where a letter would fit."""
    text = parts[0]
    for above, part in pairwise(parts):
        fits = _columns(above) + _columns(part[0]) <= columns
        text += f" {part}" if not columns or fits else part
    return text


def _joined(lines: list[Line], full: int, columns: int) -> list[Line]:
    """Append each line to its predecessor when that was at least `full` characters wide."""
    joined: list[Line] = []
    parts: list[str] = []
    last_width = 0
    for line in [*lines, None]:
        continues = (
            line is not None
            and bool(joined)
            and not line.after_blank
            and joined[-1].kind in _TEXT
            and line.kind in _TEXT
            and last_width >= full
        )
        if line is not None and continues:
            parts.append(line.text)
            joined[-1].before_blank = line.before_blank
        else:
            if len(parts) > 1:
                joined[-1] = _with_text(joined[-1], _rejoined(parts, columns))
            if line is not None:
                joined.append(replace(line))
                parts = [line.text]
        last_width = len(line.text) if line is not None else 0
    return joined


def _with_text(line: Line, text: str) -> Line:
    return replace(line, text=text, kind=Kind.PROSE if is_prose(text) else Kind.SHORT)
