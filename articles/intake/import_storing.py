"""Storing what was reviewed, bit by bit: each article in one transaction with its row's outcome.

So a row is stored once, whoever asks twice, and whenever the server is killed.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from typing import Any

from django.db import DatabaseError, IntegrityError, reset_queries, transaction
from django.db.models import Count

from articles import editing, gate
from articles.content import content_of
from articles.importing.documents import ImportFailure
from articles.intake import applying, plans
from articles.intake.batches import MOST_DOCUMENTS
from articles.intake.import_files import drop_files
from articles.intake.import_powers import Powers
from articles.intake.import_rows import (
    Folders,
    keep_corrections,
    options_of,
    plan_row,
    shows_readers,
)
from articles.intake.known_articles import KnownArticles
from articles.intake.links import LinkMender
from articles.intake.names import Names
from articles.intake.pictures import without_stray_files
from articles.intake.runs import Item, Report
from articles.intake.turns import import_turn
from articles.models import Article, Deed, ImportBatch, ImportRow, ImportState, RowAction, Status
from articles.page_changes import noted_together

logger = logging.getLogger(__name__)

# As many articles as have their links mended together.
_AT_ONCE = 100
# After so many seconds of planning, articles are stored.
_SECONDS_TOGETHER = 0.5
_NOT_PUBLISHED = "the publish gate refuses it as it is, so it stays a draft"
_UNEXPLAINED = "readers would see it, and nobody has said why it need not be checked"


def begin(batch: ImportBatch, reason: str) -> bool:
    """Let the storing begin; False if it has begun already, or there is nothing to review yet."""
    waiting = ImportBatch.objects.filter(pk=batch.pk, state=ImportState.REVIEW)
    return bool(waiting.update(state=ImportState.STORING, reason=reason, cursor={"row": 0}))


def store_on(batch: ImportBatch, seconds: float) -> None:
    """Store as many articles as fit into the time, at least one, and then mend links between them.

    Raises AnotherImportRunning while somebody else imports; nothing is lost then.
    """
    until = time.monotonic() + seconds
    with import_turn(wait=False):
        batch.refresh_from_db()
        if batch.state == ImportState.STORING:
            _store_some(batch, until)
            if time.monotonic() > until:
                return
        while batch.state == ImportState.LINKING:
            _mend_some(batch)
            if time.monotonic() > until:
                return


def _store_some(batch: ImportBatch, until: float) -> None:
    powers, folders = Powers.of(batch.made_by), Folders(batch)
    keys = list(batch.rows.waiting().values_list("pk", flat=True))
    for start in range(0, len(keys), MOST_DOCUMENTS):
        rows = batch.rows.filter(pk__in=keys[start : start + MOST_DOCUMENTS]).order_by("number")
        _Together(list(rows), batch, folders, powers).store(until)
        reset_queries()
        if time.monotonic() > until:
            break
    done = not batch.rows.waiting().exists()
    batch.touch(state=ImportState.LINKING if done else ImportState.STORING)


class _Together:
    """Rows whose articles are new drafts, stored in one transaction under a savepoint each.

    As `articles.intake.batches` does it; whatever is not as simple is stored alone.
    """

    def __init__(
        self, rows: Sequence[ImportRow], batch: ImportBatch, folders: Folders, powers: Powers
    ) -> None:
        self._rows, self._batch, self._folders, self._powers = rows, batch, folders, powers
        self._known = KnownArticles({row.ref for row in rows}, {row.digest for row in rows})
        self._planned: list[tuple[ImportRow, plans.Plan]] = []
        self._identities: set[str] = set()
        self._since = time.monotonic()

    def store(self, until: float) -> None:
        """Store the rows, or as many of them as fit into the time."""
        for row in self._rows:
            self._take(row)
            now = time.monotonic()
            if now > until:
                break
            if now - self._since > _SECONDS_TOGETHER:
                self._apply()
        self._apply()

    def _take(self, row: ImportRow) -> None:
        row.batch = self._batch
        identities = {row.ref, row.digest}
        if not self._identities.isdisjoint(identities):
            self._apply()
        try:
            source = self._folders.source_of(row)
            plan = plan_row(row, self._batch, source, self._powers, self._known)
        except Exception:
            # Stored alone, it says what is wrong with it.
            self._store_alone(row)
            return
        options = options_of(row, self._batch, self._powers)
        if plan.action != "created" or plan.pictures or shows_readers(plan, options):
            self._store_alone(row)
            return
        self._planned.append((row, plan))
        self._identities |= identities

    def _store_alone(self, row: ImportRow) -> None:
        self._apply()
        self._known.forget({row.ref, row.digest})
        _store(row.pk, self._batch, self._folders, self._powers)

    def _apply(self) -> None:
        planned, self._planned = self._planned, []
        self._since = time.monotonic()
        self._known.forget(self._identities)
        self._identities.clear()
        if not planned:
            return
        failed: list[ImportRow] = []
        try:
            with transaction.atomic(), noted_together():
                names = Names(plan.wanted_slug for _, plan in planned)
                for row, plan in planned:
                    if not self._is_written(row, plan, names):
                        failed.append(row)
                names.store_relations()
        except DatabaseError:
            failed = [row for row, _ in planned]
        for row in failed:
            _store(row.pk, self._batch, self._folders, self._powers)

    def _is_written(self, row: ImportRow, plan: plans.Plan, names: Names) -> bool:
        options = options_of(row, self._batch, self._powers)
        try:
            _write(row, plan, options, self._powers, names)
        except Exception:
            names.forget()
            return False
        return True


def _store(key: int, batch: ImportBatch, folders: Folders, powers: Powers) -> None:
    row = ImportRow.objects.get(pk=key)
    row.batch = batch
    try:
        try:
            _take_in(row, batch, folders, powers)
        except (IntegrityError, editing.StaleError):
            # The desk has stored something since it was looked for; planned once more, it is found.
            _take_in(row, batch, folders, powers)
    except ImportFailure as failure:
        _fail(key, str(failure))
    except OSError as error:
        _fail(key, " ".join(f"it could not be stored: {error.strerror or error}".split()))
    except Exception as error:
        logger.exception("Importing %s failed.", row.label)
        problem = f"it could not be imported: {type(error).__name__}: {error}"
        _fail(key, " ".join(problem.split()))


def _fail(key: int, problem: str) -> None:
    rows = ImportRow.objects.filter(pk=key, outcome="")
    rows.update(outcome=RowAction.FAILED, problem=problem)


def _take_in(row: ImportRow, batch: ImportBatch, folders: Folders, powers: Powers) -> None:
    # Pictures are made anew before anything is locked.
    plan = plan_row(row, batch, folders.source_of(row), powers)
    options = options_of(row, batch, powers)
    if shows_readers(plan, options) and not (powers.may_publish and batch.reason):
        raise ImportFailure(_UNEXPLAINED)
    with without_stray_files(plan.pictures):
        _write(row, plan, options, powers)


@transaction.atomic
def _write(
    row: ImportRow,
    plan: plans.Plan,
    options: plans.Options,
    powers: Powers,
    names: Names | None = None,
) -> None:
    """Store the article and its row's outcome together, unless somebody has done so meanwhile.

    Where `names` are given, byline and tags wait in them.
    """
    stored = ImportRow.objects.select_for_update().get(pk=row.pk)
    if stored.outcome:
        return
    if plan.article is not None:
        powers.check(editing.locked(plan.article.pk))
    article = (
        applying.apply_in_batch(plan, options, names) if names else applying.apply(plan, options)
    )
    if plan.action != "unchanged":
        _finish(article, plan, row, row.batch)
    stored.outcome, stored.article = RowAction(plan.action), article
    stored.warnings = plan.warnings
    stored.warning_count = len(plan.warnings)
    stored.save(update_fields=["outcome", "article", "warnings", "warning_count"])


def _finish(article: Article, plan: plans.Plan, row: ImportRow, batch: ImportBatch) -> None:
    """Say whose the article is, keep what readers must not get from them, and log it."""
    keep_corrections(article, row, plan, batch)
    if plan.action == "created":
        article.owner = batch.made_by
        if article.status == Status.PUBLISHED and _is_refused(article):
            article.status = Status.DRAFT
            plan.warnings.append(_NOT_PUBLISHED)
        article.save(update_fields=["owner", "status"])
    detail = {"upload": batch.pk, "action": plan.action, "status": article.status}
    is_public = article.status == Status.PUBLISHED
    note = batch.reason if is_public else ""
    editing.log(article, Deed.IMPORT, editing.Actor.of(batch.made_by), note, **detail)


def _is_refused(article: Article) -> bool:
    return any(problem.is_fatal for problem in gate.problems_of(content_of(article)))


def _mend_some(batch: ImportBatch) -> None:
    """Let links between the articles lead where these are now; after the last, all is done."""
    rows = batch.rows.filter(
        outcome__in=(RowAction.CREATED, RowAction.UPDATED),
        article__isnull=False,
        number__gt=batch.cursor.get("row", 0),
    )
    chunk = list(rows.defer("body").select_related("article").order_by("number")[:_AT_ONCE])
    if not chunk:
        _end(batch)
        return
    mender = LinkMender()
    by_label = {str(row.number): row for row in chunk}
    for row in chunk:
        if row.article is not None:
            mender.note(str(row.number), row.article, row.found.get("site", ""))
    for label, warnings in mender.mend().items():
        row = by_label[label]
        row.warnings = [*row.warnings, *warnings]
        row.warning_count = len(row.warnings)
        row.save(update_fields=["warnings", "warning_count"])
    batch.touch(cursor={"row": chunk[-1].number})


def _end(batch: ImportBatch) -> None:
    """Keep the report with what was found, and neither the texts nor the files."""
    with transaction.atomic():
        batch.touch(state=ImportState.DONE)
        batch.rows.update(body="")
    drop_files(batch)


def counts_of(batch: ImportBatch) -> dict[str, int]:
    """Return how many rows came to which outcome; "left_out" is what nobody wanted."""
    found = batch.rows.values_list("outcome", "action", "is_included").annotate(Count("pk"))
    counts: dict[str, int] = dict.fromkeys([*RowAction.values, "left_out"], 0)
    for outcome, action, is_included, count in found:
        is_lost = outcome or (RowAction.FAILED if action == RowAction.FAILED else "")
        counts[is_lost if is_lost else "left_out"] += count if is_lost or not is_included else 0
    return counts


def report_of(batch: ImportBatch) -> dict[str, Any]:
    """Return what became of the upload in the shape of the importer's report."""
    report = Report()
    for row in batch.rows.defer("body", "found").select_related("article"):
        outcome = row.outcome or (row.action if row.action == RowAction.FAILED else "")
        if not outcome:
            continue
        report.items.append(
            Item(
                source=row.label,
                action=outcome,  # type: ignore[arg-type]
                url=row.article.get_absolute_url() if row.article else None,
                warnings=tuple(row.warnings),
                error=row.problem or None,
            )
        )
    report.left_out.update(batch.remainder.get("left_out", {}))
    return report.as_json()
