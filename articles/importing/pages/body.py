"""The element that holds an article as Markdown that shows the same, without what is around it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import lxml.html
from lxml.html import HtmlElement

from articles.importing.bylines import read_byline, without_dateline, without_signature
from articles.importing.documents import ImportFailure
from articles.importing.html_blocks import RULE, note, to_markdown
from articles.importing.html_footnotes import take_notes
from articles.importing.html_inlines import Conversion
from articles.importing.html_tree import parse_html
from articles.importing.page_noise import hashtags
from articles.importing.pages.addresses import link_address
from articles.importing.pages.blocks import flatten
from articles.importing.pages.callouts import frame_callouts
from articles.importing.pages.captions import (
    join_captions,
    name_captions,
    plain_captions,
    split_captions,
    without_repeated_captions,
)
from articles.importing.pages.code import settle_code
from articles.importing.pages.elements import HEADINGS, link_density, text_of
from articles.importing.pages.facts import PageFacts
from articles.importing.pages.headings import mark_bold_headings, name_headings, shift_headings
from articles.importing.pages.noise import is_noise, opens_the_frame, remove_noise
from articles.importing.pages.pictures import settle_pictures

MAX_ELEMENTS = 8_000
MAX_TEXT = 500_000

_MAX_LINE = 60
_EDGE = 4
_LISTS = frozenset(["ul", "ol", "dl", "table"])
_TEXTS = frozenset(["p", "figcaption", "blockquote", "ul", *HEADINGS])
_SUMMARY = re.compile(r"\W{0,4}(?:AI\s?)?(?:(?:3|세)\s?줄\s?요약|핵심\s?요약|요약)\W{0,4}")


@dataclass(slots=True)
class Body:
    """The text in Markdown, and what was read from its edges."""

    markdown: str
    text: str
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    summary: tuple[str, ...] = ()
    warnings: list[str] = field(default_factory=list)


def read_body(bodies: list[HtmlElement], facts: PageFacts, *, is_exact: bool = False) -> Body:
    """Return the text of the elements, which are used up. Raises ImportFailure when there is none.

    Where the elements are exactly the article, no line of it is taken for the page's frame.
    """
    blocks: list[HtmlElement] = []
    for body in bodies:
        settle_code(body)
        _refuse_endless(body)
        settle_pictures(body, facts.address)
        _shorten_own_links(body, facts.address)
        frame_callouts(body)
        remove_noise(body)
        name_captions(body)
        name_headings(body)
        blocks += flatten(body)
    blocks = without_repeated_captions(join_captions(split_captions(blocks)))
    plain_captions(blocks)
    found = Body("", "")
    if not is_exact:
        blocks = _without_frame(blocks)
    blocks = _without_title(blocks, facts)
    # Descriptions begin with the reporter's line, as the text does.
    found.text = " ".join(map(text_of, blocks))
    if not is_exact:
        blocks = _without_summary(_without_credits(blocks, found), found)
    shift_headings(blocks)
    blocks = mark_bold_headings(blocks)
    while blocks and blocks[-1].tag in (*HEADINGS, "hr"):
        blocks.pop()
    if not any(text_of(block) for block in blocks):
        raise ImportFailure("no article text was found on the page")
    found.markdown = _markdown(blocks, facts.address, found.warnings)
    return found


def _shorten_own_links(body: HtmlElement, base: str) -> None:
    """Make links to places on the page itself relative again, as before a browser saved it."""
    page = base.partition("#")[0]
    for link in body.iter("a"):
        address, _, place = (link.get("href") or "").partition("#")
        if place and address and address == page:
            link.set("href", f"#{place}")


def _refuse_endless(body: HtmlElement) -> None:
    if sum(1 for _ in body.iter()) > MAX_ELEMENTS:
        raise ImportFailure(f"its text has more than {MAX_ELEMENTS:,} elements")
    if sum(map(len, body.itertext())) > MAX_TEXT:
        raise ImportFailure(f"its text is longer than {MAX_TEXT:,} characters")


def _without_frame(blocks: list[HtmlElement]) -> list[HtmlElement]:
    """Leave out buttons and notices, and from a heading of other stories on what it heads."""
    kept: list[HtmlElement] = []
    in_frame = False
    half = sum(len(text_of(block)) for block in blocks) / 2
    seen = 0
    for block in blocks:
        text = text_of(block)
        seen += len(text)
        if block.tag != "pre" and len(text) <= _MAX_LINE and opens_the_frame(block):
            in_frame = True
            continue
        if in_frame and seen > half and (not text or len(text) <= _MAX_LINE or block.tag in _LISTS):
            continue
        if in_frame and block.tag in _LISTS and link_density(block) > 0.5:
            continue
        in_frame = in_frame and not text
        is_text = block.tag in _TEXTS and block.find(".//img") is None
        if is_text and text and is_noise(text):
            continue
        kept.append(block)
    return kept


def _without_title(blocks: list[HtmlElement], facts: PageFacts) -> list[HtmlElement]:
    """Leave out the title and the dek where the text begins by repeating them."""
    known = {_plain(facts.title), _plain(facts.dek) if "dek" not in facts.guessed else ""} - {""}
    edge = [block for block in blocks[:_EDGE] if _plain(text_of(block)) in known]
    return [block for block in blocks if block not in edge]


def _plain(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()


def _without_credits(blocks: list[HtmlElement], found: Body) -> list[HtmlElement]:
    """Take the reporter's lines and the lines of tags from the edges of the text."""
    edges = {*blocks[:_EDGE], *blocks[-_EDGE:]}
    kept: list[HtmlElement] = []
    for block in blocks:
        if block in edges and block.tag == "p" and block.find(".//img") is None:
            text = text_of(block)
            if byline := read_byline(text):
                found.authors = found.authors or byline.authors
                continue
            if words := hashtags(text):
                found.tags = found.tags or words
                continue
            _strip_credit(block, found)
        kept.append(block)
    return kept


def _strip_credit(block: HtmlElement, found: Body) -> None:
    """Take the dateline before a paragraph's text and the address behind it."""
    begun = (block.text or "").lstrip()
    rest, reporters = without_dateline(begun)
    if rest != begun:
        block.text = rest
    last = block[-1] if len(block) else None
    end = ((block.text if last is None else last.tail) or "").rstrip()
    rest, signers = without_signature(end)
    if rest != end and last is None:
        block.text = rest
    elif rest != end and last is not None:
        last.tail = rest
    found.authors = found.authors or (*reporters, *signers)


def _without_summary(blocks: list[HtmlElement], found: Body) -> list[HtmlElement]:
    """Take the lines below a heading that calls them the summary."""
    for place, block in enumerate(blocks[:_EDGE]):
        if not _SUMMARY.fullmatch(text_of(block)) or place + 1 >= len(blocks):
            continue
        below = blocks[place + 1]
        if below.tag in ("ul", "ol"):
            found.summary = tuple(filter(None, map(text_of, below)))[:3]
            return [*blocks[:place], *blocks[place + 2 :]]
    return blocks


def _markdown(blocks: list[HtmlElement], base: str, warnings: list[str]) -> str:
    source = "".join(
        lxml.html.tostring(block, encoding="unicode", with_tail=False) for block in blocks
    )
    mend_link: Callable[[str], str] = partial(link_address, base=base)
    conversion = Conversion(mend_link=mend_link)
    root = parse_html(source)
    notes = take_notes(root)
    text = to_markdown(root, conversion)
    # Some themes part the notes from the text by a rule of their own.
    pieces = [text.removesuffix(f"\n\n{RULE}") if notes else text]
    pieces += [note(label, content, conversion) for label, content in notes.items()]
    warnings += conversion.warnings
    return "\n\n".join(filter(None, pieces))
