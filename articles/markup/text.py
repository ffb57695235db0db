"""The words of a document without its markup."""

import html

from articles.markup.tags import BLOCK_TAGS

_CELLS = frozenset({"td", "th"})
_LINE_ENDS = BLOCK_TAGS - _CELLS | {"br"}


class TextCollector:
    """Collects text in reading order while a document's tags go by.

    Blocks end lines, cells are parted by spaces, and what is hidden (footnote marks) is left out.
    """

    def __init__(self) -> None:
        self._text: list[str] = []
        self._prose: list[str] = []
        self._title: list[str] = []
        self._code_depth = 0
        self._hidden_tag = ""
        self._hidden_depth = 0

    @property
    def plain_text(self) -> str:
        """All text, code included, one line for each block."""
        return _tidy_lines(self._text)

    @property
    def prose(self) -> str:
        """The text without code blocks."""
        return _tidy_lines(self._prose)

    def open(self, tag: str, *, is_hidden: bool = False) -> None:
        """A start tag; hidden elements keep their text to themselves."""
        if self._hidden_tag:
            self._hidden_depth += tag == self._hidden_tag
        elif is_hidden:
            self._hidden_tag, self._hidden_depth = tag, 1
        if tag == "pre":
            self._code_depth += 1
        self._separate(tag)

    def close(self, tag: str) -> None:
        """An end tag."""
        self._separate(tag)
        if tag == "pre":
            self._code_depth -= 1
        if tag == self._hidden_tag:
            self._hidden_depth -= 1
            if not self._hidden_depth:
                self._hidden_tag = ""

    def add_text(self, escaped: str) -> None:
        """Text between tags, as it stands in HTML."""
        if self._hidden_tag:
            return
        text = html.unescape(escaped)
        if self._code_depth:
            self._text.append(text)
            return
        # A line break in the source is not one on the page.
        text = text.replace("\n", " ")
        for pieces in (self._text, self._prose, self._title):
            pieces.append(text)

    def start_title(self) -> None:
        """Begin to collect the title of a heading."""
        self._title.clear()

    def take_title(self) -> str:
        """The text since `start_title`, on one line."""
        return " ".join("".join(self._title).split())

    def _separate(self, tag: str) -> None:
        separator = "\n" if tag in _LINE_ENDS else " " if tag in _CELLS else ""
        if separator:
            self._text.append(separator)
            self._prose.append(separator)


def _tidy_lines(pieces: list[str]) -> str:
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)
