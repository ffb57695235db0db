"""What a reader has asked for, as it stands in the address of the results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.utils import timezone

from articles.models import Author, Category
from articles.navigation import public_authors, public_sections
from articles.search.finding import NEWEST, RELEVANCE, Filters
from articles.text import one_line

MOST_CHARACTERS = 200
PERIODS = {"week": ("최근 한 주", 7), "month": ("최근 한 달", 31), "year": ("최근 한 해", 366)}


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with what narrows and orders it; what an address says that is unknown is left out."""

    text: str
    sort: str
    period: str
    category: Category | None
    author: Author | None

    @classmethod
    def of(cls, address: Mapping[str, str]) -> Asked:
        period, sort = address.get("period", ""), address.get("sort", "")
        return cls(
            text=one_line(address.get("q", ""))[:MOST_CHARACTERS],
            sort=NEWEST if sort == NEWEST else RELEVANCE,
            period=period if period in PERIODS else "",
            category=_section(address.get("category", "")),
            author=_author(address.get("author", "")),
        )

    @property
    def filters(self) -> Filters:
        days = PERIODS[self.period][1] if self.period else None
        # From midnight, so that the pages of one day's search belong together.
        today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        since = today - timedelta(days=days) if days else None
        return Filters(self.category, self.author, since)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.category or self.author or self.period)

    def address(self, **changes: str) -> str:
        """Return the query of an address that asks for the same, but for what is changed."""
        parts = {
            "q": self.text,
            "sort": self.sort if self.sort != RELEVANCE else "",
            "category": self.category.slug if self.category else "",
            "author": self.author.slug if self.author else "",
            "period": self.period,
        } | changes
        return "?" + urlencode({name: value for name, value in parts.items() if value})


def _section(slug: str) -> Category | None:
    return public_sections().filter(slug=slug).first() if slug else None


def _author(slug: str) -> Author | None:
    return public_authors().filter(slug=slug).first() if slug else None
