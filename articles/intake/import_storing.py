"""Storing what was reviewed, bit by bit: each article in one transaction with its row's outcome.

So a row is stored once, whoever asks twice, and whenever the server is killed.
"""

from __future__ import annotations

import logging
import time
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count

from articles import editing, gate
from articles.content import content_of
from articles.importing.documents import ImportFailure
from articles.intake import plans
from articles.intake.import_files import drop_files
from articles.intake.import_powers import Powers
from articles.intake.import_rows import (
    Folders,
    keep_corrections,
    options_of,
    plan_row,
    shows_readers,
)
from articles.intake.links import LinkMender
from articles.intake.pictures import without_stray_files
from articles.intake.runs import Item, Report
from articles.intake.turns import import_turn
from articles.models import Article, Deed, ImportBatch, ImportRow, ImportState, RowAction, Status

logger = logging.getLogger(__name__)

# As many articles as have their links mended together.
_AT_ONCE = 100
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
    for key in list(batch.rows.waiting().values_list("pk", flat=True)):
        _store(key, batch, folders, powers)
        if time.monotonic() > until:
            break
    done = not batch.rows.waiting().exists()
    batch.touch(state=ImportState.LINKING if done else ImportState.STORING)


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
def _write(row: ImportRow, plan: plans.Plan, options: plans.Options, powers: Powers) -> None:
    """Store the article and its row's outcome together, unless somebody has done so meanwhile."""
    stored = ImportRow.objects.select_for_update().get(pk=row.pk)
    if stored.outcome:
        return
    if plan.article is not None:
        powers.check(editing.locked(plan.article.pk))
    article = plans.apply(plan, options)
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
    """Keep the report, and neither the texts nor the files."""
    with transaction.atomic():
        batch.touch(state=ImportState.DONE)
        batch.rows.update(found={}, corrections={}, body="")
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
