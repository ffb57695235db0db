"""What the review shows of a document: each field, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from articles.admin.import_words import in_korean, label_in_korean
from articles.admin.wording import moment
from articles.content import LABELS
from articles.intake.plans import WAITING
from articles.models import ImportBatch, ImportRow, RowAction

SURE, GUESSED, MISSING, CORRECTED = "sure", "guessed", "missing", "corrected"
WORDS = {SURE: "확실", GUESSED: "추정", MISSING: "없음", CORRECTED: "고침"}
FIELDS = {
    "title": "제목",
    "dek": "부제",
    "summary": "요약",
    "published_at": "날짜",
    "authors": "필자",
    "category": "카테고리",
    "tags": "태그",
    "series": "연재",
    "episode": "회차",
    "slug": "주소",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A field as the table shows it; `confidence` is one of the four above."""

    name: str
    label: str
    text: str
    confidence: str

    @property
    def word(self) -> str:
        return WORDS[self.confidence]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table."""

    row: ImportRow
    cells: dict[str, Cell]
    deed: str
    problem: str
    kept: str

    @property
    def pictures(self) -> str:
        """How many came along, how many stay where they are on the web, how many are missing."""
        found, missing = self.row.pictures_found, self.row.pictures_missing
        shown = {image["reference"] for image in self.row.found.get("images", ())}
        shown |= {self.row.found.get("lead_image", "")} - {""}
        on_web = max(0, len(shown) - found - missing)
        said = [f"{found}개"] if found else []
        said += [f"웹에 그대로 {on_web}개"] if on_web else []
        said += [f"못 찾음 {missing}개"] if missing else []
        return ", ".join(said) or "없음"

    @property
    def waits(self) -> bool:
        """Whether it is left alone, because a version of the article waits for publication."""
        return WAITING in self.row.warnings

    @property
    def label(self) -> str:
        return label_in_korean(self.row.label)


def line_of(row: ImportRow, batch: ImportBatch) -> Line:
    return Line(
        row=row,
        cells={name: cell_of(row, name, batch) for name in FIELDS},
        deed=RowAction(row.action).label,
        problem=in_korean(row.problem) if row.problem else "",
        kept=", ".join(named(name) for name in row.edited),
    )


def named(field: str) -> str:
    """Return what the desk calls a field of the importer's."""
    return LABELS.get(field) or FIELDS.get(field, field)


def cell_of(row: ImportRow, name: str, batch: ImportBatch) -> Cell:
    value = row.corrections.get(name, row.found.get(name))
    text = text_of(name, value)
    standing_in = {"authors": batch.author, "category": batch.category}.get(name, "")
    if not text and standing_in:
        text = f"{standing_in} (올릴 때 고름)"
    return Cell(name, FIELDS[name], text, _confidence(row, name, value))


def _confidence(row: ImportRow, name: str, value: Any) -> str:
    if name in row.corrections:
        return CORRECTED
    if not value and value != 0:
        return MISSING
    return GUESSED if name in row.found.get("guessed", ()) else SURE


def text_of(name: str, value: Any) -> str:
    """Return the value as somebody reads it, "" for none."""
    if value is None or value == "":
        return ""
    if name == "published_at":
        return moment(datetime.fromisoformat(value)).removesuffix(" 00:00")
    if isinstance(value, list):
        return (" / " if name == "summary" else ", ").join(value)
    return str(value)
