"""What a reader has asked for, as it stands in the address of the results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.utils import timezone

from articles.models import Author, Category
from articles.navigation import public_authors, public_sections
from articles.search.finding import NEWEST, RELEVANCE, Filters
from articles.search.periods import DATES, Period, period_of
from articles.text import one_line

MOST_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with what narrows and orders it; what an address says that is unknown is left out."""

    text: str
    sort: str
    period: Period
    category: Category | None
    author: Author | None

    @classmethod
    def of(cls, address: Mapping[str, str]) -> Asked:
        sort, today = address.get("sort", ""), timezone.localdate()
        begins, ends = one_line(address.get("from", "")), one_line(address.get("to", ""))
        return cls(
            text=one_line(address.get("q", ""))[:MOST_CHARACTERS],
            sort=NEWEST if sort == NEWEST else RELEVANCE,
            period=period_of(address.get("period"), begins, ends, today),
            category=_section(address.get("category", "")),
            author=_author(address.get("author", "")),
        )

    @property
    def filters(self) -> Filters:
        # Whole days, so that the pages of one day's search belong together.
        first, last = self.period.first, self.period.last
        since = _midnight(first) if first else None
        until = _midnight(last + timedelta(days=1)) if last else None
        return Filters(self.category, self.author, since, until)

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
            "period": self.period.name,
        } | changes
        if self.period.name == DATES:
            parts |= {"from": self.period.begins, "to": self.period.ends}
        return "?" + urlencode({name: value for name, value in parts.items() if value})


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _section(slug: str) -> Category | None:
    return public_sections().filter(slug=slug).first() if slug else None


def _author(slug: str) -> Author | None:
    return public_authors().filter(slug=slug).first() if slug else None
