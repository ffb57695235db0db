"""The headings of a text with their levels and the lines where they stand."""

from collections.abc import Iterator
from typing import NamedTuple

from articles.markup.blocks import Block, Heading
from articles.markup.limits import Deadline
from articles.markup.parser import parse_blocks
from articles.markup.source import normalise_source


class HeadingUse(NamedTuple):
    """A heading: its line counted from 1, its level from 1 to 6, and its words as written."""

    line: int
    level: int
    text: str


def heading_uses(body: str) -> list[HeadingUse]:
    """The headings of a Markdown text in reading order, those in quotes and callouts among them.

    Raises RenderingError for a text that cannot be rendered either.
    """
    lines = normalise_source(body).split("\n")
    return list(_headings(parse_blocks(lines, Deadline())))


def _headings(block: Block) -> Iterator[HeadingUse]:
    if isinstance(block, Heading):
        yield HeadingUse(_line_of(block), block.level, " ".join(block.text.split()))
    for child in block.children:
        yield from _headings(child)


def _line_of(heading: Heading) -> int:
    """The first line of its words; an underline makes a heading of the lines just above it."""
    if heading.last_line == heading.first_line:
        return heading.first_line + 1
    return heading.last_line - heading.text.count("\n")
