"""Reads lines into a tree of blocks."""

from collections.abc import Sequence

from articles.markup.blocks import (
    CODE_INDENT,
    Block,
    Document,
    IndentedCode,
    Paragraph,
    Quote,
    Resumption,
)
from articles.markup.limits import MAX_BLOCKS, MAX_DEPTH, Deadline, RenderingError
from articles.markup.lines import Line
from articles.markup.openers import (
    OPENERS,
    may_open_block,
    open_code,
    turn_into_heading,
    turn_into_table,
)


def parse_blocks(lines: Sequence[str], deadline: Deadline) -> Document:
    """The document these lines make up.

    Raises RenderingError for more, or more deeply nested, blocks than any essay has.
    """
    parser = _BlockReader()
    for number, text in enumerate(lines):
        deadline.check()
        parser.read(Line(text), number)
    return parser.document


class _BlockReader:
    """The blocks still open, from the document down to the one that takes the next line."""

    def __init__(self) -> None:
        self.document = Document(0)
        self.open: list[Block] = [self.document]
        self.block_count = 0

    def read(self, line: Line, number: int) -> None:
        """Place one line."""
        matched = self._resume(line, number)
        if matched is None:
            return
        if not self.open[matched - 1].is_literal:
            while may_open_block(line):
                opened = self._open(line, number, matched)
                if opened is None:
                    break
                matched = len(self.open)
                if not opened.takes_blocks:
                    return
        self._add_text(line, number, matched)

    def _resume(self, line: Line, number: int) -> int | None:
        """How many open blocks go on in this line; None if it only closed a fence."""
        for depth, block in enumerate(self.open):
            resumption = block.resume(line)
            if resumption is Resumption.ENDS:
                return depth
            if resumption is Resumption.CLOSED_BY_LINE:
                self._touch(number)
                del self.open[depth:]
                return None
            if isinstance(block, Quote):
                self._touch(number, depth + 1)
        return len(self.open)

    def _open(self, line: Line, number: int, matched: int) -> Block | None:
        """Open what this line starts; return the innermost new block."""
        container = self.open[matched - 1]
        if line.indent >= CODE_INDENT:
            if isinstance(self.open[-1], Paragraph):
                return None
            blocks = open_code(line, number, container)
        else:
            if isinstance(container, Paragraph) and (
                turned := self._turn_paragraph(line, number, container, matched)
            ):
                return turned
            blocks = ()
            for opener in OPENERS:
                blocks = opener(line, number, container)
                if blocks:
                    break
        if not blocks:
            return None
        del self.open[matched:]
        for block in blocks:
            self._push(block)
        self._touch(number)
        return blocks[-1]

    def _turn_paragraph(
        self, line: Line, number: int, paragraph: Paragraph, matched: int
    ) -> Block | None:
        """Replace a paragraph that this line shows to be a heading or a table's header."""
        turned: Block | None = turn_into_heading(line, number, paragraph)
        if turned is not None:
            paragraph.lines.clear()
        else:
            turned = turn_into_table(line, number, paragraph)
            if turned is None:
                return None
            paragraph.lines.pop()
            paragraph.last_line = number - 2
        del self.open[matched - 1 :]
        if not paragraph.lines:
            self.open[-1].children.pop()
        self._push(turned)
        self._touch(number)
        return turned

    def _add_text(self, line: Line, number: int, matched: int) -> None:
        tip = self.open[-1]
        is_lazy = matched < len(self.open) and isinstance(tip, Paragraph) and not line.is_blank
        if not is_lazy:
            del self.open[matched:]
            tip = self.open[-1]
        if line.is_blank and not tip.is_literal:
            return
        if not tip.takes_lines:
            tip = Paragraph(number)
            self._push(tip)
        tip.add_line(line, number)
        if not (line.is_blank and isinstance(tip, IndentedCode)):
            self._touch(number)

    def _push(self, block: Block) -> None:
        """Open a block inside the innermost one that may hold it."""
        while not self.open[-1].holds(block):
            self.open.pop()
        self.open[-1].children.append(block)
        self.open.append(block)
        self.block_count += 1
        if len(self.open) > MAX_DEPTH:
            raise RenderingError("목록이나 인용이 너무 깊게 겹쳐 있습니다.")
        if self.block_count > MAX_BLOCKS:
            raise RenderingError("본문의 문단과 목록이 너무 많습니다. 글을 나누어 주세요.")

    def _touch(self, number: int, depth: int | None = None) -> None:
        """Record that the outermost `depth` open blocks, or all of them, reach this line."""
        for block in self.open[:depth]:
            block.last_line = number
