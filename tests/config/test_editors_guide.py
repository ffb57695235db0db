"""The editors' guide and its pictures belong together; `make guide` takes them again."""

import re

import pytest
from django.conf import settings

pytestmark = pytest.mark.any_engine

DOCS = settings.BASE_DIR / "docs"
GUIDE = (DOCS / "editors.ko.md").read_text(encoding="utf-8")
PICTURES = {f"editors/{path.name}": path for path in (DOCS / "editors").glob("*.webp")}


def test_the_guide_shows_every_picture_and_no_other() -> None:
    shown = re.findall(r"editors/[\w-]+\.webp", GUIDE)
    assert sorted(shown) == sorted(PICTURES)


def test_every_picture_is_described_and_small() -> None:
    assert GUIDE.count("![](") == GUIDE.count('alt=""') == 0
    heavy = [name for name, path in PICTURES.items() if path.stat().st_size > 200_000]
    assert heavy == []


def test_every_chapter_that_is_named_is_there() -> None:
    chapters = {
        re.sub(r"[^\w -]", "", title).replace(" ", "-")
        for title in re.findall(r"^## (.+)$", GUIDE, re.MULTILINE)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", GUIDE)) == chapters
