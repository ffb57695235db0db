"""What ails a site, and what to do about it: questions that `manage.py doctor` asks one by one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.core.checks import WARNING, run_checks
from django.core.files.storage import default_storage
from django.db import DEFAULT_DB_ALIAS, connection
from django.utils import timezone

from articles.models import Article, Image, Letter
from articles.purging import queue
from articles.purging.purgers import purgers
from articles.rendering import RENDERER_VERSION
from articles.search.index import stale_articles
from comments.counting import miscounted_articles, miscounted_comments, miscounted_reactions
from comments.models import OutgoingMail
from config.pending_migrations import pending_migrations

# A worker that runs takes what is due within seconds.
PATIENCE = timedelta(minutes=15)
SCARCE_BYTES = 1 << 30
SCARCE_SHARE = 0.05

# Yields, for each thing that is wrong, what it is and what to do.
Question = Callable[[], Iterator[str]]


def configuration() -> Iterator[str]:
    for message in run_checks(include_deployment_checks=not settings.DEBUG):
        if message.level >= WARNING and not message.is_silenced():
            yield f"{message.id}: {message.msg} {message.hint or ''}".strip()


def migrations() -> Iterator[str]:
    if pending := pending_migrations(DEFAULT_DB_ALIAS):
        yield f"{len(pending)} migrations are pending, first {pending[0]}. Run: manage.py migrate"


def cache() -> Iterator[str]:
    try:
        caches["shared"].set("doctor", "ok", 10)
        answer = caches["shared"].get("doctor")
    # Each backend has errors of its own.
    except Exception as error:
        yield f"CACHE_URL does not answer: {error}. Is Redis running?"
    else:
        if answer != "ok":
            yield "CACHE_URL forgets what it is told. Is Redis out of memory (maxmemory-policy)?"


def disk() -> Iterator[str]:
    folders = {Path(settings.MEDIA_ROOT), Path(settings.IMPORT_ROOT)}
    if connection.vendor == "sqlite":
        folders.add(Path(str(connection.settings_dict["NAME"])).parent)
    for folder in sorted(folders):
        there = next(place for place in (folder, *folder.parents) if place.exists())
        usage = shutil.disk_usage(there)
        if usage.free < min(SCARCE_BYTES, usage.total * SCARCE_SHARE):
            yield f"{folder}: {usage.free >> 20} MB are free. Make room before writing fails."


def mail() -> Iterator[str]:
    yield from _late(
        OutgoingMail.objects.due().order_by("due_at").values_list("due_at", flat=True).first(),
        "mail about comments", "manage.py send_mail_queue --watch 10",
    )  # fmt: skip
    if dead := OutgoingMail.objects.filter(dead_at__isnull=False).count():
        yield f"{dead} mails were given up. Read why at the desk (보내는 메일), and send them again."


def newsletter() -> Iterator[str]:
    # Letters of a mailing wait for the set rate; those that ask somebody go before all others.
    asking = Letter.objects.due().filter(mailing=None).order_by("due_at")
    yield from _late(
        asking.values_list("due_at", flat=True).first(),
        "a letter that asks a subscriber", "manage.py send_newsletter --watch 10",
    )  # fmt: skip


def purging() -> Iterator[str]:
    if not purgers():
        return
    yield from _late(
        queue.due().order_by("due_at").values_list("due_at", flat=True).first(),
        "a change that caches are to be told of", "manage.py purge_pages --watch 1",
    )  # fmt: skip
    if lost := queue.given_up().count():
        yield (
            f"Caches could not be told of {lost} changes, and kept those pages for a minute. "
            "The log of `manage.py purge_pages` says why."
        )


def search_index() -> Iterator[str]:
    # What an import has just brought waits for seconds.
    if stale := stale_articles():
        yield (
            f"{stale} articles are not in the search index as they are. "
            "Is `manage.py rebuild_search --stale --watch 10` running?"
        )


def renderings() -> Iterator[str]:
    stale = Article.objects.exclude(renderer_version=RENDERER_VERSION).count()
    if stale:
        yield f"{stale} articles show an older rendering. Run: manage.py rerender_articles --stale"


def counters() -> Iterator[str]:
    wrong = sum(
        rows.count()
        for rows in (miscounted_articles(), miscounted_comments(), miscounted_reactions())
    )
    if wrong:
        yield f"{wrong} counts of comments are wrong. Run: manage.py recount_comments"


def pictures() -> Iterator[str]:
    names = Image.objects.values_list("file", flat=True).iterator()
    missing = [name for name in names if not default_storage.exists(name)]
    if missing:
        yield (
            f"{len(missing)} pictures have no file, first {missing[0]}. "
            "Bring them back from a backup, or replace them at the desk (그림)."
        )


def _late(since: datetime | None, what: str, command: str) -> Iterator[str]:
    if since is not None and timezone.now() - since > PATIENCE:
        yield f"{what} waits since {since:%Y-%m-%d %H:%M} UTC. Is `{command}` running?"


QUESTIONS: dict[str, Question] = {
    "configuration": configuration,
    "migrations": migrations,
    "cache": cache,
    "disk": disk,
    "mail": mail,
    "newsletter": newsletter,
    "purging": purging,
    "search index": search_index,
    "renderings": renderings,
    "counters": counters,
    "pictures": pictures,
}
