"""Marking words in a comment's HTML, for the moderators' eyes."""

import re
from collections.abc import Iterable
from html import unescape

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

# A tag as the sanitiser writes it: a value in quotes may hold what ends a tag.
_TAG = re.compile(r'(<(?:[^<>"]|"[^"]*")*>)')


def marked(html: SafeString, words: Iterable[str]) -> SafeString:
    """Return the renderer's HTML with each of the words in a `<mark>`.

    Only text is searched, never a tag, and every piece of it is escaped anew. A word that goes
    across a tag stays without a mark.
    """
    longest_first = sorted(filter(None, set(words)), key=len, reverse=True)
    if not longest_first:
        return html
    pattern = re.compile(f"({'|'.join(map(re.escape, longest_first))})")
    pieces = _TAG.split(html)
    # Of what was split, every second piece is a tag.
    pieces[::2] = [_marked_text(unescape(piece), pattern) for piece in pieces[::2]]
    return mark_safe("".join(pieces))


def _marked_text(text: str, pattern: re.Pattern[str]) -> str:
    pieces: list[str] = [escape(piece) for piece in pattern.split(text)]
    pieces[1::2] = [f"<mark>{piece}</mark>" for piece in pieces[1::2]]
    return "".join(pieces)
