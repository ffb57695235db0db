"""One run of the importer over many documents, and its report."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from django.db import IntegrityError

from articles.importing.documents import BrokenExportError, ImportedArticle, ImportFailure
from articles.importing.parsing import readings
from articles.importing.readings import Reading, Remainder
from articles.importing.sources import Source, UnreadableSource
from articles.intake import plans
from articles.intake.links import LinkMender
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
) -> Report:
    """Import every document, one transaction each; a failure stops nothing but its own.

    `complete` may fill in what a document does not say, given its path in its folder. `watch` sees
    each document go by.
    """
    report = Report()
    mender = LinkMender()
    for found in watch(_found(sources, options, format_name)):
        if isinstance(found, Remainder):
            report.left_out.update(found.left_out)
            if found.comment_count:
                report.comments[found.label] = found.comment_count
        elif isinstance(found, UnreadableSource):
            report.items.append(Item(found.label, "failed", error=found.problem))
        else:
            report.items.append(_import_one(found, options, dry_run, complete, mender))
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


def _import_one(
    reading: Reading,
    options: plans.Options,
    dry_run: bool,
    complete: Completion,
    mender: LinkMender,
) -> Item:
    source = reading.source
    try:
        document, data = reading.load()
        document = complete(source.name, document)
        try:
            plan, article = _take_in(document, data, source, options, dry_run)
        except IntegrityError:
            # Another import or the desk stored something of that name since it was looked for.
            # Nothing of ours was kept; planned once more, it is found.
            plan, article = _take_in(document, data, source, options, dry_run)
    except ImportFailure as failure:
        return Item(source.label, "failed", error=str(failure))
    except Exception as error:
        # Ten years of somebody's essays shall not stop at the one that trips over our mistake.
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
    document: ImportedArticle, data: bytes, source: Source, options: plans.Options, dry_run: bool
) -> tuple[plans.Plan, Article | None]:
    plan = plans.plan(document, data, source, options)
    return plan, plan.article if dry_run else plans.apply(plan, options)


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
