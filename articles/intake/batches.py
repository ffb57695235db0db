"""Documents stored a few at a time: what they need is looked up at once, and one commit serves all.

Each is stored under a savepoint of its own, so that one which fails costs no other. Reading,
planning and rendering come before the transaction, in which others must wait.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import DatabaseError, reset_queries, transaction

from articles.importing.documents import ImportedArticle, ImportFailure
from articles.importing.sources import Source
from articles.intake import applying, plans
from articles.intake.known_articles import KnownArticles
from articles.intake.names import Names
from articles.intake.overwriting import MayOverwrite, always
from articles.intake.pictures import without_stray_files
from articles.models import Article
from articles.models.image import checksum_of
from articles.page_changes import noted_together

# What a batch holds at most, and how long documents are read before they are stored.
MOST_DOCUMENTS = 50
_MOST_BYTES = 2_000_000
_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document that was read, and the bytes that it is told by."""

    source: Source
    document: ImportedArticle
    data: bytes

    def identities(self) -> set[str]:
        """Everything by which another document can be the same article."""
        return {*self.refs(), checksum_of(self.data)}

    def refs(self) -> set[str]:
        return {self.source.ref, self.source.with_folder_in_ref().ref}


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a document; `article` is None where a dry run made none."""

    plan: plans.Plan
    article: Article | None


# None says that something unforeseen came between, and that the document is to be stored alone.
Outcome = Stored | ImportFailure | None


class Gauge:
    """Says when enough documents wait to be stored."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self._count = self._bytes = 0
        self._began = 0.0

    def add(self, data: bytes) -> None:
        if not self._count:
            self._began = time.monotonic()
        self._count += 1
        self._bytes += len(data)

    @property
    def is_full(self) -> bool:
        if self._count >= MOST_DOCUMENTS or self._bytes >= _MOST_BYTES:
            return True
        return self._count > 0 and time.monotonic() - self._began >= _SECONDS


def store(
    batch: Sequence[Loaded],
    options: plans.Options,
    may_overwrite: MayOverwrite = always,
    *,
    dry_run: bool,
) -> list[Outcome]:
    """Plan and store the documents; returns what became of each, in their order."""
    storing = _Storing(batch, options, may_overwrite, dry_run=dry_run)
    for index, loaded in enumerate(batch):
        storing.take(index, loaded)
    storing.apply()
    # With DEBUG on, Django would keep every statement of the whole run.
    reset_queries()
    return storing.outcomes


class _Storing:
    def __init__(
        self,
        batch: Sequence[Loaded],
        options: plans.Options,
        may_overwrite: MayOverwrite,
        *,
        dry_run: bool,
    ) -> None:
        self.outcomes: list[Outcome] = [None] * len(batch)
        self._options = options
        self._may_overwrite = may_overwrite
        self._dry_run = dry_run
        self._known = KnownArticles(
            refs={ref for loaded in batch for ref in loaded.refs()},
            digests={checksum_of(loaded.data) for loaded in batch},
        )
        self._planned: dict[int, plans.Plan] = {}
        self._identities: set[str] = set()

    def take(self, index: int, loaded: Loaded) -> None:
        """Plan a document, when what it may be the same as is stored."""
        identities = loaded.identities()
        if not self._identities.isdisjoint(identities):
            self.apply()
        try:
            plan = plans.plan(
                loaded.document,
                loaded.data,
                loaded.source,
                self._options,
                self._may_overwrite,
                self._known,
            )
        except ImportFailure as failure:
            self.outcomes[index] = failure
            return
        except Exception:
            # Stored alone, it says what is wrong with it.
            return
        if self._dry_run or plan.action == "unchanged":
            self.outcomes[index] = Stored(plan, plan.article)
            return
        self._planned[index] = plan
        self._identities |= identities
        if plan.pictures:
            # Pictures are large, and others of the batch may show the same.
            self.apply()

    def apply(self) -> None:
        """Carry out what is planned, in one transaction."""
        planned, self._planned = self._planned, {}
        if not planned:
            return
        self._known.forget(self._identities)
        self._identities.clear()
        pictures = [picture for plan in planned.values() for picture in plan.pictures]
        try:
            with without_stray_files(pictures), transaction.atomic(), noted_together():
                names = Names(plan.wanted_slug for plan in planned.values() if not plan.article)
                stored = {n: self._apply_one(plan, names) for n, plan in planned.items()}
                names.store_relations()
        except DatabaseError:
            # What a savepoint lets pass may still be refused at last, and then nothing is stored.
            return
        for index, outcome in stored.items():
            self.outcomes[index] = outcome

    def _apply_one(self, plan: plans.Plan, names: Names) -> Stored | None:
        try:
            return Stored(plan, applying.apply_in_batch(plan, self._options, names))
        except Exception:
            names.forget()
            return None
