"""A comment's plain text as HTML: paragraphs, line breaks and links, and nothing else.

Every piece is escaped where it is put together, so there is nothing left to sanitise. The
time is linear in the length of the text.
"""

import re
from collections.abc import Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from articles.markup.addresses import WEB_ADDRESS, trim_address
from articles.markup.urls import encode_url

_ADDRESS = re.compile(WEB_ADDRESS, re.IGNORECASE)
_LINE_BREAK = mark_safe("<br>\n")
_PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")


def render_body(text: str) -> SafeString:
    """Return the paragraphs of a comment: a blank line parts them, a line end is a `<br>`."""
    paragraphs = _PARAGRAPH_BREAK.split(text.strip())
    return format_html_join(
        "\n", "<p>{}</p>", ((_lines(paragraph),) for paragraph in paragraphs if paragraph)
    )


def _lines(paragraph: str) -> SafeString:
    lines = ((format_html_join("", "{}", _pieces(line)),) for line in paragraph.split("\n"))
    return format_html_join(_LINE_BREAK, "{}", lines)


def _pieces(line: str) -> Iterator[tuple[str | SafeString]]:
    """Yield the line in order: text, to be escaped by whoever joins it, and finished links."""
    position = 0
    for match in _ADDRESS.finditer(line):
        address = trim_address(match[0])
        yield (line[position : match.start()],)
        yield (_link(address),)
        position = match.start() + len(address)
    yield (line[position:],)


def _link(address: str) -> SafeString:
    """Link an address under its own name, so that no link can pretend to lead elsewhere."""
    return format_html(
        '<a href="{}" rel="ugc nofollow noopener">{}</a>', encode_url(address), address
    )
