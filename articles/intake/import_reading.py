"""Reading an upload bit by bit: each call goes on for some seconds where the last one stopped."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from articles.importing.documents import BrokenExportError, ImportFailure
from articles.importing.parsing import readings
from articles.importing.readings import Reading, Remainder
from articles.importing.sources import Source, UnreadableSource, find_sources
from articles.intake.import_files import path_of
from articles.intake.import_powers import Powers
from articles.intake.import_rows import as_json, judge
from articles.models import ImportBatch, ImportRow, ImportState, RowAction
from articles.models.image import checksum_of
from articles.text import storable

logger = logging.getLogger(__name__)

Cursor = dict[str, int]
Found = Reading | Remainder | UnreadableSource
START: Cursor = {"file": 0, "source": 0, "reading": 0, "sources": 0}
# As many rows as are stored together, and the seconds after which fewer are.
_AT_ONCE = 50
_SECONDS_AT_ONCE = 1.0
_MAX_LABEL = 500
_UNNAMED = "the file's name or path is longer than 500 characters; shorten it"


def read_on(batch: ImportBatch, seconds: float) -> None:
    """Read as many documents as fit into the time, at least one; then somebody reviews them."""
    powers = Powers.of(batch.made_by)
    portion = _Portion(batch)
    until = 0.0
    for found, cursor in _rest(batch):
        # Only now: to list a large archive takes its time again in every step.
        until = until or time.monotonic() + seconds
        portion.take(found, cursor, powers)
        if portion.is_full() or time.monotonic() > until:
            if not portion.keep():
                return
            if time.monotonic() > until:
                return
    portion.keep(ImportState.REVIEW)


class _Portion:
    """Rows that are stored together with how far the reading has come, or not at all."""

    def __init__(self, batch: ImportBatch) -> None:
        self.batch = batch
        self.began = dict(batch.cursor)
        self.cursor: Cursor = {**START, **batch.cursor}
        self.number = batch.rows.count()
        self.remainder: dict[str, Any] = dict(batch.remainder)
        self._renew()

    def _renew(self) -> None:
        self.rows: list[ImportRow] = []
        self.since = time.monotonic()

    def is_full(self) -> bool:
        late = time.monotonic() - self.since > _SECONDS_AT_ONCE
        return len(self.rows) >= _AT_ONCE or late

    def take(self, found: Found | None, cursor: Cursor, powers: Powers) -> None:
        self.cursor = cursor
        if isinstance(found, Remainder):
            self._note(found)
        elif found is not None:
            self.number += 1
            self.rows.append(row_of(found, self.number, self.batch, cursor["file"], powers))

    def _note(self, found: Remainder) -> None:
        counted = Counter(self.remainder.get("left_out", {}))
        counted.update(found.left_out)
        comments = self.remainder.get("comments", 0) + found.comment_count
        self.remainder = {"left_out": dict(counted), "comments": comments}

    @transaction.atomic
    def keep(self, state: ImportState = ImportState.READING) -> bool:
        """Store the rows, unless somebody else has read on from the same place meanwhile."""
        stored = ImportBatch.objects.select_for_update().filter(pk=self.batch.pk).first()
        if stored is None or stored.state != ImportState.READING or stored.cursor != self.began:
            return False
        ImportRow.objects.bulk_create(self.rows)
        self.batch.touch(cursor=self.cursor, remainder=self.remainder, state=state)
        self.began = dict(self.cursor)
        self._renew()
        return True


def _rest(batch: ImportBatch) -> Iterator[tuple[Found | None, Cursor]]:
    """Yield what is still to be read, and where to go on after it."""
    at: Cursor = {**START, **batch.cursor}
    for file in range(at["file"], len(batch.files)):
        sources = list(find_sources([path_of(batch, file)]))
        for number in range(at["source"], len(sources)):
            place = {"file": file, "source": number, "sources": len(sources)}
            for reading, found in enumerate(_found(sources[number])):
                if reading >= at["reading"]:
                    yield found, {**place, "reading": reading + 1}
            yield None, {**place, "source": number + 1, "reading": 0}
            at["reading"] = 0
        yield None, {**START, "file": file + 1}
        at = {**START}


def _found(source: Source | UnreadableSource) -> Iterator[Found]:
    if isinstance(source, UnreadableSource):
        yield source
        return
    try:
        yield from readings(source)
    except BrokenExportError as failure:
        yield UnreadableSource(source.label, f"line {failure.line}: {failure}")
    except ImportFailure as failure:
        yield UnreadableSource(source.label, str(failure))


def row_of(
    found: Reading | UnreadableSource, number: int, batch: ImportBatch, file: int, powers: Powers
) -> ImportRow:
    """Return the row of a document, not yet saved; one that cannot be read says why."""
    row = ImportRow(batch=batch, number=number, file=file, action=RowAction.FAILED)
    if isinstance(found, UnreadableSource):
        row.label, row.problem = _label(found.label, batch), found.problem
        return row
    row.label = _label(found.source.label, batch)
    try:
        _fill(row, found, powers)
    except ImportFailure as failure:
        row.problem = str(failure)
    except Exception as error:
        # One document that trips over our mistake shall not hold up ten years of others.
        logger.exception("Reading %s failed.", row.label)
        row.problem = f"it could not be imported: {type(error).__name__}: {error}"
    return row


def _fill(row: ImportRow, found: Reading, powers: Powers) -> None:
    source = powers.known_as(found.source)
    if max(len(source.name), len(source.ref)) > _MAX_LABEL:
        raise ImportFailure(_UNNAMED)
    document, data = found.load()
    row.name, row.ref, row.is_self_named = source.name, source.ref, source.is_self_named
    row.digest = checksum_of(data)
    row.found = as_json(document)
    row.body = storable(document.body)
    row.length = len("".join(row.body.split()))
    row.title = document.title[:200]
    judge(row, row.batch, source, powers)


def _label(label: str, batch: ImportBatch) -> str:
    """Return what the uploader calls the document: its path without our own folders."""
    _, _, inside = label.partition(f"{batch.folder}/")
    return storable(inside or Path(label).name)[:_MAX_LABEL]
