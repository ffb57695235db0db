"""Anchors of headings: readable, unique in an article, and never one the page itself uses."""

import re
from collections import Counter

from articles.slugs import make_slug

# Ids of the page around the text: of its parts, of their headings, of comments and footnotes.
_RESERVED = frozenset(
    {
        "comments",
        "content",
        "errors",
        "main",
        "notice",
        "preview",
        "reader-settings",
        "reaction",
        "summary",
        "toc",
        "top",
        "write",
    }
)
# The form for comments, with its fields, is put beside the text when a reader writes.
_RESERVED_PATTERN = re.compile(r"(?:comment|fn|fnref)-?\d|id_\w|[a-z-]+-(?:heading|title)\Z")


def is_reserved(anchor: str) -> bool:
    """Whether the page around an article's text uses this id, or may use it."""
    return anchor in _RESERVED or _RESERVED_PATTERN.match(anchor) is not None


class AnchorNames:
    """Hands out the anchors of one article: `2-테크노-자본주의`, `결론`, `결론-2`."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._counts: Counter[str] = Counter()

    def claim(self, title: str) -> str:
        """An anchor for a heading with this title, or with this id of the author's choice."""
        base = make_slug(title) or "section"
        if is_reserved(base):
            base = f"section-{base}"
        anchor = base
        while anchor in self._taken:
            self._counts[base] += 1
            anchor = f"{base}-{self._counts[base] + 1}"
        self._taken.add(anchor)
        return anchor
