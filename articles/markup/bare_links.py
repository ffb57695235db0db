"""Addresses written without any markup, with a Korean particle attached."""

import html
import re
from xml.etree import ElementTree

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import HTML_PLACEHOLDER_RE, AtomicString

from articles.markup.limits import Deadline
from articles.markup.urls import encode_url

_HOST = r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?"
# Letters that are not ASCII go on only behind a separator: `/wiki/자본주의` is one address, but in
# `/about을` the particle is not part of it.
_LETTERS = r"(?:(?<=[/_=&#+-])|(?<=[_-]\())[^\W\x00-\x7f]+"
_TAIL = rf"[/?#](?:[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]|{_LETTERS}){{0,1000}}"
_ADDRESS = rf"(?<![A-Za-z0-9@./])https?://{_HOST}(?:{_TAIL})?"

# An entity other than `&amp;` is a bracket or a quote that follows the address.
_ENTITY = re.compile(r"&(?!amp;)[A-Za-z0-9#]+;")
_PUNCTUATION = "?!.,:;*_~'\"("
_PARTICLES = "에서|에서는|에서도|에게|으로|으로는|라고|이라고|라는|이라는|까지|부터|처럼|입니다|이다|에는|에도"
_SYLLABLE_PARTICLES = "을|를|은|는|이|가|에|와|과|의|도|로|만"
_PARTICLE_AFTER_SLASH = re.compile(
    rf"(?:(?<=/)(?:{_PARTICLES})|(?<=^)(https?://[^/]+/)(?:{_SYLLABLE_PARTICLES}))$"
)
_MAX_LOOK_BACK = 2_000


class BareLinkProcessor(InlineProcessor):
    """`https://example.com을` links `https://example.com`."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown, deadline: Deadline) -> None:
        super().__init__(_ADDRESS, md)
        self._markdown = md
        self._deadline = deadline

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[ElementTree.Element | None, int, int]:
        self._deadline.check()
        if self._is_inside_raw_link(data, m.start()):
            return None, m.start(), m.end()
        address = trim_address(_ENTITY.split(m[0], maxsplit=1)[0])
        element = ElementTree.Element("a", {"href": encode_url(html.unescape(address))})
        element.text = AtomicString(address)
        return element, m.start(), m.start() + len(address)

    def _is_inside_raw_link(self, data: str, position: int) -> bool:
        """Whether the last raw HTML tag that matters opened a link."""
        blocks = self._markdown.htmlStash.rawHtmlBlocks
        if not blocks:
            return False
        before = self.unescape(data[max(0, position - _MAX_LOOK_BACK) : position])
        tags = HTML_PLACEHOLDER_RE.findall(before)
        for key in reversed(tags):
            tag = str(blocks[int(key)]).lower()
            if tag.startswith("</a"):
                return False
            if tag.startswith(("<a ", "<a\n", "<a>")):
                return True
        return False


class MailProcessor(InlineProcessor):
    """`<name@example.com>`."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown) -> None:
        super().__init__(r"<([\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})>", md)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[ElementTree.Element, int, int]:
        element = ElementTree.Element("a", {"href": f"mailto:{m[1]}"})
        element.text = AtomicString(m[1])
        return element, m.start(), m.end()


def trim_address(address: str) -> str:
    """Without the punctuation, closing brackets and particles that belong to the sentence."""
    address = _PARTICLE_AFTER_SLASH.sub(r"\1", address)
    surplus = address.count(")") - address.count("(")
    end = len(address)
    while end and (address[end - 1] in _PUNCTUATION or (address[end - 1] == ")" and surplus > 0)):
        surplus += {"(": 1, ")": -1}.get(address[end - 1], 0)
        end -= 1
    return address[:end]
