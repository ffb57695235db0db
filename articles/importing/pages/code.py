"""Blocks of code without the numbers of their lines, and in which language they are."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from articles.importing.pages.elements import drop_all, tokens_of

_LANGUAGE = re.compile(r"(?:language|lang|brush)[-:](?P<name>[A-Za-z0-9+#_.-]{1,30})$")
_GUTTERS = frozenset(
    [
        "gutter",
        "rouge-gutter",
        "lineno",
        "linenos",
        "line-number",
        "line-numbers",
        "line-numbers-rows",
        "gl",
        "lntd-gutter",
    ]
)
_PLAIN = frozenset(
    ["plaintext", "plain", "text", "none", "nohighlight", "highlight", "code", "hljs"]
)
_ABOVE = 4


def settle_code(body: HtmlElement) -> None:
    """Name each block's language on its `<pre>`, and dissolve the tables that number lines."""
    for table in list(body.iter("table")):
        cells = [cell for cell in table.iter("td") if cell.find(".//pre") is not None]
        if len(cells) in (1, 2) and len(list(table.iter("td"))) == len(cells):
            _replace(table, list(cells[-1].iter("pre"))[-1])
    drop_all(
        each
        for each in body.iter("td", "span", "div", "pre")
        if not _GUTTERS.isdisjoint((each.get("class") or "").split())
    )
    for block in list(body.iter("pre")):
        if language := _language_of(block):
            block.set("data-language", language)
        _drop_colours(block)


def _drop_colours(block: HtmlElement) -> None:
    """Leave nothing but text: highlighters wrap every word, and end lines by elements."""
    for end in block.iter("br"):
        end.tail = "\n" + (end.tail or "")
    text = block.text_content()
    del block[:]
    block.text = text


def _replace(table: HtmlElement, block: HtmlElement) -> None:
    parent = table.getparent()
    if parent is not None:
        block.tail = table.tail
        parent.replace(table, block)


def _language_of(block: HtmlElement) -> str:
    element: HtmlElement | None = block.find(".//code")
    element = block if element is None else element
    for _ in range(_ABOVE):
        if element is None:
            break
        given = (
            element.get("data-lang")
            or element.get("data-language")
            or element.get("data-ke-language")
        )
        matches = (_LANGUAGE.match(token) for token in tokens_of(element))
        names = [given, *(match["name"] for match in matches if match)]
        if element.tag == "figure" and "highlight" in tokens_of(element):
            names += tokens_of(element)
        for name in names:
            if name and name.lower() not in _PLAIN:
                return str(name)
        element = element.getparent()
    return ""
