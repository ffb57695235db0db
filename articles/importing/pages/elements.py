"""Looking at the elements of a parsed page, and taking some out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from lxml.html import HtmlElement

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_UNREAD = frozenset(["script", "style", "template", "noscript", "select", "textarea", "iframe"])
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\u3164]")
_LINE_END = "\n"


def one_line(text: str | None) -> str:
    """Return the text on one line, without characters that nobody sees."""
    return " ".join(_INVISIBLE.sub("", text or "").split())


def text_of(element: HtmlElement) -> str:
    """Return the element's text on one line."""
    if not len(element):
        return "" if element.tag in _UNREAD else one_line(element.text)
    return " ".join(lines_of(element))


def lines_of(element: HtmlElement) -> list[str]:
    """Return the lines of text that the element shows: blocks and line breaks end them."""
    lines = "".join(_pieces(element)).split(_LINE_END)
    return [line for line in map(one_line, lines) if line]


def _pieces(top: HtmlElement) -> Iterator[str]:
    """Yield the text in order, without recursion: pages may nest absurdly deep."""
    pending: list[HtmlElement | str] = [top]
    while pending:
        node = pending.pop()
        if isinstance(node, str):
            yield node
            continue
        tail = node.tail if node is not top else None
        if not isinstance(node.tag, str) or node.tag in _UNREAD:
            pending += [tail] if tail else []
            continue
        ends_line = node.tag in BLOCKS or node.tag == "br"
        pieces: Iterable[HtmlElement | str | None] = chain(
            [_LINE_END if ends_line else None, node.text and node.text.replace("\n", " ")],
            node,
            [_LINE_END if ends_line else None, tail and tail.replace("\n", " ")],
        )
        pending += reversed([piece for piece in pieces if piece is not None])


def tokens_of(element: HtmlElement) -> list[str]:
    """Return the element's classes, and its id, which themes use alike."""
    return [*(element.get("class") or "").split(), *(element.get("id") or "").split()]


def is_element(node: object) -> bool:
    """Whether a node of the tree is an element, and no comment or processing instruction."""
    return isinstance(node, HtmlElement) and isinstance(node.tag, str)


def drop(element: HtmlElement) -> None:
    """Take the element out of its tree, and leave what follows it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        above = element.getprevious()
        if above is not None:
            above.tail = (above.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def drop_all(elements: Iterable[HtmlElement]) -> None:
    for element in list(elements):
        drop(element)


def link_density(element: HtmlElement) -> float:
    """Return which part of the element's text is links."""
    whole = len(text_of(element))
    linked = sum(len(text_of(link)) for link in element.iter("a"))
    return linked / whole if whole else 0.0
