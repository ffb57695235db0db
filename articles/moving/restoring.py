"""The way back from an export: pictures, names, articles, addresses, the front page, and the rest.

Every item is stored by itself, so that a run that was killed is completed by the next; one that
fails is told by its name, and stops nothing else.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from articles.importing.documents import ImportFailure
from articles.intake.overwriting import MayOverwrite, always
from articles.intake.runs import Item
from articles.moving import layout, restored_tables
from articles.moving.documents import PendingRecord, pending_restored, restored
from articles.moving.fields import Fields
from articles.moving.packages import Package
from articles.moving.parts import Part, Watch, parts
from articles.moving.restored_articles import Outcome, in_state, restore_article
from articles.moving.restored_pictures import restore_picture
from articles.rendering import RenderingError

logger = logging.getLogger(__name__)

Restorer = Callable[[Fields], None]


@dataclass(frozen=True, slots=True)
class Options:
    """What the operator asked for; `status` is that of new articles, "source" what they had.

    With `update`, `may_overwrite` is asked about each article that is not as in the export.
    """

    status: str = "source"
    update: bool = False
    dry_run: bool = False
    may_overwrite: MayOverwrite = always


@dataclass(slots=True)
class Result:
    """What became of the articles, of whatever failed, and how many comments came and so on."""

    items: list[Item] = field(default_factory=list)
    parts: dict[str, Mapping[str, int]] = field(default_factory=dict)


def restore(
    package: Package,
    options: Options,
    watch: Watch,
    note: Callable[[str], None] = lambda line: None,
    result: Result | None = None,
) -> Result:
    """Restore an export. `watch` may draw the progress, and `note` hears what is no failure.

    A `result` that is given is added to as the run goes, for whoever may interrupt it.
    """
    run = _Run(package, options, watch, note, Result() if result is None else result)
    run.all()
    return run.result


class _Run:
    def __init__(
        self,
        package: Package,
        options: Options,
        watch: Watch,
        note: Callable[[str], None],
        result: Result,
    ) -> None:
        self.result = result
        self._note = note
        self._package = package
        self._options = options
        self._watch = watch
        # Where an address was taken: the slug of the export to the one that was made here.
        self._renamed: dict[str, str] = {}
        # The files of articles that translate others.
        self._translations: list[str] = []

    def all(self) -> None:
        self._table(layout.IMAGES, partial(restore_picture, package=self._package))
        for name, restorer in restored_tables.BEFORE_ARTICLES.items():
            self._table(name, restorer)
        for name in self._watch(self._package.names(layout.ARTICLES), "articles"):
            self._article(name, self._translations)
        # Their originals are here now, if they are anywhere.
        for name in self._translations:
            self._article(name, None)
        self._strays()
        self._table(layout.REDIRECTS, self._with_articles(restored_tables.restore_redirect))
        self._front_page()
        self._table(layout.SITE, restored_tables.restore_settings)
        for part in parts():
            self._part(part)

    def _front_page(self) -> None:
        """Arrange the front page where nobody has, wholly or not at all."""
        with transaction.atomic():
            if not restored_tables.front_page_is_arranged():
                restorer = self._with_articles(restored_tables.restore_front_row)
                self._table(layout.FRONT_PAGE, restorer)

    def _with_articles(self, restorer: Any) -> Restorer:
        return partial(restorer, renamed=self._renamed)

    def _table(self, name: str, restorer: Restorer) -> None:
        """Restore the rows of a file, each by itself; a dry run only looks whether it is whole."""
        for number, values in self._watch(self._lines(name), name):
            place = f"{name}:{number}"
            if values is None:
                self._fail(place, "the line is no record")
            elif not self._options.dry_run:
                with self._watched(place):
                    restorer(Fields(values))

    def _lines(self, name: str) -> Iterator[tuple[int, dict[str, Any] | None]]:
        try:
            yield from self._package.lines(name)
        except ImportFailure as failure:
            self._fail(name, str(failure))

    def _article(self, name: str, later: list[str] | None) -> None:
        """Restore an article, or note a translation for later."""
        with self._watched(name):
            record = restored(self._package.data(name))
            if record.translation_of and later is not None:
                later.append(name)
                return
            original = self._renamed.get(record.translation_of, record.translation_of)
            record = replace(record, translation_of=original)
            outcome = restore_article(
                in_state(record, self._options.status),
                self._pending(name),
                update=self._options.update,
                dry_run=self._options.dry_run,
                may_overwrite=self._options.may_overwrite,
            )
            self._tell(name, outcome, record.words.slug)

    def _pending(self, name: str) -> PendingRecord | None:
        waiting = layout.PENDING + name.removeprefix(layout.ARTICLES)
        if not self._package.has(waiting):
            return None
        return pending_restored(self._package.data(waiting))

    def _tell(self, name: str, outcome: Outcome, slug: str) -> None:
        url = None
        if outcome.article is not None:
            url = outcome.article.get_absolute_url()
            if outcome.article.slug != slug:
                self._renamed[slug] = outcome.article.slug
        label = f"{self._package.label}/{name}"
        self.result.items.append(Item(label, outcome.action, url, tuple(outcome.warnings)))

    def _strays(self) -> None:
        for name in self._package.strays():
            self._fail(name, f"{layout.SUMS} does not name it; import it by itself")

    def _part(self, part: Part) -> None:
        with self._watched(part.names[0]):
            if self._options.dry_run:
                for name in filter(self._package.has, part.names):
                    self._package.opened(name).close()
                return
            self.result.parts[part.names[0].removesuffix(".ndjson")] = part.restore(
                self._package,
                renamed=self._renamed,
                tell=self._tell_of_part,
                watch=self._watch,
            )

    def _tell_of_part(self, item: Item) -> None:
        """Keep what failed; there may be a million others, and the report counts articles."""
        if item.error:
            self.result.items.append(item)
        for warning in item.warnings:
            self._note(f"{item.source}: {warning}")

    @contextmanager
    def _watched(self, name: str) -> Iterator[None]:
        """Turn what an item may do wrong into a line of the report."""
        try:
            yield
        except ImportFailure as failure:
            self._fail(name, str(failure))
        except ValidationError as error:
            self._fail(name, _told(error))
        except RenderingError as error:
            self._fail(name, f"the body cannot be rendered: {error}")
        except OSError as error:
            self._fail(name, f"it could not be stored: {error.strerror or error}")
        except Exception as error:
            # A whole magazine shall not stop at the one row that trips over our mistake.
            logger.exception("Restoring %s failed.", name)
            self._fail(name, f"it could not be stored: {type(error).__name__}: {error}")

    def _fail(self, name: str, problem: str) -> None:
        line = " ".join(problem.split())
        self.result.items.append(Item(f"{self._package.label}/{name}", "failed", error=line))


def _told(error: ValidationError) -> str:
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return "; ".join(f"`{name}`: {' '.join(told)}" for name, told in error.message_dict.items())
