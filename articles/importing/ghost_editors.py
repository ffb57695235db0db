"""The texts of Ghost's editors, Lexical (Ghost 5 and later) and Mobiledoc (1 to 4), as HTML."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from articles.importing.documents import ImportFailure
from articles.importing.ghost_card_html import (
    MARKDOWN,
    card_html,
    card_name,
    is_for_members,
)
from articles.importing.ghost_records import number_in, objects_in, text_in
from articles.importing.html_inlines import Conversion
from articles.importing.json_records import decoded

# The bits of a text's format in Lexical, the innermost tag last.
_FORMATS = (
    (1, "strong"),
    (2, "em"),
    (4, "s"),
    (8, "u"),
    (128, "mark"),
    (32, "sub"),
    (64, "sup"),
    (16, "code"),
)
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_TEXTS = frozenset(["text", "extended-text", "tk", "zwnj", "emoji", "hashtag"])
_LINKS = frozenset(["link", "autolink"])
_MAX_DEPTH = 60
_MAX_NODES = 100_000
# What a section of Mobiledoc begins with.
_MARKUP, _PICTURE, _LIST, _CARD = 1, 2, 3, 10
_SECTION_TAGS = _HEADINGS | {"p", "blockquote", "aside", "ul", "ol"}
_MARKUP_TAGS = frozenset(
    ["a", "b", "strong", "em", "i", "s", "del", "u", "code", "sub", "sup", "mark"]
)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text: HTML, or Markdown of a card that holds some."""

    text: str
    is_markdown: bool = False


def lexical_parts(written: str, conversion: Conversion) -> Iterator[Part]:
    """Yield the pieces of a text of Lexical's. Raises ImportFailure for what is none."""
    document = _object(written, "lexical")
    root = document.get("root")
    if not isinstance(root, dict):
        raise ImportFailure("its lexical text has no root")
    yield from _Lexical(conversion).parts(root)


def mobiledoc_parts(written: str, conversion: Conversion) -> Iterator[Part]:
    """Yield the pieces of a text of Mobiledoc's (0.2 to 0.3). Raises ImportFailure."""
    yield from _Mobiledoc(_object(written, "mobiledoc"), conversion).parts()


def _object(written: str, what: str) -> dict[str, Any]:
    try:
        document = decoded(written)
    except ValueError as error:
        raise ImportFailure(f"its {what} text cannot be read: {error}") from error
    if not isinstance(document, dict):
        raise ImportFailure(f"its {what} text is no object")
    return document


class _Lexical:
    def __init__(self, conversion: Conversion) -> None:
        self._conversion = conversion
        self._count = 0

    def parts(self, root: dict[str, Any]) -> Iterator[Part]:
        for node in objects_in(root, "children"):
            if card_name(text_in(node, "type")) == MARKDOWN and not is_for_members(node):
                yield Part(text_in(node, "markdown"), is_markdown=True)
            else:
                yield Part(self._html(node, 1))

    def _html(self, node: dict[str, Any], depth: int) -> str:
        self._count += 1
        if depth > _MAX_DEPTH or self._count > _MAX_NODES:
            raise ImportFailure("its lexical text is nested too deep, or has too many parts")
        kind = text_in(node, "type")
        if kind in _TEXTS:
            return _formatted(text_in(node, "text"), number_in(node, "format"))
        if kind == "linebreak":
            return "<br>"
        if kind == "tab":
            return " "
        if kind in ("list", "extended-list"):
            return self._list(node, depth)
        if "children" not in node:
            return card_html(kind, node, self._conversion)
        inner = self._inner(node, depth)
        if kind in _LINKS:
            return f'<a href="{html.escape(text_in(node, "url"))}">{inner}</a>'
        return _within(_tag(node, kind), inner)

    def _inner(self, node: dict[str, Any], depth: int) -> str:
        return "".join(self._html(child, depth + 1) for child in objects_in(node, "children"))

    def _list(self, node: dict[str, Any], depth: int) -> str:
        """Return a list; an item that only holds a list is part of the one above it."""
        is_ordered = text_in(node, "listType") == "number" or text_in(node, "tag") == "ol"
        items: list[str] = []
        for item in objects_in(node, "children"):
            inner = self._inner(item, depth + 1)
            first = next(iter(objects_in(item, "children")), {})
            if items and text_in(first, "type") in ("list", "extended-list"):
                items[-1] += inner
            else:
                items.append(inner)
        start = number_in(node, "start")
        begun = f' start="{start}"' if is_ordered and 1 < start < 1_000_000 else ""
        tag = "ol" if is_ordered else "ul"
        return f"<{tag}{begun}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>"


def _tag(node: dict[str, Any], kind: str) -> str:
    named = text_in(node, "tag")
    if kind.endswith("heading"):
        return named if named in _HEADINGS else "h2"
    if kind.endswith("quote") or kind == "aside":
        return "blockquote"
    return "p" if kind == "paragraph" else ""


def _within(tag: str, inner: str) -> str:
    return f"<{tag}>{inner}</{tag}>" if tag else inner


def _formatted(text: str, bits: int) -> str:
    written = html.escape(text, quote=False).replace("\n", "<br>")
    for bit, tag in reversed(_FORMATS):
        if bits & bit:
            written = f"<{tag}>{written}</{tag}>"
    return written


class _Mobiledoc:
    def __init__(self, document: dict[str, Any], conversion: Conversion) -> None:
        self._conversion = conversion
        self._atoms = _entries(document.get("atoms"))
        self._cards = _entries(document.get("cards"))
        self._markups = _entries(document.get("markups"))
        self._sections = _entries(document.get("sections"))

    def parts(self) -> Iterator[Part]:
        for section in self._sections[:_MAX_NODES]:
            kind = section[0] if section else None
            if kind == _MARKUP and len(section) > 2:
                yield Part(self._text(section[1], _entries(section[2])))
            elif kind == _LIST and len(section) > 2:
                yield Part(self._list(section[1], _entries(section[2])))
            elif kind == _PICTURE and len(section) > 1:
                yield Part(card_html("image", {"src": section[1]}, self._conversion))
            elif kind == _CARD and len(section) > 1:
                yield self._card(section[1])

    def _card(self, number: Any) -> Part:
        card = _at(self._cards, number)
        name = card_name(card[0]) if card and isinstance(card[0], str) else ""
        payload = card[1] if len(card) > 1 and isinstance(card[1], dict) else {}
        if name == MARKDOWN:
            return Part(text_in(payload, "markdown"), is_markdown=True)
        return Part(card_html(name, payload, self._conversion))

    def _text(self, tag: Any, markers: list[list[Any]]) -> str:
        named = str(tag).lower() if str(tag).lower() in _SECTION_TAGS else "p"
        named = {"aside": "blockquote", "ul": "p", "ol": "p"}.get(named, named)
        return _within(named, self._inline(markers))

    def _list(self, tag: Any, items: list[list[Any]]) -> str:
        named = "ol" if tag == "ol" else "ul"
        return _within(named, "".join(_within("li", self._inline(_entries(i))) for i in items))

    def _inline(self, markers: list[list[Any]]) -> str:
        """Return the text of markers, each of which opens markups and closes the last few."""
        pieces: list[str] = []
        opened: list[str] = []
        for marker in markers:
            if len(marker) < 4:
                continue
            kind, opening, closing, value = marker[:4]
            for number in opening if isinstance(opening, list) else []:
                tag, attributes = self._markup(number)
                opened.append(tag)
                pieces.append(f"<{tag}{attributes}>" if tag else "")
            pieces.append(self._atom(value) if kind == 1 else _plain(value))
            for _ in range(min(closing, len(opened)) if isinstance(closing, int) else 0):
                tag = opened.pop()
                pieces.append(f"</{tag}>" if tag else "")
        return "".join(pieces)

    def _markup(self, number: Any) -> tuple[str, str]:
        markup = _at(self._markups, number)
        tag = str(markup[0]).lower() if markup else ""
        if tag not in _MARKUP_TAGS:
            return "", ""
        values = markup[1] if len(markup) > 1 and isinstance(markup[1], list) else []
        named = dict(zip(map(str, values[::2]), map(str, values[1::2]), strict=False))
        return tag, f' href="{html.escape(named["href"])}"' if "href" in named else ""

    def _atom(self, number: Any) -> str:
        atom = _at(self._atoms, number)
        if atom and atom[0] == "soft-return":
            return "<br>"
        return _plain(atom[1]) if len(atom) > 1 else ""


def _plain(value: Any) -> str:
    return html.escape(text_in({"": value}, ""), quote=False).replace("\n", "<br>") or _blank(value)


def _blank(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _entries(value: Any) -> list[list[Any]]:
    """Return the lists of a list; whatever else is there stays as an empty one, to keep count."""
    if not isinstance(value, list):
        return []
    return [each if isinstance(each, list) else [] for each in value]


def _at(entries: list[list[Any]], number: Any) -> list[Any]:
    is_number = isinstance(number, int) and not isinstance(number, bool)
    return entries[number] if is_number and 0 <= number < len(entries) else []
