"""The bytes of a saved page as a tree, within limits of time and memory."""

from __future__ import annotations

import re

import lxml.etree
import lxml.html
from lxml.html import HtmlElement

from articles.importing.decoding import MAX_DOCUMENT_BYTES, decode
from articles.importing.documents import ImportFailure

# One letter in so many may be damaged.
_MAX_DAMAGE = 200
_HEAD = 4096
MAX_TAGS = 40_000
# A tree takes ten times the room of such signs, which no page of that many needs.
MAX_SIGNS = 400_000
# The parser compares every attribute of an element with every other.
MAX_ATTRIBUTES = 2_000

# Of what is looked for words that tell what an element is.
_MAX_NAMES = 2_000

_CHARSET = re.compile(
    rb"<meta\b[^<>]{0,200}?charset\s*=\s*[\"']?([A-Za-z0-9_-]{2,30})", re.IGNORECASE
)
_TAG_START = re.compile(r"<(?:!--|(?P<name>[A-Za-z][^\s/>]{0,40}))")
_NUMBERED = re.compile(r"&#(?:[xX](?P<hexadecimal>[0-9a-fA-F]+)|(?P<decimal>\d+));?")
_ATTRIBUTE = re.compile(r"[\s/=]*(?:(?P<end>>)|\"[^\"]*\"|'[^']*'|[^\s/=>\"']+|[\"'])")
_RAW = frozenset(["script", "style"])
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^<>]*\?>")
# Pages in one file carry their pictures in their addresses.
_EMBEDDED = re.compile(rb"data:[a-z]+/[a-zA-Z0-9.+-]+;base64,[A-Za-z0-9+/=%\s]{200,}+")


def read_tree(data: bytes) -> HtmlElement:
    """Return the page's root element; the text in it is NFC.

    Nothing is fetched and no entity but HTML's own is known. Raises ImportFailure for pages that
    cannot be decoded or are hostile.
    """
    text = _XML_DECLARATION.sub("", _decoded(_EMBEDDED.sub(b"data:,", data)))
    _refuse_hostile(text)
    text = _NUMBERED.sub(_permitted, text)
    parser = lxml.html.HTMLParser(no_network=True, huge_tree=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(text, parser=parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise ImportFailure("the page cannot be read as HTML") from error
    for element in tree.iter(lxml.etree.Element):
        for name in ("class", "id"):
            if len(value := element.get(name, "")) > _MAX_NAMES:
                element.set(name, value[:_MAX_NAMES])
    return tree


def _permitted(reference: re.Match[str]) -> str:
    """Return a reference to a character by its number, if there is such a one that trees hold."""
    digits = reference["hexadecimal"] or reference["decimal"]
    number = int(digits, 16 if reference["hexadecimal"] else 10) if len(digits) < 9 else 0
    is_control = number < 32 and number not in (9, 10, 13)
    is_character = number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF
    return reference[0] if is_character and not is_control and number & 0xFFFE != 0xFFFE else ""


def declares_html(data: bytes) -> bool:
    """Whether the bytes begin as a page that names its encoding, so that damage can be told."""
    beginning = data[:_HEAD].lstrip()
    return beginning.startswith(b"<") and _CHARSET.search(beginning) is not None


def _decoded(data: bytes) -> str:
    """Return the text; a page with a few damaged letters is read as what it calls itself."""
    try:
        return decode(data)
    except ImportFailure:
        declared = _CHARSET.search(data[:_HEAD])
        if declared is None or len(data) > MAX_DOCUMENT_BYTES:
            raise
        try:
            text = data.decode(declared[1].decode("ascii"), "replace")
        except LookupError:
            text = ""
        if not text or text.count("\ufffd") * _MAX_DAMAGE > len(text):
            raise
        return decode(text.encode())


def _refuse_hostile(text: str) -> None:
    """Raise ImportFailure for what the parser would need minutes for. Linear in the text."""
    if text.count("&") > MAX_SIGNS or text.count("<") > MAX_SIGNS:
        raise ImportFailure(f"the page has more than {MAX_SIGNS:,} signs of HTML")
    tags = position = 0
    while match := _TAG_START.search(text, position):
        tags += 1
        if match["name"] is None:
            position = _after(text, "-->", match.end())
            continue
        position = _end_of_tag(text, match.end())
        name = match["name"].lower()
        if name in _RAW:
            position = _after(text, f"</{name}", position)
        if tags > MAX_TAGS:
            raise ImportFailure(f"the page has more than {MAX_TAGS:,} elements")


def _end_of_tag(text: str, position: int) -> int:
    for _ in range(2 * MAX_ATTRIBUTES):
        match = _ATTRIBUTE.match(text, position)
        if match is None:
            return len(text)
        position = match.end()
        if match["end"]:
            return position
    raise ImportFailure(f"an element of the page has more than {MAX_ATTRIBUTES:,} attributes")


def _after(text: str, mark: str, start: int) -> int:
    found = text.find(mark, start)
    return len(text) if found < 0 else found + len(mark)
