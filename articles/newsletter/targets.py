"""What can be subscribed to: all articles, or those of a category, a series or an author."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from articles.models import Subscription
from articles.navigation import public_authors, public_sections, public_series

_ROWS: dict[str, Any] = {
    "category": public_sections,
    "series": public_series,
    "author": public_authors,
}


@dataclass(frozen=True, slots=True)
class Target:
    """One choice of the form; `kind` is "site" or the name of the relation to `row`."""

    kind: str = "site"
    row: Any = None

    @property
    def key(self) -> str:
        return self.kind if self.row is None else f"{self.kind}:{self.row.pk}"

    @property
    def name(self) -> str:
        return Subscription(**self.relation()).name

    def relation(self) -> dict[str, Any]:
        """Return the target as the fields of a Subscription."""
        return {name: self.row if name == self.kind else None for name in _ROWS}


def named(query: Mapping[str, str]) -> Target | None:
    """Return the list that the address of the form names, as in `?series=손이-아는-것`."""
    for kind, rows in _ROWS.items():
        if slug := query.get(kind, ""):
            found: QuerySet[Any] = rows().filter(slug=slug)
            row = found.first()
            return Target(kind, row) if row is not None else None
    return None


def choices(first: Target | None) -> list[Target]:
    """Return what the form offers: what its address names, everything, and every category."""
    sections = [Target("category", section) for section in public_sections()]
    targets = [*filter(None, (first,)), Target(), *sections]
    return list({target.key: target for target in targets}.values())
