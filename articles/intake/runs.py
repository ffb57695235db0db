"""One run of the importer over many documents, and its report."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from django.db import DatabaseError, IntegrityError, connection

from articles.editing import StaleError
from articles.importing.documents import BrokenExportError, ImportedArticle, ImportFailure
from articles.importing.parsing import readings
from articles.importing.readings import Reading, Remainder
from articles.importing.sources import Source, UnreadableSource
from articles.intake import plans
from articles.intake.links import LinkMender
from articles.intake.overwriting import MayOverwrite, always
from articles.intake.pictures import discard_files
from articles.models import Article

logger = logging.getLogger(__name__)

ItemAction = Literal["created", "updated", "unchanged", "failed"]
Completion = Callable[[str, ImportedArticle], ImportedArticle]
Found = Reading | Remainder | UnreadableSource


@dataclass(frozen=True, slots=True)
class Item:
    """What became of one document."""

    source: str
    action: ItemAction
    url: str | None = None
    warnings: tuple[str, ...] = ()
    error: str | None = None


@dataclass(slots=True)
class Report:
    """What became of a whole run.

    `left_out` counts, by an English plural, what was to become no article; `comments` those that
    exports hold, by the export.
    """

    items: list[Item] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    comments: dict[str, int] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        counted = Counter(item.action for item in self.items)
        return {name: counted[name] for name in ("created", "updated", "unchanged", "failed")}

    def add(self, other: Report) -> None:
        """Take in what became of another part of the same run."""
        self.items += other.items
        self.left_out += other.left_out
        self.comments |= other.comments

    def as_json(self) -> dict[str, Any]:
        """Return the report in the shape that the contract promises to migration scripts."""
        items = [
            {
                "source": item.source,
                "action": item.action,
                "url": item.url,
                "warnings": list(item.warnings),
                "error": item.error,
            }
            for item in self.items
        ]
        return {**self.counts(), "items": items, "left_out": dict(self.left_out)}


def run(
    sources: Iterable[Source | UnreadableSource],
    options: plans.Options,
    *,
    format_name: str = "auto",
    dry_run: bool = False,
    complete: Completion = lambda name, document: document,
    watch: Callable[[Iterable[Found]], Iterable[Found]] = iter,
    may_overwrite: MayOverwrite = always,
    report: Report | None = None,
) -> Report:
    """Import every document, one transaction each; a failure stops nothing but its own.

    `complete` may fill in what a document does not say, given its path in its folder. `watch` sees
    each document go by. With `options.update`, `may_overwrite` is asked about what the desk has
    edited. A `report` that is given is added to as the run goes, for whoever may interrupt it.
    """
    report = Report() if report is None else report
    work = _Work(options, dry_run, complete, may_overwrite)
    mender = LinkMender()
    for found in watch(_found(sources, options, format_name)):
        if isinstance(found, Remainder):
            report.left_out.update(found.left_out)
            if found.comment_count:
                report.comments[found.label] = found.comment_count
        elif isinstance(found, UnreadableSource):
            report.items.append(Item(found.label, "failed", error=found.problem))
        else:
            report.items.append(_import_one(found, work, mender))
    if not dry_run:
        _mend_links(report, mender)
    return report


def _found(
    sources: Iterable[Source | UnreadableSource], options: plans.Options, format_name: str
) -> Iterator[Found]:
    """Yield every document of every source; one that cannot be read on ends none but itself."""
    for source in sources:
        if isinstance(source, UnreadableSource):
            yield source
            continue
        try:
            yield from readings(source, format_name, takes_pages=options.takes_pages)
        except BrokenExportError as failure:
            yield UnreadableSource(source.label, f"line {failure.line}: {failure}")
        except ImportFailure as failure:
            yield UnreadableSource(source.label, str(failure))


@dataclass(frozen=True, slots=True)
class _Work:
    """What is the same for every document of a run."""

    options: plans.Options
    dry_run: bool
    complete: Completion
    may_overwrite: MayOverwrite


def _import_one(reading: Reading, work: _Work, mender: LinkMender) -> Item:
    source = reading.source
    try:
        document, data = reading.load()
        document = work.complete(source.name, document)
        try:
            plan, article = _take_in(document, data, source, work)
        except (IntegrityError, StaleError):
            # Another import or the desk stored something since it was looked for. Nothing of ours
            # was kept; planned once more, it is found.
            plan, article = _take_in(document, data, source, work)
    except ImportFailure as failure:
        return Item(source.label, "failed", error=str(failure))
    except StaleError:
        return Item(source.label, "failed", error="somebody saves it at the desk; import again")
    except OSError as error:
        problem = f"it could not be stored: {error.strerror or error}"
        return Item(source.label, "failed", error=" ".join(problem.split()))
    except Exception as error:
        # Ten years of somebody's essays shall not stop at the one that trips over our mistake.
        if isinstance(error, DatabaseError) and not isinstance(error, IntegrityError):
            # What a server has closed would fail every document that follows.
            connection.close_if_unusable_or_obsolete()
        else:
            logger.exception("Importing %s failed.", source.label)
        problem = f"it could not be imported: {type(error).__name__}: {error}"
        return Item(source.label, "failed", error=" ".join(problem.split()))
    if article is not None:
        mender.note(source.label, article, document.site)
    url = article.get_absolute_url() if article else None
    return Item(source.label, plan.action, url, tuple(plan.warnings))


def _mend_links(report: Report, mender: LinkMender) -> None:
    """Let links between the articles lead where these are now; name those that lead nowhere."""
    found = mender.mend()
    for number, item in enumerate(report.items):
        if warnings := found.get(item.source):
            report.items[number] = replace(item, warnings=(*item.warnings, *warnings))


def _take_in(
    document: ImportedArticle, data: bytes, source: Source, work: _Work
) -> tuple[plans.Plan, Article | None]:
    plan = plans.plan(document, data, source, work.options, work.may_overwrite)
    if work.dry_run:
        return plan, plan.article
    try:
        return plan, plans.apply(plan, work.options)
    except (Exception, KeyboardInterrupt):
        # No row knows what was written before the transaction came to nothing.
        with suppress(DatabaseError):
            discard_files(plan.pictures)
        raise


def with_distinct_refs(
    sources: Sequence[Source | UnreadableSource],
) -> list[Source | UnreadableSource]:
    """Tell apart documents of one name that were given as single files, by their folders."""
    counted = Counter(source.ref for source in sources if isinstance(source, Source))
    return [
        source.with_folder_in_ref()
        if isinstance(source, Source) and counted[source.ref] > 1
        else source
        for source in sources
    ]
