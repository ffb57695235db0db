"""Headings of an article's text, also those that are only bold lines."""

from __future__ import annotations

import re
from itertools import pairwise, takewhile

from lxml.html import HtmlElement, builder

from articles.importing.line_labels import MAX_HEADING_LENGTH, ends_sentence, ends_statement
from articles.importing.pages.elements import HEADINGS, one_line, text_of

_BOLD = frozenset(["b", "strong"])
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_NAMED = re.compile(
    r"^(?:sub_?head(?:ing|line)?|sub-head(?:ing|line)?|sub[-_]?title|sub-?tit(?:le)?_?txt|mid_?title|mid-title|midtit|inner_?title"
    r"|article_?subhead|news_?subhead|para_?tit(?:le)?|heading\d?)$",
    re.IGNORECASE,
)
# What an interviewer asks.
_QUESTION = re.compile(r"^(?:[-–—―]|Q[.\s]?\d{0,3}[.:)]?\s).*[?？.]$")
# The sign before a subhead in a newspaper.
_SIGN = re.compile(r"^[■□◆◇▲△●○▶▷]+\s*(?=\S)")
_QUOTED = re.compile(r"^[\"'“‘].*[\"'”’]$")


def name_headings(body: HtmlElement) -> None:
    """Make boxes that are called subheads headings."""
    for element in body.iter("div", "p", "strong", "span", "dt"):
        classes = (element.get("class") or "").split()
        is_named = any(map(_NAMED.match, classes)) and len(text_of(element)) <= MAX_HEADING_LENGTH
        if is_named and text_of(element) and next(element.iter(*HEADINGS), None) is None:
            element.tag = "h3"


def follows_paragraph(element: HtmlElement, body: HtmlElement) -> bool:
    """Whether the element stands below a paragraph of the body, as headings do and no subtitle."""
    if body not in element.iterancestors():
        return False
    above = takewhile(lambda each: each is not element, body.iter("p", element.tag))
    return any(each.tag == "p" and ends_sentence(text_of(each)) for each in above)


def shift_headings(blocks: list[HtmlElement]) -> None:
    """Move all headings a level down where one is as high as the article's title."""
    headings = [each for block in blocks for each in block.iter(*HEADINGS)]
    if any(heading.tag == "h1" for heading in headings):
        for heading in headings:
            heading.tag = f"h{min(6, int(heading.tag[1]) + 1)}"


def mark_bold_headings(blocks: list[HtmlElement]) -> list[HtmlElement]:
    """Return the blocks with short paragraphs all in bold, before a paragraph, as headings."""
    marked = [part for block in blocks for part in _parted(block)]
    level = 2
    for place, (block, below) in enumerate(pairwise(list(marked))):
        if block.tag in HEADINGS:
            level = min(6, int(block.tag[1]) + 1)
        elif _is_bold_line(block) and below.tag not in HEADINGS and not _is_bold_line(below):
            marked[place] = getattr(builder.E, f"h{level}")(text_of(block))
    for block in marked:
        if block.tag in HEADINGS:
            block.text = _SIGN.sub("", (block.text or "").lstrip())
    return marked


def _parted(block: HtmlElement) -> list[HtmlElement]:
    """Part a bold first line from the paragraph that stands right below it."""
    first = block[0] if block.tag == "p" and len(block) > 1 and not one_line(block.text) else None
    if first is None or first.tag not in _BOLD or one_line(first.tail) or block[1].tag != "br":
        return [block]
    if not _is_heading_text(text_of(first)):
        return [block]
    rest = builder.P()
    rest.text = block[1].tail
    for child in list(block)[2:]:
        rest.append(child)
    return [builder.P(first), rest] if text_of(rest) else [block]


def _is_bold_line(block: HtmlElement) -> bool:
    if block.tag != "p" or block.find(".//img") is not None or not _is_heading_text(text_of(block)):
        return False
    bold = sum(
        len(text_of(each)) for each in block.iter() if _is_bold(each) and not _is_within(each)
    )
    return bold >= len(text_of(block))


def _is_bold(element: HtmlElement) -> bool:
    return element.tag in _BOLD or _BOLD_STYLE.search(element.get("style") or "") is not None


def _is_within(element: HtmlElement) -> bool:
    above = element.getparent()
    return above is not None and above.tag != "p" and _is_bold(above)


def _is_heading_text(text: str) -> bool:
    if not 2 <= len(text) <= MAX_HEADING_LENGTH or _QUESTION.match(text):
        return False
    return not ends_statement(text) or _QUOTED.match(text) is not None
