"""The documents lead to one another, and to files that are there."""

import re
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.any_engine

TOP = Path(settings.BASE_DIR)
DOCUMENTS = sorted([*TOP.glob("*.md"), *(TOP / "docs").rglob("*.md")])


def prose(document: Path) -> str:
    """Return the text without code, which may show a link that leads nowhere."""
    text = document.read_text(encoding="utf-8")
    return re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)


def chapters(document: Path) -> set[str]:
    """Return the anchors of the headings, as GitHub names them."""
    titles = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(TOP)))
def test_every_link_leads_to_a_file_and_a_chapter_that_are_there(document: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"", prose(document)):
        address = "".join(link)
        if address.startswith(("http:", "https:")):
            continue
        name, _, anchor = address.partition("#")
        target = document.parent / name if name else document
        assert target.exists(), address
        assert not anchor or anchor in chapters(target), address


def test_every_decision_has_its_row() -> None:
    folder = TOP / "docs/decisions"
    rows = re.findall(
        r"^\| \[(\d{4})\]\((\1-[\w-]+\.md)\) \|", (folder / "README.md").read_text(), re.M
    )
    assert [name for _, name in rows] == sorted(path.name for path in folder.glob("0*.md"))
