"""The pictures a body shows, each with the line where it stands and what it says of itself."""

import html
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from articles.markup.extension import make_markdown
from articles.markup.limits import Deadline, RenderingError
from articles.markup.marks import marked
from articles.markup.sanitising import tidy
from articles.markup.source import normalise_source
from articles.markup.source_lines import CLASS_PREFIX
from articles.markup.urls import decode_source

# Tidy HTML quotes every attribute, and nobody but us can write the mark of a class.
_LINE_OR_PICTURE = re.compile(
    rf"""{re.escape(marked(CLASS_PREFIX))}(\d+)|<img((?: [^\s=>"]+="[^"]*")*)>"""
)
_ATTRIBUTE = re.compile(r' ([^\s=>"]+)="([^"]*)"')
# How far raw HTML is searched, whose lines are not noted.
_REACH = 300
_DEFINITION = re.compile(r" {0,3}\[[^\]^]+\]:")


class PictureUse(NamedTuple):
    """One picture of a text.

    `line` counts from one. `source` is percent-decoded and NFC. `decorative` says that the
    author marked it so (`![](…){: .decorative}`, or an empty `alt` in HTML), which is not the
    same as an `alt` that nobody wrote.
    """

    line: int
    source: str
    alt: str
    decorative: bool


def picture_uses(body: str) -> list[PictureUse]:
    """The pictures in reading order, every use counted.

    Raises RenderingError for what the renderer refuses.
    """
    text = normalise_source(body)
    try:
        page = tidy(
            make_markdown(text, Deadline(), highlights=False, notes_lines=True).convert(text)
        )
    except RecursionError as error:
        raise RenderingError("본문의 구조가 너무 깊게 겹쳐 있습니다.") from error
    finder = _LineFinder(text.split("\n"))
    uses: list[PictureUse] = []
    block = 1
    for match in _LINE_OR_PICTURE.finditer(page):
        if match[1]:
            block = int(match[1])
            continue
        attributes = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(match[2])}
        source = decode_source(attributes.get("src", ""))
        alt = attributes.get("alt")
        line = finder.line_of(source, block)
        uses.append(PictureUse(line, source, (alt or "").strip(), decorative=alt == ""))
    return uses


class _LineFinder:
    """Looks for addresses in the source, so that the second use is not found at the first."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = [decode_source(line) for line in lines]
        self._found: Counter[tuple[int, str]] = Counter()

    def line_of(self, source: str, block: int) -> int:
        """The line at or behind the block's first that names the address, or else that first."""
        for number, line in enumerate(self._lines[block - 1 : block + _REACH], start=block):
            place = (number, source)
            if line.count(source) > self._found[place] and not _DEFINITION.match(line):
                self._found[place] += 1
                return number
        return block
