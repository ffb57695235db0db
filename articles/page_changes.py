"""Noting that something readers see has changed, in the transaction that changes it.

Every public page carries tags (`articles.page_facts`), and a change names those whose pages are to
be made anew. Whatever editors do is rare and shows in many places, so that it names all pages
with articles; comments are frequent, and name the pages of their discussion alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import Any

from django.db import connection, models
from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from articles.models.page_change import PageChange
from articles.queries.compiled import CompiledInsert, Statement, executed_together

# Every public page.
SITE = "site"
# Every page that shows, lists or counts articles.
ARTICLES = "articles"
# What is answered where there is no page: redirects, and that nothing was found.
ADDRESSES = "addresses"
# Every page of the search.
SEARCH = "search"

# The channel on which PostgreSQL tells the tags of each change when it is committed.
CHANNEL = "pildam_page_changes"
# PostgreSQL takes no notice of 8,000 bytes or more.
_LONGEST_NOTICE = 7_900

# No front cache keeps a page for longer.
KEPT_FOR = timedelta(days=1)
# Every so many changes, those that are too old go.
_PRUNED_EVERY = 256

_insert = CompiledInsert(PageChange)

_gathering: ContextVar[set[str] | None] = ContextVar("page_changes", default=None)


def article_tag(pk: int) -> str:
    """Return the tag of the article's own pages."""
    return f"article-{pk}"


def discussion_tag(pk: int) -> str:
    """Return the tag of what shows comments of an article, or their number."""
    return f"discussion-{pk}"


def note_change(*tags: str) -> None:
    """Note that pages with any of these tags are out of date once this transaction commits."""
    gathering = _gathering.get()
    if gathering is not None:
        gathering.update(tags)
    elif tags:
        _store(" ".join(dict.fromkeys(tags)))


@contextmanager
def noted_together() -> Iterator[None]:
    """Note what changes meanwhile as one change, for batches; within the batch's transaction."""
    token = _gathering.set(set())
    try:
        yield
        tags = _gathering.get() or ()
    finally:
        _gathering.reset(token)
    if ARTICLES in tags:
        # The pages of single articles and discussions carry that tag as well.
        tags = {tag for tag in tags if "-" not in tag}
    note_change(*sorted(tags))


def note_when_saved(
    model: type[models.Model],
    tags_of: Callable[[Any, bool], tuple[str, ...]],
    *,
    shown: frozenset[str] = frozenset(),
) -> None:
    """Note a change whenever a row is saved or deleted, cascades and the desk's lists included.

    `tags_of` is given the row and whether it is new. With `shown`, a save that names its fields is
    noted only if one of these is among them.
    """

    def saved(
        instance: models.Model, created: bool, update_fields: frozenset[str] | None, **kwargs: Any
    ) -> None:
        if not (shown and update_fields is not None and shown.isdisjoint(update_fields)):
            note_change(*tags_of(instance, created))

    def deleted(instance: models.Model, **kwargs: Any) -> None:
        note_change(*tags_of(instance, False))

    post_save.connect(saved, sender=model, weak=False, dispatch_uid=f"page-change-{model}")
    post_delete.connect(deleted, sender=model, weak=False, dispatch_uid=f"page-change-{model}")


def prune() -> int:
    """Delete what no cache can still be told of; returns how many rows."""
    return PageChange.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()[0]


def note_change_with(changes: Mapping[str, Statement], of: str, *tags: str) -> int:
    """Make the changes and note them by one statement, which PostgreSQL alone can.

    Returns the number of the row that the change named `of` stores.
    """
    change, told = PageChange(tags=" ".join(tags)), _told(" ".join(tags))
    together = {**changes, "noted": _insert.statement(change)}
    answer = f"{of}.id, noted.id, pg_notify(%s, %s) FROM {of}, noted"
    number, noted, _ = executed_together(together, answer, [CHANNEL, told])
    _prune_sometimes(noted)
    return int(number)


def notes_at_once() -> bool:
    """Whether `note_change_with` can be used: on PostgreSQL, and in no batch."""
    return connection.vendor == "postgresql" and _gathering.get() is None


def _store(tags: str) -> None:
    change = PageChange(tags=tags)
    if connection.vendor == "postgresql":
        answer = "noted.id, pg_notify(%s, %s) FROM noted"
        statement = _insert.statement(change)
        number, _ = executed_together({"noted": statement}, answer, [CHANNEL, _told(tags)])
        _prune_sometimes(number)
    else:
        _insert(change)
        _prune_sometimes(change.pk)


def _told(tags: str) -> str:
    return tags if len(tags) <= _LONGEST_NOTICE else SITE


def _prune_sometimes(number: int) -> None:
    if number % _PRUNED_EVERY == 0:
        prune()
