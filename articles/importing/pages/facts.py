"""What a page says of its article beside the text."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import datetime


@dataclass(slots=True)
class PageFacts:
    """Facts about the article; empty ones are unknown.

    `address` is where the page was saved from, `canonical_url` what it calls its own address.
    `guessed` names the facts that the page does not state but that its look suggests.
    """

    title: str = ""
    dek: str = ""
    summary: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    category: str = ""
    tags: tuple[str, ...] = ()
    series: str = ""
    episode: int | None = None
    published_at: datetime | None = None
    lead_image: str = ""
    lead_alt: str = ""
    lead_caption: str = ""
    site_name: str = ""
    generator: str = ""
    address: str = ""
    canonical_url: str = ""
    old_paths: tuple[str, ...] = ()
    warnings: list[str] = field(default_factory=list)
    guessed: set[str] = field(default_factory=set)

    def state(self, name: str, value: object) -> None:
        """Set a fact that is not stated yet; a stated one takes the place of a guess."""
        if value and (name in self.guessed or not getattr(self, name)):
            setattr(self, name, value)
            self.guessed.discard(name)

    def guess(self, name: str, value: object) -> None:
        """Set a fact that is unknown so far."""
        if value and not getattr(self, name):
            setattr(self, name, value)
            self.guessed.add(name)

    def override(self, other: PageFacts) -> None:
        """Take over what `other` knows, which is surer than what is here."""
        for each in fields(other):
            value = getattr(other, each.name)
            if not value or each.name in ("warnings", "guessed"):
                continue
            setattr(self, each.name, value)
            self.guessed.discard(each.name)
            if each.name in other.guessed:
                self.guessed.add(each.name)
        self.warnings += other.warnings
