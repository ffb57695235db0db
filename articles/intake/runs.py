"""One run of the importer over many documents, and its report."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db import IntegrityError

from articles.importing.documents import ImportedArticle, ImportFailure
from articles.importing.parsing import parse
from articles.importing.sources import Source, UnreadableSource
from articles.intake import plans
from articles.models import Article

logger = logging.getLogger(__name__)

ItemAction = Literal["created", "updated", "unchanged", "failed"]
Completion = Callable[[str, ImportedArticle], ImportedArticle]


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
    """What became of a whole run."""

    items: list[Item] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        counted = Counter(item.action for item in self.items)
        return {name: counted[name] for name in ("created", "updated", "unchanged", "failed")}

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
        return {**self.counts(), "items": items}


def run(
    sources: Iterable[Source | UnreadableSource],
    options: plans.Options,
    *,
    format_name: str = "auto",
    dry_run: bool = False,
    complete: Completion = lambda name, document: document,
) -> Report:
    """Import every source, one transaction each; a failure stops nothing but its own document.

    `complete` may fill in what a document does not say, given its path in its folder.
    """
    report = Report()
    for source in sources:
        report.items.append(_import_one(source, options, format_name, dry_run, complete))
    return report


def _import_one(
    source: Source | UnreadableSource,
    options: plans.Options,
    format_name: str,
    dry_run: bool,
    complete: Completion,
) -> Item:
    if isinstance(source, UnreadableSource):
        return Item(source.label, "failed", error=source.problem)
    try:
        data = source.read()
        document = complete(source.name, parse(data, source.name, format_name))
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
    url = article.get_absolute_url() if article else None
    return Item(source.label, plan.action, url, tuple(plan.warnings))


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
