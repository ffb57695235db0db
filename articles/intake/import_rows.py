"""A document of an upload between its parsing and its storing: a row that may be corrected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import is_zipfile

from articles.importing.documents import ImportedArticle, ImportedImage, ImportFailure
from articles.importing.sources import FileSurroundings, Folder, Source, ZipFolder
from articles.intake import plans
from articles.intake.field_values import fingerprints, values_of
from articles.intake.import_files import path_of
from articles.intake.import_powers import Powers
from articles.intake.known_articles import KnownArticles
from articles.intake.overwriting import DeskEdits
from articles.models import Article, ImportBatch, ImportRow, RowAction, Status
from articles.text import storable

# What a person may correct, by its name in ImportedArticle; and beside these the status.
CORRECTED = (
    "title",
    "dek",
    "summary",
    "slug",
    "published_at",
    "authors",
    "category",
    "tags",
    "series",
    "episode",
)
_NAMES = tuple(field.name for field in fields(ImportedArticle))
# What the importer says of a field by words; whoever corrects the field has answered it.
_ABOUT_FIELDS = {
    "title taken from the file name": "title",
    "no title found on the page": "title",
    "it has no title": "title",
    "no date found": "published_at",
    "date taken from": "published_at",
    "file name: no such date": "published_at",
    "further categories ignored": "category",
    "no episode number found": "episode",
    "series title not found": "series",
}
_SAID_BY_MARKS = frozenset({"no date found", "no author found (--author names one)"})
_TUPLES = ("summary", "authors", "tags", "old_paths", "warnings")


def as_json(document: ImportedArticle) -> dict[str, Any]:
    """Return all but the body, which has a column of its own, in JSON's kinds."""
    found: dict[str, Any] = _storable(asdict(document))
    del found["body"]
    time = document.published_at
    return found | {
        "published_at": time.isoformat() if time else None,
        "guessed": sorted(document.guessed),
    }


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, Mapping):
        return {name: _storable(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_storable(each) for each in value]
    return value


def found_in(row: ImportRow) -> ImportedArticle:
    """Return the document as its source says it."""
    return _document(row, row.found)


def corrected(row: ImportRow) -> ImportedArticle:
    """Return the document with what somebody has corrected."""
    return _document(row, row.found | row.corrections)


def _document(row: ImportRow, said: dict[str, Any]) -> ImportedArticle:
    known: dict[str, Any] = {name: said[name] for name in _NAMES if name in said}
    known |= {name: tuple(known.get(name, ())) for name in _TUPLES}
    time = known.get("published_at")
    known |= {
        "published_at": datetime.fromisoformat(time) if time else None,
        "guessed": frozenset(known.get("guessed", ())),
        "images": tuple(ImportedImage(**image) for image in known.get("images", ())),
        "body": row.body,
        "title": known.get("title", ""),
    }
    return ImportedArticle(**known)


class Folders:
    """The uploaded files of a batch, each opened once, in which documents find their pictures."""

    def __init__(self, batch: ImportBatch) -> None:
        self._batch = batch
        self._open: dict[int, Folder] = {}

    def source_of(self, row: ImportRow) -> Source:
        """Return where the row's document is from. Raises ImportFailure where that is gone."""
        if row.file not in self._open:
            self._open[row.file] = _folder_at(path_of(self._batch, row.file))
        return Source(row.label, row.ref, row.name, self._open[row.file], row.is_self_named)


def _folder_at(path: Path) -> Folder:
    if not path.exists():
        raise ImportFailure("the uploaded file is not here any more")
    return ZipFolder(path) if is_zipfile(path) else FileSurroundings(path.parent)


def options_of(row: ImportRow, batch: ImportBatch, powers: Powers) -> plans.Options:
    status = row.corrections.get("status") or batch.status
    return plans.Options(
        status=status if powers.may_publish else "draft",
        author=batch.author,
        category=batch.category,
        update=row.overwrites,
    )


def plan_row(
    row: ImportRow,
    batch: ImportBatch,
    source: Source,
    powers: Powers,
    known: KnownArticles | None = None,
) -> plans.Plan:
    """Decide what storing the row means. Raises ImportFailure if it cannot be stored."""
    document, left_out = powers.fitted(corrected(row))
    asked = options_of(row, batch, powers)
    plan = plans.plan_read(document, row.digest, source, asked, known=known)
    said = [each for each in plan.warnings if not _is_answered(each, row)]
    plan.warnings = [*said, *left_out]
    if plan.article is not None:
        powers.check(plan.article)
    return plan


def _is_answered(warning: str, row: ImportRow) -> bool:
    """Whether the review says so by a mark at the field, or somebody has corrected the field."""
    fields = (field for words, field in _ABOUT_FIELDS.items() if warning.startswith(words))
    return warning in _SAID_BY_MARKS or next(fields, "") in row.corrections


def desk_edits(
    row: ImportRow, batch: ImportBatch, source: Source, powers: Powers
) -> DeskEdits | None:
    """Return what overwriting would replace of the desk's, None for nothing.

    Raises ImportFailure if the row cannot be stored.
    """
    found: list[DeskEdits] = []

    def note(edits: DeskEdits) -> bool:
        found.append(edits)
        return False

    document, _ = powers.fitted(corrected(row))
    asked = replace(options_of(row, batch, powers), update=True)
    plans.plan_read(document, row.digest, source, asked, note)
    return found[0] if found else None


def shows_readers(plan: plans.Plan, options: plans.Options) -> bool:
    """Whether readers would see what is stored, now or at a time that is set."""
    if plan.article is not None:
        return plan.action == "updated" and plan.article.status == Status.PUBLISHED
    if options.status == "source":
        return plan.document.status == Status.PUBLISHED
    return options.status == "published" and not plan.document.is_withheld


def judge(
    row: ImportRow,
    batch: ImportBatch,
    source: Source,
    powers: Powers,
    known: KnownArticles | None = None,
) -> None:
    """Fill in what storing the row would do, without saving it."""
    try:
        plan = plan_row(row, batch, source, powers, known)
    except ImportFailure as failure:
        row.action, row.problem = RowAction.FAILED, str(failure)
        return
    row.action, row.problem = RowAction(plan.action), ""
    row.warnings = plan.warnings
    row.article = plan.article
    if plan.kept:
        # More than what both have changed: overwriting takes the source's in all fields.
        edits = desk_edits(row, batch, source, powers)
        row.edited = list(edits.fields) if edits else plan.kept
    row.is_shown = shows_readers(plan, options_of(row, batch, powers))
    _count(row, plan)


def _count(row: ImportRow, plan: plans.Plan) -> None:
    row.title = str(row.corrections.get("title") or row.found.get("title", ""))[:200]
    row.warning_count = len(row.warnings)
    row.guess_count = len(set(row.found.get("guessed", ())) - row.corrections.keys())
    row.pictures_found = len(plan.pictures)
    row.pictures_missing = sum(each.startswith("image ") for each in row.warnings)


def keep_corrections(
    article: Article, row: ImportRow, plan: plans.Plan, batch: ImportBatch
) -> None:
    """Let what was corrected count as the desk's: the same file, read again, leaves it alone."""
    names = set(row.corrections).intersection(plan.changes)
    if not names:
        return
    said, _ = values_of(found_in(row), plan.pictures, author=batch.author, category=batch.category)
    read = fingerprints(said)
    article.import_fingerprints |= {name: (read[name], read[name]) for name in names}
    article.save(update_fields=["import_fingerprints"])
