"""A comment's text as HTML: paragraphs, links, **bold**, *em*, `code`, > quotes, nothing else.

Every piece is escaped where it is put together, and the whole is sanitised last, so that no
mistake on the way can become markup. The time is linear in the length of the text: spans are
found by one pass that remembers the last opening mark of each kind.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from unicodedata import normalize
from urllib.parse import urlsplit

import nh3
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from articles.markup.addresses import WEB_ADDRESS, trim_address
from articles.markup.urls import encode_url

# Longer texts are rare, and would fill the memory that the short ones are kept in.
_REMEMBERED_LENGTH = 1_000
_REMEMBERED_TEXTS = 4_096

_PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_QUOTED = re.compile(r" {0,3}> ?")
_PIECE = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|\[(?P<label>[^\[\]\n]{1,200})\]\((?P<target>https?://[^\s()<>]{1,2000})\)"
    rf"|(?P<address>{WEB_ADDRESS})"
    r"|(?P<mark>\*{1,3})",
    re.IGNORECASE,
)
_HOST_LIKE = re.compile(r"[\w-]+\.[A-Za-z]{2,}|://", re.IGNORECASE)
_TAGS = {
    "*": ("<em>", "</em>"),
    "**": ("<strong>", "</strong>"),
    "***": ("<strong><em>", "</em></strong>"),
}
_SANITISER = nh3.Cleaner(
    tags={"p", "br", "a", "strong", "em", "code", "blockquote"},
    attributes={"a": {"href"}},
    url_schemes={"http", "https"},
    link_rel="ugc nofollow noopener",
)


def render_body(text: str) -> SafeString:
    """Return the comment as HTML: a blank line parts paragraphs, a line end is a `<br>`."""
    if len(text) <= _REMEMBERED_LENGTH:
        return _remembered(text)
    return _rendered(text)


@lru_cache(maxsize=_REMEMBERED_TEXTS)
def _remembered(text: str) -> SafeString:
    return _rendered(text)


def _rendered(text: str) -> SafeString:
    paragraphs = _PARAGRAPH_BREAK.split(text.strip())
    blocks = (block for paragraph in paragraphs if paragraph for block in _blocks(paragraph))
    return mark_safe(_SANITISER.clean("\n".join(blocks)))


def _blocks(paragraph: str) -> Iterator[str]:
    """Yield the paragraph's quotes and what stands between them."""
    for is_quote, group in groupby(paragraph.split("\n"), lambda line: bool(_QUOTED.match(line))):
        if is_quote:
            lines = [_QUOTED.sub("", line, count=1) for line in group]
            yield f"<blockquote><p>{_lines(lines)}</p></blockquote>"
        else:
            yield f"<p>{_lines(list(group))}</p>"


def _lines(lines: list[str]) -> str:
    return "<br>\n".join(_line(line) for line in lines)


@dataclass(slots=True)
class _Mark:
    """A run of asterisks: as written, and as the tags it turns out to open or close."""

    text: str
    can_open: bool
    can_close: bool
    html: str = ""


def _line(line: str) -> str:
    """Return the line with its spans; marks that find no partner stay as they were written."""
    pieces: list[str | _Mark] = []
    position = 0
    while match := _PIECE.search(line, position):
        pieces.append(escape(line[position : match.start()]))
        position = match.end()
        if match["mark"]:
            pieces.append(_mark(line, match))
        elif match["address"]:
            address = trim_address(match["address"])
            pieces.append(_link(address, address))
            # What was trimmed belongs to the sentence, and may be a mark.
            position = match.start() + len(address)
        elif match["code"]:
            pieces.append(format_html("<code>{}</code>", match["code"]))
        else:
            pieces.append(_link(match["target"], match["label"]))
    pieces.append(escape(line[position:]))
    _pair([piece for piece in pieces if isinstance(piece, _Mark)])
    return "".join(
        (piece.html or piece.text) if isinstance(piece, _Mark) else piece for piece in pieces
    )


def _mark(line: str, match: re.Match[str]) -> _Mark:
    """Say of a run of asterisks whether it may open a span and whether it may close one."""
    before, after = line[: match.start()][-1:], line[match.end() :][:1]
    # 2*3*4 is a product and a*b*c a pattern; beside Hangul an asterisk is meant.
    within_a_word = _is_ascii_word(before) and _is_ascii_word(after)
    return _Mark(
        match["mark"],
        can_open=bool(after.strip()) and not within_a_word,
        can_close=bool(before.strip()) and not within_a_word,
    )


def _is_ascii_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _pair(marks: list[_Mark]) -> None:
    """Turn each closing mark and the last open one of its kind into tags.

    Whatever opened between the two and was not closed stays text, so that spans nest.
    """
    opened: list[_Mark] = []
    waiting = dict.fromkeys(_TAGS, 0)
    for mark in marks:
        if mark.can_close and waiting[mark.text]:
            partner = opened.pop()
            while partner.text != mark.text:
                waiting[partner.text] -= 1
                partner = opened.pop()
            waiting[mark.text] -= 1
            partner.html, mark.html = _TAGS[mark.text]
        elif mark.can_open:
            opened.append(mark)
            waiting[mark.text] += 1


def _link(target: str, label: str) -> str:
    """Link an address; a label that looks like an address is shown only if it is the same one."""
    named = normalize("NFKC", label)
    if label != target and _HOST_LIKE.search(named) and not _same_host(named, target):
        label = target
    return format_html('<a href="{}">{}</a>', encode_url(target), label)


def _same_host(label: str, target: str) -> bool:
    """Whether a label that names a host names the one that the link leads to."""
    try:
        shown = urlsplit(label if "://" in label else f"https://{label}").hostname
        return shown == urlsplit(target).hostname
    except ValueError:
        return False
