"""What an editor would add to the sample essays: read from `manifest.json`, once."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self

from articles.importing.documents import ImportedArticle

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Manifest:
    """The samples' sections, people and series, and what single essays do not say themselves.

    `portraits` maps an author to a picture's path below the samples' folder.
    """

    categories: tuple[tuple[str, str], ...]
    authors: dict[str, str]
    portraits: dict[str, str]
    series: dict[str, str]
    essays: dict[str, dict[str, Any]]

    @classmethod
    def read(cls) -> Self:
        data = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
        return cls(
            categories=tuple((item["name"], item["description"]) for item in data["categories"]),
            authors=data["authors"],
            portraits={
                name: f"essays/{path.removeprefix('essays/')}"
                for name, path in data["portraits"].items()
            },
            series=data["series"],
            essays=data["essays"],
        )

    def complete(self, name: str, document: ImportedArticle) -> ImportedArticle:
        """Return the document with what the manifest says of the essay at path `name`."""
        said = dict(self.essays.get(name, {}))
        if "author" in said:
            said["authors"] = (said.pop("author"),)
        if "published_at" in said:
            said["published_at"] = datetime.fromisoformat(said["published_at"])
        for field in ("tags", "summary"):
            if field in said:
                said[field] = tuple(said[field])
        return replace(document, **said)


def moved(document: ImportedArticle, by: timedelta) -> ImportedArticle:
    """Return the document published that much later, so that a fresh magazine is never stale."""
    if document.published_at is None:
        return document
    return replace(document, published_at=document.published_at + by)
