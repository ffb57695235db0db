"""One import of comments: what was read, what became of it, and where it stands now."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, BinaryIO

from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from articles.importing.documents import BrokenExportError, ImportFailure
from articles.intake.runs import Item
from articles.models import Article
from articles.page_changes import discussion_tag, note_change
from comments.counting import lock_discussion, repair
from comments.importing.ancestry import Ancestry, Node, ancestry_of
from comments.importing.documents import (
    BadItem,
    ImportedComment,
    ImportedThread,
    LeftOut,
    Reading,
)
from comments.importing.parsing import read
from comments.intake.matching import article_of
from comments.intake.numbers import Numbers, go_on_behind_the_last
from comments.intake.rows import Row, RowMaker, told
from comments.intake.spool import Page, Sketch, Spool
from comments.models import Announcement, Comment, DiscussionSettings, Report, Vote
from comments.refs import Stored, chunks, stored_comments

logger = logging.getLogger(__name__)

_BATCH = 500
UNKNOWN_ARTICLES = "comments of unknown articles"
TWICE = "comments that stand in the file twice"


@dataclass(slots=True)
class Outcome:
    """The counts of a run; its items are told one by one, because there may be a million."""

    actions: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)

    def counts(self) -> dict[str, int]:
        return {name: self.actions[name] for name in ("created", "updated", "unchanged", "failed")}


def import_comments(
    stream: BinaryIO,
    name: str,
    *,
    format_name: str = "auto",
    dry_run: bool = False,
    tell: Callable[[Item], None] = lambda item: None,
    watch: Callable[[Iterable[Any], str], Iterable[Any]] = lambda items, label: items,
    renamed: Mapping[str, str] = MappingProxyType({}),
    numbers: Numbers | None = None,
) -> Outcome:
    """Import an export; what is here already stays as it is, whatever has become of it.

    `renamed` maps slugs of the export to those of the articles here, and `numbers` gives
    comments back the numbers that their addresses have. `tell` hears what became of each comment, and `watch` may draw the progress. The comments
    of one page are stored in one transaction. A file that is broken as a whole stores nothing.
    """
    run = _Run(name, dry_run, tell, renamed, numbers)
    with Spool() as spool:
        try:
            for reading in watch(read(stream, format_name), "reading"):
                run.take(reading, spool)
        except ImportFailure as failure:
            line = failure.line if isinstance(failure, BrokenExportError) else None
            run.fail(line, str(failure))
            return run.outcome
        for page in watch(list(spool.pages.values()), "storing"):
            run.store(page, spool)
    return run.outcome


class _Run:
    def __init__(
        self,
        name: str,
        dry_run: bool,
        tell: Callable[[Item], None],
        renamed: Mapping[str, str],
        numbers: Numbers | None,
    ) -> None:
        self.outcome = Outcome()
        self._renamed = renamed
        self._numbers = numbers
        self._name = name
        self._dry_run = dry_run
        self._tell = tell
        self._seen: set[str] = set()
        self._maker = RowMaker()

    def take(self, reading: Reading, spool: Spool) -> None:
        match reading:
            case ImportedThread():
                spool.add_thread(reading)
            case ImportedComment() if reading.ref not in self._seen:
                self._seen.add(reading.ref)
                spool.add_comment(reading)
            case ImportedComment():
                self.outcome.left_out[TWICE] += 1
            case LeftOut():
                self.outcome.left_out[reading.kind] += 1
            case BadItem():
                self.fail(reading.line, reading.problem)

    def fail(self, line: int | None, problem: str) -> None:
        self._report(Item(self._place(line), "failed", error=" ".join(problem.split())))

    def store(self, page: Page, spool: Spool) -> None:
        """Store the comments of one page; a failure stops nothing but this page."""
        thread = page.thread
        if not page.sketches and (thread is None or thread.settings is None):
            return
        article = self._article_of(thread) if thread else None
        if article is None:
            self._miss(page)
            return
        try:
            items = self._stored(article, page, spool)
        except DatabaseError as error:
            logger.exception("Importing the comments of %s failed.", article.slug)
            problem = f"the comments of {article.slug} could not be stored: {error}"
            self.fail(thread.line if thread else None, problem)
            return
        for item in items:
            self._report(item)

    def _article_of(self, thread: ImportedThread) -> Article | None:
        if (slug := self._renamed.get(thread.slug)) is not None:
            return Article.objects.without_text().filter(slug=slug).first()
        return article_of(thread)

    def _stored(self, article: Article, page: Page, spool: Spool) -> list[Item]:
        def discussion() -> _Discussion:
            return _Discussion(article, page, spool, self._maker, self._numbers)

        if self._dry_run:
            return discussion().items(self._place, store=False)
        for is_last_try in (False, True):
            try:
                with transaction.atomic():
                    lock_discussion(article.pk)
                    return discussion().items(self._place, store=True)
            except IntegrityError:
                # Another import stored one of them under another article meanwhile.
                if is_last_try:
                    raise
        raise AssertionError("The second try returns or raises.")

    def _miss(self, page: Page) -> None:
        thread, count = page.thread, len(page.sketches)
        if thread is None:
            line, what = page.sketches[0].line, "a page that the file does not describe"
        else:
            line = thread.line
            named = (thread.title, *thread.links, thread.slug, thread.key)
            what = repr(next(filter(None, named), "")[:200])
        self.outcome.left_out[UNKNOWN_ARTICLES] += count
        self.fail(line, f"no article here is {what}; its comments ({count}) are left out")

    def _report(self, item: Item) -> None:
        self.outcome.actions[item.action] += 1
        self._tell(item)

    def _place(self, line: int | None) -> str:
        return self._name if line is None else f"{self._name}:{line}"


class _Discussion:
    """The comments of one page on their way into one article's discussion."""

    def __init__(
        self,
        article: Article,
        page: Page,
        spool: Spool,
        maker: RowMaker,
        numbers: Numbers | None,
    ) -> None:
        self._article = article
        self._numbers = numbers
        self._page = page
        self._spool = spool
        self._maker = maker
        refs = {ref for sketch in page.sketches for ref in (sketch.ref, *sketch.parents)}
        self._known = stored_comments(refs)
        self._here = {
            ref: stored for ref, stored in self._known.items() if stored.article_id == article.pk
        }

    def items(self, place: Callable[[int], str], *, store: bool) -> list[Item]:
        """Store what is not here yet, unless told not to, and return what became of each."""
        new = [sketch for sketch in self._page.sketches if sketch.ref not in self._known]
        nodes = [Node(sketch.ref, sketch.parents) for sketch in new]
        ancestry = ancestry_of(nodes, self._here.__contains__)
        items = [
            Item(place(sketch.line), "unchanged", _address(self._known[sketch.ref].pk))
            for sketch in self._page.sketches
            if sketch.ref in self._known
        ]
        for generation in ancestry.generations:
            for batch in chunks(generation, _BATCH):
                for row in self._rows(batch, new, ancestry, store=store):
                    url = _address(row.comment.pk) if store else None
                    line = row.source.line
                    items.append(Item(place(line), "created", url, tuple(row.warnings)))
        if store:
            self._keep_settings()
            if new:
                repair(self._article.pk)
                note_change(discussion_tag(self._article.pk))
        return items

    def _rows(
        self, batch: list[int], new: list[Sketch], ancestry: Ancestry, *, store: bool
    ) -> list[Row]:
        comments = self._spool.comments(new[place] for place in batch)
        rows = self._maker.rows(comments, self._article)
        for place, row in zip(batch, rows, strict=True):
            if place in ancestry.warnings:
                row.warnings.append(ancestry.warnings[place])
        if store:
            for place, row in zip(batch, rows, strict=True):
                self._attach(row.comment, ancestry.parent_of.get(place))
            self._insert(rows)
        return rows

    def _attach(self, comment: Comment, parent: str | None) -> None:
        if parent is not None:
            answered = self._here[parent]
            comment.in_reply_to_id, comment.root_id = answered.pk, answered.thread_id

    def _insert(self, rows: list[Row]) -> None:
        """Store a batch whose parents are stored, with all that hangs on its comments."""
        comments = [row.comment for row in rows]
        if self._numbers is not None:
            self._numbers.give(comments)
        Comment.objects.bulk_create(comments)
        if self._numbers is not None:
            go_on_behind_the_last()
        for row in rows:
            comment = row.comment
            self._here[row.source.ref] = Stored(comment.pk, comment.thread_id, self._article.pk)
        votes, reports = self._maker.reactions(rows)
        Vote.objects.bulk_create(votes, batch_size=_BATCH)
        Report.objects.bulk_create(reports, batch_size=_BATCH)
        Announcement.objects.bulk_create(told(rows))

    def _keep_settings(self) -> None:
        """Restore an editor's choices where nobody has made any here."""
        thread = self._page.thread
        if thread is None or thread.settings is None:
            return
        DiscussionSettings.objects.get_or_create(
            article=self._article,
            defaults={
                "mode": thread.settings.mode,
                "default_sort": thread.settings.default_sort,
                "close_after_days": thread.settings.close_after_days,
            },
        )


def _address(pk: int) -> str:
    return reverse("comments:permalink", args=[pk])
