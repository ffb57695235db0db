"""One run of the importer over many documents, and its report."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeVar

from django.db import DatabaseError, IntegrityError, connection

from articles.editing import StaleError
from articles.importing.documents import BrokenExportError, ImportedArticle, ImportFailure
from articles.importing.parsing import readings
from articles.importing.readings import Reading, Remainder
from articles.importing.sources import Source, UnreadableSource
from articles.intake import applying, batches, plans
from articles.intake.batches import Gauge, Loaded, Stored
from articles.intake.links import LinkMender
from articles.intake.overwriting import MayOverwrite, always
from articles.intake.pictures import without_stray_files

logger = logging.getLogger(__name__)

ItemAction = Literal["created", "updated", "unchanged", "failed"]
Completion = Callable[[str, ImportedArticle], ImportedArticle]
Found = Reading | Remainder | UnreadableSource
Result = TypeVar("Result")


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
    """Import every document, each wholly or not at all; a failure stops nothing but its own.

    `complete` may fill in what a document does not say, given its path in its folder. `watch` sees
    each document go by. With `options.update`, `may_overwrite` is asked about what the desk has
    edited. A `report` that is given is added to as the run goes, for whoever may interrupt it.
    """
    current = _Run(
        options, dry_run, complete, may_overwrite, Report() if report is None else report
    )
    for found in watch(_found(sources, options, format_name)):
        current.take(found)
    current.store()
    if not dry_run:
        _mend_links(current.report, current.mender)
    return current.report


class _Run:
    """What waits to be stored, and what has become of the rest."""

    def __init__(
        self,
        options: plans.Options,
        dry_run: bool,
        complete: Completion,
        may_overwrite: MayOverwrite,
        report: Report,
    ) -> None:
        self.report = report
        self._may_overwrite = may_overwrite
        self.mender = LinkMender()
        self._options = options
        self._dry_run = dry_run
        self._complete = complete
        # In the order of the report, which also tells what could not be read.
        self._waiting: list[Loaded | Item] = []
        self._gauge = Gauge()

    def take(self, found: Found) -> None:
        if isinstance(found, Remainder):
            self.report.left_out.update(found.left_out)
            if found.comment_count:
                self.report.comments[found.label] = found.comment_count
        elif isinstance(found, UnreadableSource):
            self._waiting.append(Item(found.label, "failed", error=found.problem))
        else:
            self._waiting.append(self._watched(found.source, lambda: self._load(found)))
        if self._gauge.is_full:
            self.store()

    def store(self) -> None:
        """Store what waits, and report it."""
        waiting, self._waiting = self._waiting, []
        self._gauge.reset()
        loaded = [each for each in waiting if isinstance(each, Loaded)]
        outcomes = iter(
            batches.store(loaded, self._options, self._may_overwrite, dry_run=self._dry_run)
        )
        for each in waiting:
            item = self._settled(each, next(outcomes)) if isinstance(each, Loaded) else each
            self.report.items.append(item)

    def _load(self, reading: Reading) -> Loaded:
        document, data = reading.load()
        self._gauge.add(data)
        return Loaded(reading.source, self._complete(reading.source.name, document), data)

    def _settled(self, loaded: Loaded, outcome: batches.Outcome) -> Item:
        if isinstance(outcome, ImportFailure):
            return Item(loaded.source.label, "failed", error=str(outcome))
        if outcome is None:
            return self._watched(
                loaded.source, lambda: self._told(loaded, self._store_alone(loaded))
            )
        return self._told(loaded, outcome)

    def _store_alone(self, loaded: Loaded) -> Stored:
        try:
            return self._take_in(loaded)
        except (IntegrityError, StaleError):
            # Another import or the desk stored something since it was looked for. Nothing of ours
            # was kept; planned once more, it is found.
            return self._take_in(loaded)

    def _take_in(self, loaded: Loaded) -> Stored:
        plan = plans.plan(
            loaded.document, loaded.data, loaded.source, self._options, self._may_overwrite
        )
        if self._dry_run:
            return Stored(plan, plan.article)
        with without_stray_files(plan.pictures):
            return Stored(plan, applying.apply(plan, self._options))

    def _told(self, loaded: Loaded, stored: Stored) -> Item:
        label, article = loaded.source.label, stored.article
        if article is not None:
            self.mender.note(label, article, loaded.document.site)
        url = article.get_absolute_url() if article else None
        return Item(label, stored.plan.action, url, tuple(stored.plan.warnings))

    def _watched(self, source: Source, work: Callable[[], Result]) -> Result | Item:
        """Do the work on one document; what goes wrong with it becomes the report of it."""
        try:
            return work()
        except ImportFailure as failure:
            problem = str(failure)
        except StaleError:
            problem = "somebody saves it at the desk; import again"
        except OSError as error:
            problem = f"it could not be stored: {error.strerror or error}"
        except Exception as error:
            # Ten years of somebody's essays shall not stop at the one that trips over our mistake.
            if isinstance(error, DatabaseError) and not isinstance(error, IntegrityError):
                # What a server has closed would fail every document that follows.
                connection.close_if_unusable_or_obsolete()
            else:
                logger.exception("Importing %s failed.", source.label)
            problem = f"it could not be imported: {type(error).__name__}: {error}"
        return Item(source.label, "failed", error=" ".join(problem.split()))


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
        except Exception as error:
            logger.exception("Reading %s failed.", source.label)
            problem = f"it could not be read: {type(error).__name__}: {error}"
            yield UnreadableSource(source.label, " ".join(problem.split()))


def _mend_links(report: Report, mender: LinkMender) -> None:
    """Let links between the articles lead where these are now; name those that lead nowhere."""
    found = mender.mend()
    for number, item in enumerate(report.items):
        if warnings := found.get(item.source):
            report.items[number] = replace(item, warnings=(*item.warnings, *warnings))


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
