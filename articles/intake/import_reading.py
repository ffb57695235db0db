"""Reading an upload bit by bit: each call goes on for some seconds where the last one stopped."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from articles.importing.documents import BrokenExportError, ImportFailure
from articles.importing.parsing import readings
from articles.importing.readings import Reading, Remainder
from articles.importing.sources import Source, UnreadableSource, find_sources
from articles.intake.batches import Gauge
from articles.intake.import_files import path_of
from articles.intake.import_powers import Powers
from articles.intake.import_rows import as_json, judge
from articles.intake.known_articles import KnownArticles
from articles.models import ImportBatch, ImportRow, ImportState, RowAction
from articles.models.image import checksum_of
from articles.text import storable

logger = logging.getLogger(__name__)

Cursor = dict[str, int]
Found = Reading | Remainder | UnreadableSource
START: Cursor = {"file": 0, "source": 0, "reading": 0, "sources": 0}
_MAX_LABEL = 500
_UNNAMED = "the file's name or path is longer than 500 characters; shorten it"


def read_on(batch: ImportBatch, seconds: float) -> None:
    """Read as many documents as fit into the time, at least one; then somebody reviews them."""
    portion = _Portion(batch, Powers.of(batch.made_by))
    until = 0.0
    for found, cursor in _rest(batch):
        # Only now: to list a large archive takes its time again in every step.
        until = until or time.monotonic() + seconds
        portion.take(found, cursor)
        is_late = time.monotonic() > until
        if (is_late or portion.gauge.is_full) and (not portion.keep(until) or is_late):
            return
    portion.keep(until, ImportState.REVIEW)


@dataclass(frozen=True, slots=True)
class _Taken:
    """What was read, not yet judged, and where to go on after it."""

    found: ImportRow | Remainder | None
    source: Source | None
    cursor: Cursor


class _Portion:
    """Rows that are judged and stored together with how far the reading has come, or not at all."""

    def __init__(self, batch: ImportBatch, powers: Powers) -> None:
        self.gauge = Gauge()
        self._batch, self._powers = batch, powers
        self._began = dict(batch.cursor)
        self._cursor: Cursor = {**START, **batch.cursor}
        self._number = batch.rows.count()
        self._remainder: dict[str, Any] = dict(batch.remainder)
        self._taken: list[_Taken] = []
        self._rows: list[ImportRow] = []

    def take(self, found: Found | None, cursor: Cursor) -> None:
        if found is None or isinstance(found, Remainder):
            self._taken.append(_Taken(found, None, cursor))
            return
        self._number += 1
        row, source, weight = row_of(found, self._number, self._batch, cursor["file"], self._powers)
        self.gauge.add(weight)
        self._taken.append(_Taken(row, source, cursor))

    def keep(self, until: float, state: ImportState = ImportState.READING) -> bool:
        """Judge and store what was read, or as much as fits into the time; False if not all.

        Nothing is stored, either, if somebody else has read on from the same place meanwhile.
        """
        taken, self._taken = self._taken, []
        self.gauge.reset()
        rows = [each.found for each in taken if isinstance(each.found, ImportRow)]
        known = KnownArticles({row.ref for row in rows} - {""}, {row.digest for row in rows} - {""})
        judged = 0
        for each in taken:
            self._judge(each, known)
            judged += 1
            if time.monotonic() > until:
                break
        is_all = judged == len(taken)
        return self._store(state if is_all else ImportState.READING) and is_all

    def _judge(self, taken: _Taken, known: KnownArticles) -> None:
        self._cursor = taken.cursor
        if isinstance(taken.found, Remainder):
            self._note(taken.found)
        elif taken.found is not None:
            if taken.source is not None:
                with _failing(taken.found):
                    judge(taken.found, self._batch, taken.source, self._powers, known)
            self._rows.append(taken.found)

    def _note(self, found: Remainder) -> None:
        counted = Counter(self._remainder.get("left_out", {}))
        counted.update(found.left_out)
        comments = self._remainder.get("comments", 0) + found.comment_count
        self._remainder |= {"left_out": dict(counted), "comments": comments}

    @transaction.atomic
    def _store(self, state: ImportState) -> bool:
        stored = ImportBatch.objects.select_for_update().filter(pk=self._batch.pk).first()
        if stored is None or stored.state != ImportState.READING or stored.cursor != self._began:
            return False
        ImportRow.objects.bulk_create(self._rows)
        self._batch.touch(cursor=self._cursor, remainder=self._remainder, state=state)
        self._began, self._rows = dict(self._cursor), []
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
) -> tuple[ImportRow, Source | None, bytes]:
    """Return a document's row, not yet judged, its source and bytes; without these it says why."""
    row = ImportRow(batch=batch, number=number, file=file, action=RowAction.FAILED)
    if isinstance(found, UnreadableSource):
        row.label, row.problem = _label(found.label, batch), found.problem
        return row, None, b""
    row.label = _label(found.source.label, batch)
    with _failing(row):
        source = powers.known_as(found.source)
        return row, source, _fill(row, found, source)
    return row, None, b""


@contextmanager
def _failing(row: ImportRow) -> Iterator[None]:
    """Let what goes wrong with a document become its row's problem."""
    try:
        yield
    except ImportFailure as failure:
        row.problem = str(failure)
    except Exception as error:
        # One document that trips over our mistake shall not hold up ten years of others.
        logger.exception("Reading %s failed.", row.label)
        row.problem = f"it could not be imported: {type(error).__name__}: {error}"


def _fill(row: ImportRow, found: Reading, source: Source) -> bytes:
    """Write down what the document says; returns the bytes that it is told by."""
    if max(len(source.name), len(source.ref)) > _MAX_LABEL:
        raise ImportFailure(_UNNAMED)
    document, data = found.load()
    row.name, row.ref, row.is_self_named = source.name, source.ref, source.is_self_named
    row.found = as_json(document)
    row.body = storable(document.body)
    row.length = len("".join(row.body.split()))
    row.title = document.title[:200]
    row.digest = checksum_of(data)
    return data


def _label(label: str, batch: ImportBatch) -> str:
    """Return what the uploader calls the document: its path without our own folders."""
    _, _, inside = label.partition(f"{batch.folder}/")
    return storable(inside or Path(label).name)[:_MAX_LABEL]
