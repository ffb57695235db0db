"""A comment's plain text as HTML: paragraphs, line breaks and links, and nothing else.

Every piece is escaped where it is put together, so there is nothing left to sanitise. The
time is linear in the length of the text.
"""

import re
from collections.abc import Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from articles.markup.urls import encode_url

_HOST = r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::[0-9]{1,5})?"
# Letters that are not ASCII go on only behind a separator: `/wiki/자본주의` is one address,
# but in `/about을` the particle belongs to the sentence.
_LETTERS = r"(?:(?<=[/_=&?#+-])|(?<=[_-]\())[^\W\x00-\x7f]+"
_TAIL = rf"[/?#](?:[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]|{_LETTERS})*"
_ADDRESS = re.compile(rf"(?<![A-Za-z0-9])https?://{_HOST}(?:{_TAIL})?", re.IGNORECASE)
_PARTICLE_AFTER_SLASH = re.compile(
    r"(?<=/)(?:을|를|은|는|이|가|에|와|과|의|도|로|만|에서|에는|에도|으로|까지|부터|라는|이라는)$"
)
_SENTENCE_MARKS = ".,;:!?'*~("

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
        address = trimmed_address(match[0])
        yield (line[position : match.start()],)
        yield (_link(address),)
        position = match.start() + len(address)
    yield (line[position:],)


def _link(address: str) -> SafeString:
    """Link an address under its own name, so that no link can pretend to lead elsewhere."""
    return format_html(
        '<a href="{}" rel="ugc nofollow noopener">{}</a>', encode_url(address), address
    )


def trimmed_address(address: str) -> str:
    """Return the address without the marks, brackets and particles of the sentence around it."""
    address = _PARTICLE_AFTER_SLASH.sub("", address)
    surplus = address.count(")") - address.count("(")
    end = len(address)
    while end:
        last = address[end - 1]
        if last == ")" and surplus > 0:
            surplus -= 1
        elif last not in _SENTENCE_MARKS:
            break
        elif last == "(":
            surplus += 1
        end -= 1
    return address[:end]
