"""Where a text links to, and on which line: for whoever has to say what leads nowhere.

The renderer knows no lines any more when it comes to links, so that they are looked for here in
the blocks it would make, by the same patterns and without code.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from articles.markup.addresses import WEB_ADDRESS, trim_address
from articles.markup.blocks import Block, Heading, HtmlBlock, Paragraph, Table
from articles.markup.code import is_escaped, runs_by_length
from articles.markup.escapes import ESCAPABLE, unescape
from articles.markup.limits import Deadline
from articles.markup.links import LABEL, SPACED_TARGET, TARGET, pair_brackets
from articles.markup.parser import parse_blocks
from articles.markup.references import Reference, normalise_label, take_definitions
from articles.markup.source import normalise_source
from articles.markup.tables import split_row

# Conditions by which a block of HTML is a script, a comment or the like: no links for readers.
_HTML_WITH_LINKS = 6
_TICKS = re.compile(r"`+")
_ESCAPED = re.compile(rf"\\[{re.escape(ESCAPABLE)}]")
_HIDDEN = "\x1a"
_RAW_LINK = (
    r"<[aA]\s(?:[^<>]*?\s)?[hH][rR][eE][fF]\s*=\s*"
    r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s>\"']+))[^<>]*>"
)
_RAW = re.compile(_RAW_LINK)
_OPENING = re.compile(
    rf"(?P<bracket>!?\[)|(?P<raw>{_RAW_LINK})|<(?P<auto>https?:[^\s<>]+)>|(?P<web>{WEB_ADDRESS})"
)
_RAW_END = re.compile(r"</a\s*>", re.IGNORECASE)

References = Mapping[str, Reference]


class LinkUse(NamedTuple):
    """A link in a text: its line counted from 1, where it leads, and the words it stands on.

    `address` is as the author means it: without escapes, but not percent-decoded.
    """

    line: int
    address: str
    text: str


class _Found(NamedTuple):
    """A link within one passage, and the positions in it where it begins and ends."""

    start: int
    end: int
    address: str
    text: str


def link_uses(body: str) -> list[LinkUse]:
    """The links of a Markdown text in reading order; pictures are none, code holds none.

    Raises RenderingError for a text that cannot be rendered either.
    """
    deadline = Deadline()
    lines = normalise_source(body).split("\n")
    blocks = list(_leaves(parse_blocks(lines, deadline)))
    references: dict[str, Reference] = {}
    passages = [each for block in blocks for each in _passages(block, references)]
    uses: list[LinkUse] = []
    for first_line, text, find in passages:
        for found in find(text, references):
            deadline.check()
            line = first_line + text.count("\n", 0, found.start) + 1
            uses.append(LinkUse(line, found.address, " ".join(found.text.split())))
    return uses


Finder = Callable[[str, References], Iterator[_Found]]


def _leaves(block: Block) -> Iterator[Block]:
    if not block.children:
        yield block
    for child in block.children:
        yield from _leaves(child)


def _passages(block: Any, references: dict[str, Reference]) -> Iterator[tuple[int, str, Finder]]:
    """The first line, counted from 0, and the text of what inline rules see as one passage.

    Definitions are taken out of paragraphs and into `references`.
    """
    if isinstance(block, Paragraph):
        rest = take_definitions(block.text, references)
        taken = block.text[: len(block.text) - len(rest)]
        yield block.first_line + taken.count("\n"), rest, _in_markdown
    elif isinstance(block, Heading):
        is_underlined = block.last_line > block.first_line
        height = block.text.count("\n") + 1
        first = block.last_line - height if is_underlined else block.first_line
        yield first, block.text, _in_markdown
    elif isinstance(block, Table):
        yield from ((block.first_line, cell, _in_markdown) for cell in block.header)
        for number, row in enumerate(block.lines, start=block.first_line + 2):
            yield from ((number, cell, _in_markdown) for cell in split_row(row))
    elif isinstance(block, HtmlBlock) and block.condition >= _HTML_WITH_LINKS:
        yield block.first_line, "\n".join(block.lines), _in_html


def _in_html(text: str, references: References) -> Iterator[_Found]:
    for match in _RAW.finditer(text):
        yield _raw_link(text, match)


def _in_markdown(text: str, references: References) -> Iterator[_Found]:
    if "[" not in text and "://" not in text and "<" not in text:
        return
    shown = _without_literals(text)
    closings = pair_brackets(shown)
    position = 0
    while match := _OPENING.search(shown, position):
        position = match.end()
        if match["bracket"]:
            closing = closings.get(match.end() - 1)
            found = closing and _behind_brackets(text, shown, match.end(), closing, references)
            if found:
                position = found.end
                if match["bracket"] == "[":
                    yield found
        elif found := _written_out(text, match):
            position = found.end
            yield found


def _behind_brackets(
    text: str, shown: str, start: int, closing: int, references: References
) -> _Found | None:
    """What `[…](…)`, `[…][…]` or `[…]` leads to; `start` is behind the opening bracket."""
    label = text[start:closing]
    is_picture = shown[start - 2 : start - 1] == "!"
    match = TARGET.match(shown, closing + 1)
    if match:
        first, last = match.span(1) if match[1] is not None else match.span(2)
        return _Found(start, match.end(), unescape(text[first:last]).strip(), label)
    if is_picture and (match := SPACED_TARGET.match(shown, closing + 1)):
        return _Found(start, match.end(), unescape(match[1]), label)
    match = LABEL.match(shown, closing + 1)
    name = text[match.start(1) : match.end(1)] if match else ""
    reference = references.get(normalise_label(name if name.strip() else label))
    if reference is None:
        return None
    return _Found(start, match.end() if match else closing + 1, reference.destination, label)


def _written_out(text: str, match: re.Match[str]) -> _Found:
    """What raw HTML, an address in angle brackets, or a bare one leads to."""
    if match["raw"]:
        return _raw_link(text, match)
    if match["auto"]:
        return _Found(match.start(), match.end(), match["auto"], match["auto"])
    address = trim_address(match["web"])
    return _Found(match.start(), match.start() + len(address), address, address)


def _raw_link(text: str, match: re.Match[str]) -> _Found:
    written = next(match[name] for name in ("double", "single", "bare") if match[name] is not None)
    end = _RAW_END.search(text, match.end())
    inner = text[match.end() : end.start()] if end else ""
    words = html.unescape(re.sub(r"<[^<>]*>", "", inner))
    return _Found(
        match.start(), end.end() if end else match.end(), html.unescape(written).strip(), words
    )


def _without_literals(text: str) -> str:
    """The text with code and escaped characters made unreadable, every position kept."""
    return _ESCAPED.sub(_HIDDEN * 2, _without_code(text))


def _without_code(text: str) -> str:
    if "`" not in text:
        return text
    runs = runs_by_length(text)
    parts: list[str] = []
    position = done = 0
    while match := _TICKS.search(text, position):
        position = match.end()
        # The backslash belongs to the first backtick only.
        start = match.start() + is_escaped(text, match.start())
        starts = runs.get(match.end() - start, [])
        index = bisect_right(starts, match.start())
        if start < match.end() and index < len(starts):
            position = starts[index] + match.end() - start
            parts += [text[done:start], re.sub(r"[^\n]", _HIDDEN, text[start:position])]
            done = position
    return "".join(parts) + text[done:]
