"""A page's nested boxes as a plain sequence of paragraphs, headings, lists, figures and so on."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement, builder

from articles.importing.pages.elements import BLOCKS, HEADINGS, is_element, lines_of, text_of

# Nested deeper than this, boxes are taken for one paragraph.
_MAX_DEPTH = 150
_WHOLE = frozenset(["ul", "ol", "dl", "pre", "hr", "figure", "details", "figcaption", *HEADINGS])
_MEDIA = ("img", "iframe", "video", "audio")
# What a quotation that is a callout is known by.
_CALLOUT = ("data-callout", "title")
_LONG_LINE = 45
_LONG_CELL = 300
_SOFT = " \t\r\n\f\u00a0\u200b\ufeff"


def flatten(body: HtmlElement) -> list[HtmlElement]:
    """Return the blocks that the body shows, in order; paragraphs end at two line breaks.

    Boxes and layout tables are dissolved. The body is used up.
    """
    for inline in list(body.iter()):
        if is_element(inline) and inline.tag not in BLOCKS:
            _move_last_break_out(inline)
    blocks: list[HtmlElement] = []
    _dissolve(body, _holders(body), blocks, 0)
    return blocks


def _move_last_break_out(inline: HtmlElement) -> None:
    while len(inline) and inline[-1].tag == "br" and not (inline[-1].tail or "").strip(_SOFT):
        parent = inline.getparent()
        if parent is None:
            return
        last = inline[-1]
        inline.remove(last)
        last.tail, inline.tail = inline.tail, None
        parent.insert(parent.index(inline) + 1, last)


def _holders(body: HtmlElement) -> set[HtmlElement]:
    """Return the elements within which a block stands, or a paragraph ends."""
    holders: set[HtmlElement] = set()
    for element in body.iter():
        if element.tag not in BLOCKS and not _ends_paragraph(element):
            continue
        above = element.getparent()
        while above is not None and above not in holders:
            holders.add(above)
            above = above.getparent()
    return holders


def _ends_paragraph(element: HtmlElement) -> bool:
    below = element.getnext() if element.tag == "br" else None
    return below is not None and below.tag == "br" and not (element.tail or "").strip(_SOFT)


def _dissolve(
    box: HtmlElement, holders: set[HtmlElement], blocks: list[HtmlElement], depth: int
) -> None:
    paragraph = builder.P()
    _add_text(paragraph, box.text)
    for child in list(box):
        tail, child.tail = child.tail, None
        if not is_element(child):
            pass
        elif child.tag in BLOCKS or child in holders:
            blocks += _paragraphs(paragraph)
            paragraph = builder.P()
            _add_block(child, holders, blocks, depth + 1)
        else:
            paragraph.append(child)
        _add_text(paragraph, tail)
    blocks += _paragraphs(paragraph)


def _add_block(
    element: HtmlElement, holders: set[HtmlElement], blocks: list[HtmlElement], depth: int
) -> None:
    if element.tag in _WHOLE:
        blocks.append(element)
    elif depth > _MAX_DEPTH:
        blocks.append(builder.P(text_of(element)))
    elif element.tag == "blockquote":
        quoted: list[HtmlElement] = []
        _dissolve(element, holders, quoted, depth)
        kept = {key: value for key in _CALLOUT if (value := element.get(key))}
        quotation = builder.BLOCKQUOTE(*quoted, kept)
        if quoted:
            blocks.append(quotation)
    elif element.tag == "table" and not is_layout(element):
        blocks.append(element)
    else:
        _dissolve(element, holders, blocks, depth)


def is_layout(table: HtmlElement) -> bool:
    """Whether a table only places what stands in it, and compares nothing."""
    if table.find(".//th") is not None or table.find(".//caption") is not None:
        return False
    rows = [[cell for cell in row if cell.tag == "td"] for row in table.iter("tr")]
    if max(map(len, rows), default=0) < 2 or table.find(".//table") is not None:
        return True
    cells = [cell for row in rows for cell in row]
    is_long = any(len(text_of(cell)) > _LONG_CELL for cell in cells)
    return is_long or (len(rows) == 1 and any(cell.find(".//img") is not None for cell in cells))


def _add_text(paragraph: HtmlElement, text: str | None) -> None:
    if not text:
        return
    if len(paragraph):
        paragraph[-1].tail = (paragraph[-1].tail or "") + text
    else:
        paragraph.text = (paragraph.text or "") + text


def _paragraphs(run: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the paragraphs of a run of text; each line is one where all lines are long."""
    if not shows_anything(run):
        return
    every_line = _lines_are_paragraphs(run)
    paragraph = builder.P()
    _add_text(paragraph, run.text)
    breaks = 0
    for child in list(run):
        tail, child.tail = child.tail, None
        if child.tag == "br":
            breaks += 1
        else:
            breaks = 0
            paragraph.append(child)
        if breaks == (1 if every_line else 2):
            yield from _finished(paragraph)
            paragraph = builder.P()
        elif breaks == 1:
            paragraph.append(child)
        _add_text(paragraph, tail)
        if (tail or "").strip(_SOFT):
            breaks = 0
    yield from _finished(paragraph)


def _finished(paragraph: HtmlElement) -> Iterator[HtmlElement]:
    while (
        len(paragraph) and paragraph[-1].tag == "br" and not (paragraph[-1].tail or "").strip(_SOFT)
    ):
        paragraph.remove(paragraph[-1])
    if shows_anything(paragraph):
        yield paragraph


def shows_anything(element: HtmlElement) -> bool:
    """Whether the element shows a text, a picture or a film."""
    if element.tag in _MEDIA or next(element.iter(*_MEDIA), None) is not None:
        return True
    return bool(text_of(element).strip(_SOFT))


def _lines_are_paragraphs(run: HtmlElement) -> bool:
    lines = lines_of(run)
    return len(lines) > 1 and sum(map(len, lines)) >= _LONG_LINE * len(lines)
