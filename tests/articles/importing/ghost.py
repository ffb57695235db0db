"""Exports as Ghost writes them, made for these tests."""

from __future__ import annotations

import json
from typing import Any

from articles.importing.documents import ImportedArticle
from articles.importing.parsing import readings
from articles.importing.readings import Reading, Remainder
from articles.importing.sources import FileSurroundings, Source

OWN = "__GHOST_URL__"


def post(number: int = 1, **said: Any) -> dict[str, Any]:
    """Return a post; `said` replaces or adds fields."""
    return {
        "id": f"5f00000000000000000000{number:02x}",
        "uuid": f"00000000-0000-4000-8000-0000000000{number:02x}",
        "title": f"글 {number}",
        "slug": f"post-{number}",
        "html": "<p>본문</p>",
        "type": "post",
        "status": "published",
        "visibility": "public",
        "published_at": "2020-05-01T00:00:00.000Z",
    } | said


def export(*posts: Any, **tables: Any) -> str:
    """Return an export; `tables` replaces or adds tables."""
    data = {"benefits": [], "posts": list(posts)} | tables
    document = {"db": [{"meta": {"exported_on": 1700000000000, "version": "5.75.0"}, "data": data}]}
    return json.dumps(document, ensure_ascii=False)


def read(folder, text: str | bytes, *, takes_pages: bool = True) -> list[Reading | Remainder]:
    """Return what a file with this text holds."""
    data = text.encode() if isinstance(text, str) else text
    (folder / "export.json").write_bytes(data)
    source = Source("export.json", "export.json", "export.json", FileSurroundings(folder))
    return list(readings(source, "ghost", takes_pages=takes_pages))


def articles_in(folder, text: str | bytes) -> list[ImportedArticle]:
    return [found.load()[0] for found in read(folder, text) if isinstance(found, Reading)]
