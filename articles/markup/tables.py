"""Rows of pipe tables as GitHub reads them."""

import re

import regex

# By `regex`: before Python 3.11.5, `re` goes wrong where what a possessive group repeats fails
# half-way through.
_DELIMITER_ROW = regex.compile(r"\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*$")
# A backslash protects any following character, so `\\|` is a backslash and a border.
_CELL = re.compile(r"((?:[^|\\]++|\\.|\\$)*+)(\||$)")


def split_row(text: str) -> list[str]:
    """The cells of a row, trimmed, with `\\|` turned into the pipe it stands for."""
    text = text.strip()
    if text.startswith("|"):
        text = text[1:]
    cells: list[str] = []
    position = 0
    while position < len(text):
        match = _CELL.match(text, position)
        if match is None:
            break
        cells.append(match[1].strip().replace("\\|", "|"))
        position = match.end()
    return cells


def parse_delimiter_row(text: str) -> list[str] | None:
    """Alignments ("left", "center", "right", "") of the columns, or None for any other line."""
    if not _DELIMITER_ROW.match(text) or ("|" not in text and ":" not in text):
        return None
    return [_alignment(cell) for cell in split_row(text)]


def fit_row(cells: list[str], width: int) -> list[str]:
    """Exactly `width` cells.

    GitHub drops the cells beyond the last column; an author's text must not vanish, so they stay
    in the last column with the pipe that divided them.
    """
    if len(cells) > width:
        return [*cells[: width - 1], " | ".join(cell for cell in cells[width - 1 :] if cell)]
    return cells + [""] * (width - len(cells))


def _alignment(cell: str) -> str:
    left, right = cell.startswith(":"), cell.endswith(":")
    if left and right:
        return "center"
    return "left" if left else "right" if right else ""
