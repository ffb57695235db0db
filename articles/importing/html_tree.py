"""A fragment of HTML as a small tree. Linear in its length, whatever somebody pasted."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from articles.importing.documents import ImportFailure

MAX_DEPTH = 100

# A tag ends before the next one begins, so that nothing is ever read twice. A lone `<` is text.
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<[!?][^<>]*>"
    r"|<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)"
    r"(?P<rest>(?:[^<>\"']|\"[^<\"]*\"|'[^<']*'|[\"'])*+)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s\"'<>/=]{1,100})"
    r"(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+)))?"
)
# Python refuses to read numbers of thousands of digits, and no character has such a one.
_ENDLESS_NUMBER = re.compile(r"&#\d{8,};?")

_VOID_NAMES = "area base br col embed hr img input link meta param source track wbr"
_BLOCK_NAMES = (
    "address article aside audio blockquote body caption center colgroup dd details div dl dt "
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html iframe li main nav "
    "noscript object ol p pre script section style summary table tbody td tfoot th thead tr ul video"
)
VOID = frozenset(_VOID_NAMES.split())
BLOCKS = frozenset(_BLOCK_NAMES.split())
# Their content is no HTML.
_RAW = frozenset(["script", "style", "textarea", "title"])
# Opening one of these ends one of those that is still open, up to the element named last.
_CLOSED_BY = {
    "li": (("li",), ("ul", "ol")),
    "dt": (("dt", "dd"), ("dl",)),
    "dd": (("dt", "dd"), ("dl",)),
    "tr": (("tr",), ("table",)),
    "td": (("td", "th"), ("tr", "table")),
    "th": (("td", "th"), ("tr", "table")),
    "tbody": (("thead", "tbody"), ("table",)),
    "tfoot": (("thead", "tbody"), ("table",)),
}
# What a paragraph's end looks for is not outside of these.
_SCOPES = frozenset(["td", "th", "li", "blockquote", "div", "figure", "table", "section"])


@dataclass(slots=True)
class Element:
    """An element; `holds_blocks` is whether a block stands anywhere in it."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)
    holds_blocks: bool = False

    def get(self, name: str) -> str:
        return self.attributes.get(name, "").strip()

    @property
    def classes(self) -> set[str]:
        return set(self.get("class").split())

    @property
    def elements(self) -> list[Element]:
        return [child for child in self.children if isinstance(child, Element)]

    def find(self, *names: str) -> Element | None:
        """Return the first element of one of the names within this one."""
        for child in self.elements:
            if child.name in names:
                return child
            if found := child.find(*names):
                return found
        return None

    def text(self) -> str:
        """Return the text as it stands, a line break for each `<br>`."""
        pieces = (
            child if isinstance(child, str) else "\n" if child.name == "br" else child.text()
            for child in self.children
        )
        return "".join(pieces)


def parse_html(source: str) -> Element:
    """Return the fragment under an element without a name.

    Raises ImportFailure for elements nested beyond reason.
    """
    builder = _Builder()
    position = 0
    while match := _TAG.search(source, position):
        builder.text(source[position : match.start()])
        position = match.end()
        name = (match["name"] or "").lower()
        if name and match["end"]:
            builder.close(name)
        elif name:
            builder.open(name, match["rest"])
            if name in _RAW:
                position = _end_of_raw(source, name, position)
    builder.text(source[position:])
    return builder.root


def text_of(source: str) -> str:
    """Return the text of a fragment on one line."""
    if "<" not in source:
        return " ".join(unescaped(source).split())
    return " ".join(parse_html(source).text().split())


def unescaped(source: str) -> str:
    """Return the text with its entities as the characters that they stand for."""
    if "&" not in source:
        return source
    return html.unescape(_ENDLESS_NUMBER.sub("\ufffd", source))


def attributes_of(rest: str) -> dict[str, str]:
    """Return what is written behind a tag's name; names in lower case, the first of each."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(rest):
        value = match["double"] or match["single"] or match["bare"] or ""
        found.setdefault(match["name"].lower(), unescaped(value))
    return found


def _end_of_raw(source: str, name: str, start: int) -> int:
    end = re.compile(rf"(?=</{name}\b)", re.IGNORECASE).search(source, start)
    return end.start() if end else len(source)


class _Builder:
    def __init__(self) -> None:
        self.root = Element("")
        self._open = [self.root]

    def text(self, source: str) -> None:
        if source:
            self._open[-1].children.append(unescaped(source))

    def open(self, name: str, rest: str) -> None:
        if name in _CLOSED_BY:
            self._close_one_of(*_CLOSED_BY[name])
        if name in BLOCKS:
            self._close_one_of(("p",), _SCOPES)
            for element in reversed(self._open):
                if element.holds_blocks:
                    break
                element.holds_blocks = True
        element = Element(name, attributes_of(rest) if rest else {})
        self._open[-1].children.append(element)
        if name in VOID or (rest.endswith("/") and name not in BLOCKS and name != "a"):
            return
        if len(self._open) > MAX_DEPTH:
            raise ImportFailure(f"its HTML is nested more than {MAX_DEPTH} elements deep")
        self._open.append(element)

    def close(self, name: str) -> None:
        if any(element.name == name for element in self._open):
            while self._open.pop().name != name:
                pass

    def _close_one_of(
        self, names: tuple[str, ...], scopes: frozenset[str] | tuple[str, ...]
    ) -> None:
        for element in reversed(self._open):
            if element.name in names:
                self.close(element.name)
                return
            if element.name in scopes:
                return
