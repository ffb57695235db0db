"""What is known of a page while it is made: its tags, and when it changes by the clock alone.

Whoever shows something says so here, and `articles.caching` tells caches.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings

from articles.page_changes import ARTICLES, SITE, article_tag, discussion_tag

# More tags than this do not go into a header. Caches in front are late with the rest of a page that
# shows more: they ask again when its time is over.
_MOST_TAGS = 100


@dataclass(slots=True)
class PageFacts:
    """What a page is known by; every one may show, list or count articles.

    `renewed_within` is in seconds, `changes_at` the first moment to come; None says never.
    """

    tags: dict[str, None] = field(default_factory=dict)
    renewed_within: int | None = None
    changes_at: datetime | None = None

    @property
    def all_tags(self) -> frozenset[str]:
        return frozenset((SITE, ARTICLES, *self.tags))

    @property
    def header(self) -> str:
        """The value of Cache-Tag."""
        tags = list(self.tags)[:_MOST_TAGS]
        return settings.CACHE_TAG_SEPARATOR.join((SITE, ARTICLES, *tags))


_page: ContextVar[PageFacts | None] = ContextVar("page_facts", default=None)


@contextmanager
def gathered() -> Iterator[PageFacts]:
    """Gather what is said of the page that is made meanwhile."""
    facts = PageFacts()
    token = _page.set(facts)
    try:
        yield facts
    finally:
        _page.reset(token)


def shows(*tags: str) -> None:
    """Say that the page shows what carries these tags."""
    if (facts := _page.get()) is not None:
        facts.tags.update(dict.fromkeys(tags))


def shows_article(pk: int) -> None:
    """Say that the page is one of an article's own."""
    shows(article_tag(pk))


def shows_discussion(pk: int) -> None:
    """Say that the page shows comments of an article, or their number."""
    shows(discussion_tag(pk))


def renew_within(seconds: int) -> None:
    """Say that the page shows what changes without a note, such as votes and reads."""
    if (facts := _page.get()) is not None:
        known = facts.renewed_within
        facts.renewed_within = seconds if known is None else min(known, seconds)


def changes_at(moment: datetime | None) -> None:
    """Say that the page is not the same any more from that moment to come."""
    if moment is not None and (facts := _page.get()) is not None:
        known = facts.changes_at
        facts.changes_at = moment if known is None else min(known, moment)
