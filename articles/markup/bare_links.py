"""Addresses written without any markup, with a Korean particle attached."""

import html
import re
from xml.etree import ElementTree

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import HTML_PLACEHOLDER_RE, AtomicString

from articles.markup.addresses import WEB_ADDRESS, trim_address
from articles.markup.limits import Deadline
from articles.markup.urls import encode_url

# An entity other than `&amp;` is a bracket or a quote that follows the address.
_ENTITY = re.compile(r"&(?!amp;)[A-Za-z0-9#]+;")
_MAX_LOOK_BACK = 2_000


class BareLinkProcessor(InlineProcessor):
    """`https://example.com을` links `https://example.com`."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown, deadline: Deadline) -> None:
        super().__init__(WEB_ADDRESS, md)
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
