"""Anchors of headings: readable, unique in an article, and never one the page itself uses."""

import re
from collections import Counter

from articles.slugs import make_slug

# Ids in the article template, in the discussion and in footnotes.
_RESERVED = frozenset(
    [
        "main",
        "content",
        "comments",
        "comments-heading",
        "comment-form",
        "write",
        "toc",
        "summary",
        "top",
    ]
)
_RESERVED_PATTERN = re.compile(r"(?:comment|fn|fnref)-?\d")


class AnchorNames:
    """Hands out the anchors of one article: `2-테크노-자본주의`, `결론`, `결론-2`."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._counts: Counter[str] = Counter()

    def claim(self, title: str) -> str:
        """An anchor for a heading with this title, or with this id of the author's choice."""
        base = make_slug(title) or "section"
        if base in _RESERVED or _RESERVED_PATTERN.match(base):
            base = f"section-{base}"
        anchor = base
        while anchor in self._taken:
            self._counts[base] += 1
            anchor = f"{base}-{self._counts[base] + 1}"
        self._taken.add(anchor)
        return anchor
