"""The rules by which a line starts a new block.

Each rule looks at what is left of a line.  When it applies, it takes its marker off the line and
returns the blocks to open, outermost first; otherwise it returns an empty tuple and leaves the
line alone.
"""

import re
from collections.abc import Callable

from articles.markup.blocks import (
    CODE_INDENT,
    Block,
    Fence,
    FootnoteDefinition,
    Heading,
    HtmlBlock,
    IndentedCode,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Table,
)
from articles.markup.html_blocks import html_condition
from articles.markup.lines import Line
from articles.markup.references import take_definitions
from articles.markup.tables import parse_delimiter_row, split_row

Opener = Callable[[Line, int, Block], tuple[Block, ...]]

_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_UNDERLINE = re.compile(r"(=+|-+)[ \t]*$")
_RULE = re.compile(r"([*_-])[ \t]*(?:\1[ \t]*+){2,}+$")
_FENCE = re.compile(r"(`{3,})(?=[^`]*$)|(~{3,})")
_FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,200})\]:")
_MARKER = re.compile(r"(?:([-+*])|(\d{1,9})([.)]))(?=[ \t]|$)")
# "2025. 7. 4. 오늘은" is a date, not three nested lists.
_DATE = re.compile(r"(?:1[0-9]|20)\d\d\.[ \t]*\d{1,2}\.")
# A marker may be followed by at most four columns; more is code inside the item.
_MAX_MARKER_PADDING = 4
_OPENING_CHARACTERS = frozenset("#>`~<*_-+=[|:0123456789")


def may_open_block(line: Line) -> bool:
    """A cheap look that spares plain prose the rules below."""
    rest = line.rest
    return rest[:1] in (" ", "\t") or rest[:1] in _OPENING_CHARACTERS or "|" in rest


def open_quote(line: Line, number: int, container: Block) -> tuple[Block, ...]:
    if not line.content.startswith(">"):
        return ()
    line.skip_indent()
    line.skip_characters(1)
    line.skip_columns(1)
    return (Quote(number),)


def open_heading(line: Line, number: int, container: Block) -> tuple[Block, ...]:
    match = _HEADING.match(line.content)
    if match is None:
        return ()
    text = line.content[match.end() :].strip(" \t")
    # Trailing hashes are decoration if a space parts them from the title.
    title = text.rstrip("#")
    if title == "" or title[-1] in " \t":
        text = title.rstrip(" \t")
    return (Heading(number, len(match[1]), text),)


def open_fence(line: Line, number: int, container: Block) -> tuple[Block, ...]:
    match = _FENCE.match(line.content)
    if match is None:
        return ()
    return (Fence(number, match[0], line.indent, line.content[match.end() :].strip()),)


def open_html(line: Line, number: int, container: Block) -> tuple[Block, ...]:
    if not line.content.startswith("<"):
        return ()
    condition = html_condition(line.content, in_paragraph=isinstance(container, Paragraph))
    if condition is None:
        return ()
    block = HtmlBlock(number, condition)
    block.add_line(line, number)
    return (block,)


def open_rule(line: Line, number: int, container: Block) -> tuple[Block, ...]:
    return (Rule(number),) if _RULE.match(line.content) else ()


def open_footnote(line: Line, number: int, container: Block) -> tuple[Block, ...]:
    match = _FOOTNOTE.match(line.content)
    if match is None:
        return ()
    line.skip_indent()
    line.skip_characters(match.end())
    line.skip_indent()
    return (FootnoteDefinition(number, match[1]),)


def open_list_item(line: Line, number: int, container: Block) -> tuple[Block, ...]:
    match = _MARKER.match(line.content)
    if match is None or _DATE.match(line.content):
        return ()
    bullet, digits, delimiter = match.groups()
    is_empty = not line.content[match.end() :].strip(" \t")
    if isinstance(container, Paragraph) and (is_empty or (digits and int(digits) != 1)):
        return ()
    item = ListItem(number, _take_marker(line, len(match[0]), is_empty=is_empty))
    kind = bullet or delimiter
    if isinstance(container, ListBlock) and container.delimiter == kind:
        return (item,)
    return (ListBlock(number, kind, int(digits) if digits else None), item)


def _take_marker(line: Line, width: int, *, is_empty: bool) -> int:
    """Take the marker and its padding off the line; return the indent of the item's content."""
    indent = line.indent
    line.skip_indent()
    line.skip_characters(width)
    padding = line.indent
    if is_empty or padding > _MAX_MARKER_PADDING:
        padding = 1
    line.skip_columns(padding)
    return indent + width + padding


def open_code(line: Line, number: int, container: Block) -> tuple[Block, ...]:
    """Code by indentation; the caller has made sure that no paragraph goes on."""
    if line.is_blank:
        return ()
    line.skip_columns(CODE_INDENT)
    block = IndentedCode(number)
    block.add_line(line, number)
    return (block,)


def turn_into_heading(line: Line, number: int, paragraph: Paragraph) -> Heading | None:
    """The heading a paragraph becomes when this line underlines it."""
    match = _UNDERLINE.match(line.content)
    if match is None:
        return None
    text = take_definitions(paragraph.text, {})
    if not text:
        return None
    heading = Heading(paragraph.first_line, 1 if match[1][0] == "=" else 2, text)
    heading.last_line = number
    return heading


def turn_into_table(line: Line, number: int, paragraph: Paragraph) -> Table | None:
    """The table that begins when this line divides a header, the paragraph's last line, from rows."""
    alignments = parse_delimiter_row(line.content)
    if alignments is None:
        return None
    header = split_row(paragraph.lines[-1])
    if len(header) != len(alignments):
        return None
    table = Table(number - 1, header, alignments)
    table.last_line = number
    return table


# In the order in which they are tried.  Rules come before lists, so that `* * *` is a rule.
OPENERS: tuple[Opener, ...] = (
    open_quote,
    open_heading,
    open_fence,
    open_html,
    open_rule,
    open_footnote,
    open_list_item,
)
