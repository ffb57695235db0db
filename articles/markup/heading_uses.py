"""The headings of a source and the lines they stand on, for whoever has to find them again."""

from collections.abc import Iterator
from dataclasses import dataclass

from articles.markup.blocks import Block, Heading
from articles.markup.kramdown import split_heading
from articles.markup.limits import Deadline
from articles.markup.parser import parse_blocks
from articles.markup.source import normalise_source


@dataclass(frozen=True, slots=True)
class HeadingUse:
    """A heading in Markdown.  `line` counts from 1, `level` from 1 to 6; `text` is its source."""

    line: int
    level: int
    text: str


def heading_uses(body: str) -> list[HeadingUse]:
    """The headings in reading order, those in quotes and lists too; raw HTML is not looked into.

    Raises RenderingError as rendering does.
    """
    document = parse_blocks(normalise_source(body).split("\n"), Deadline())
    return [
        HeadingUse(
            block.first_line + 1, block.level, " ".join(split_heading(block.text)[0].split())
        )
        for block in _headings(document)
    ]


def _headings(block: Block) -> Iterator[Heading]:
    """Headings in a block; the parser has seen to it that blocks are not nested deep."""
    for child in block.children:
        if isinstance(child, Heading):
            yield child
        yield from _headings(child)
