"""The block elements of a document and how each one takes the lines that follow its first.

The rules are CommonMark's and GitHub's, since authors check their drafts in Typora and on GitHub.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from enum import Enum, auto
from itertools import pairwise

from articles.markup.html_blocks import ends_html_block
from articles.markup.lines import Line

CODE_INDENT = 4


class Resumption(Enum):
    """What an open block says to the next line."""

    CONTINUES = auto()
    ENDS = auto()
    CLOSED_BY_LINE = auto()


class Block(ABC):
    """A node of the document: containers hold children, leaves hold lines.

    `first_line` and `last_line` are source line numbers; blank lines after the content are not
    part of a block, which is how looseness of lists is measured.
    """

    __slots__ = ("children", "first_line", "last_line", "lines")

    takes_blocks = False
    takes_lines = False
    # Code and raw HTML: their lines start no other block.
    is_literal = False

    def __init__(self, first_line: int) -> None:
        self.first_line = first_line
        self.last_line = first_line
        self.children: list[Block] = []
        self.lines: list[str] = []

    @abstractmethod
    def resume(self, line: Line) -> Resumption:
        """Take this block's marker off the line, or say that the block has ended."""

    def holds(self, block: "Block") -> bool:
        """Whether a block may be a child of this one."""
        return self.takes_blocks

    def add_line(self, line: Line, number: int) -> None:
        """Append what is left of the line to a leaf."""
        self.lines.append(line.rest)
        self.last_line = number


class Document(Block):
    __slots__ = ()
    takes_blocks = True

    def resume(self, line: Line) -> Resumption:
        return Resumption.CONTINUES


class Quote(Block):
    __slots__ = ()
    takes_blocks = True

    def resume(self, line: Line) -> Resumption:
        if line.indent < CODE_INDENT and line.content.startswith(">"):
            line.skip_indent()
            line.skip_characters(1)
            line.skip_columns(1)
            return Resumption.CONTINUES
        return Resumption.ENDS


class ListBlock(Block):
    """Items with the same kind of marker.  `start` is None for bullets."""

    __slots__ = ("delimiter", "start")

    def __init__(self, first_line: int, delimiter: str, start: int | None) -> None:
        super().__init__(first_line)
        self.delimiter = delimiter
        self.start = start

    def resume(self, line: Line) -> Resumption:
        return Resumption.CONTINUES

    def holds(self, block: Block) -> bool:
        return isinstance(block, ListItem)

    @property
    def is_loose(self) -> bool:
        """Blank lines lie between the items, or between the blocks of one item."""
        return has_blank_between(self.children) or any(
            has_blank_between(item.children) for item in self.children
        )


class ListItem(Block):
    """`content_indent` is how far its further lines are indented, in columns."""

    __slots__ = ("content_indent",)
    takes_blocks = True

    def __init__(self, first_line: int, content_indent: int) -> None:
        super().__init__(first_line)
        self.content_indent = content_indent

    def resume(self, line: Line) -> Resumption:
        if line.is_blank:
            # An item may begin with one blank line at most.
            if not self.children:
                return Resumption.ENDS
            line.skip_indent()
            return Resumption.CONTINUES
        if line.indent >= self.content_indent:
            line.skip_columns(self.content_indent)
            return Resumption.CONTINUES
        return Resumption.ENDS


class FootnoteDefinition(Block):
    __slots__ = ("label",)
    takes_blocks = True

    def __init__(self, first_line: int, label: str) -> None:
        super().__init__(first_line)
        self.label = label

    def resume(self, line: Line) -> Resumption:
        if line.is_blank:
            return Resumption.CONTINUES
        if line.indent >= CODE_INDENT:
            line.skip_columns(CODE_INDENT)
            return Resumption.CONTINUES
        return Resumption.ENDS


class Paragraph(Block):
    __slots__ = ()
    takes_lines = True

    def resume(self, line: Line) -> Resumption:
        return Resumption.ENDS if line.is_blank else Resumption.CONTINUES

    def add_line(self, line: Line, number: int) -> None:
        self.lines.append(line.content)
        self.last_line = number

    @property
    def text(self) -> str:
        return "\n".join(self.lines).rstrip()


class Heading(Block):
    __slots__ = ("level", "text")

    def __init__(self, first_line: int, level: int, text: str) -> None:
        super().__init__(first_line)
        self.level = level
        self.text = text

    def resume(self, line: Line) -> Resumption:
        return Resumption.ENDS


class Rule(Block):
    __slots__ = ()

    def resume(self, line: Line) -> Resumption:
        return Resumption.ENDS


class IndentedCode(Block):
    __slots__ = ()
    takes_lines = True
    is_literal = True

    def resume(self, line: Line) -> Resumption:
        if line.indent >= CODE_INDENT or line.is_blank:
            line.skip_columns(CODE_INDENT)
            return Resumption.CONTINUES
        return Resumption.ENDS

    def add_line(self, line: Line, number: int) -> None:
        self.lines.append(line.rest)
        if not line.is_blank:
            self.last_line = number

    @property
    def text(self) -> str:
        last = max((i for i, line in enumerate(self.lines) if line.strip(" \t")), default=-1)
        return "".join(f"{line}\n" for line in self.lines[: last + 1])


class Fence(Block):
    """A fenced code block.  `info` is what follows the opening fence."""

    __slots__ = ("closing", "indent", "info")
    takes_lines = True
    is_literal = True

    def __init__(self, first_line: int, fence: str, indent: int, info: str) -> None:
        super().__init__(first_line)
        self.indent = indent
        self.info = info
        self.closing = re.compile(rf"{re.escape(fence[0])}{{{len(fence)},}}[ \t]*$")

    def resume(self, line: Line) -> Resumption:
        if line.indent < CODE_INDENT and self.closing.match(line.content):
            return Resumption.CLOSED_BY_LINE
        line.skip_columns(self.indent)
        return Resumption.CONTINUES

    @property
    def text(self) -> str:
        return "".join(f"{line}\n" for line in self.lines)


class HtmlBlock(Block):
    """Raw HTML.  `condition` numbers the rule that opened it, 1 to 7."""

    __slots__ = ("condition", "is_finished")
    takes_lines = True
    is_literal = True

    def __init__(self, first_line: int, condition: int) -> None:
        super().__init__(first_line)
        self.condition = condition
        self.is_finished = False

    def resume(self, line: Line) -> Resumption:
        if self.is_finished or (line.is_blank and self.condition >= 6):
            return Resumption.ENDS
        return Resumption.CONTINUES

    def add_line(self, line: Line, number: int) -> None:
        super().add_line(line, number)
        self.is_finished = ends_html_block(self.condition, line.rest)


class Table(Block):
    """`alignments` has one entry a column: "left", "center", "right" or "" for none."""

    __slots__ = ("alignments", "header")
    takes_lines = True

    def __init__(self, first_line: int, header: list[str], alignments: list[str]) -> None:
        super().__init__(first_line)
        self.header = header
        self.alignments = alignments

    def resume(self, line: Line) -> Resumption:
        return Resumption.ENDS if line.is_blank else Resumption.CONTINUES

    def add_line(self, line: Line, number: int) -> None:
        self.lines.append(line.content)
        self.last_line = number


def has_blank_between(blocks: Sequence[Block]) -> bool:
    """Whether any two neighbours are separated by a blank line."""
    return any(after.first_line - before.last_line > 1 for before, after in pairwise(blocks))
