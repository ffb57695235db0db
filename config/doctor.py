"""What ails a site, and what to do about it: questions that `manage.py doctor` asks one by one."""

from __future__ import annotations

import shutil
import socket
import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import caches
from django.core.checks import WARNING, run_checks
from django.core.files.storage import default_storage
from django.core.mail import get_connection
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import Error
from django.utils import timezone

from articles.models import Article, Image, Letter
from articles.purging import queue
from articles.purging.purgers import purgers
from articles.rendering import RENDERER_VERSION
from articles.search.index import stale_articles
from comments.counting import miscounted_articles, miscounted_comments, miscounted_reactions
from comments.models import Comment, OutgoingMail
from config.pending_migrations import pending_migrations

# A worker that runs takes what is due within seconds.
PATIENCE = timedelta(minutes=15)
SCARCE_BYTES = 1 << 30
SCARCE_SHARE = 0.05
# Clocks of machines that are set by the network differ by less.
CLOCK_TOLERANCE = timedelta(seconds=30)
# certbot renews a month before the end, and tries twice a day.
LAST_DAYS_OF_CERTIFICATE = 21
REACH_SECONDS = 5

# Yields, for each thing that is wrong, what it is and what to do.
Question = Callable[[], Iterator[str]]


def configuration() -> Iterator[str]:
    if settings.HTTPS and not settings.TRUSTED_PROXIES:
        yield (
            "SITE_URL is https and TRUSTED_PROXIES is 0: behind nginx every page leads to itself "
            "without end. Set TRUSTED_PROXIES=1"
        )
    for message in run_checks(include_deployment_checks=not settings.DEBUG):
        if message.level >= WARNING and not message.is_silenced():
            yield f"{message.id}: {message.msg} {message.hint or ''}".strip()


def database() -> Iterator[str]:
    engine: Any = connection
    try:
        if engine.vendor == "postgresql":
            # Not by the pool, which says no more than that it waited.
            engine.Database.connect(**engine.get_connection_params()).close()
        engine.ensure_connection()
    except (Error, engine.Database.Error) as error:
        reason = " ".join(str(error).split()).rstrip(".?")
        yield (
            f"DATABASE_URL does not answer: {reason}. Is it right, and PostgreSQL running "
            "(systemctl status postgresql)? What is in it cannot be judged meanwhile."
        )


def clock() -> Iterator[str]:
    now = timezone.now()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            ahead = cursor.fetchone()[0] - now
        if abs(ahead) > CLOCK_TOLERANCE:
            yield (
                f"The database's clock is {round(ahead.total_seconds())} s ahead of this "
                "machine's. See on both: timedatectl"
            )
    moments = [
        Comment.objects.order_by("-created_at").values_list("created_at", flat=True).first(),
        MigrationRecorder(connection).migration_qs.latest("applied").applied,
    ]
    newest = max(moment for moment in moments if moment is not None)
    if newest > now + CLOCK_TOLERANCE:
        yield (
            f"Something was written at {newest:%Y-%m-%d %H:%M} UTC, and this machine's clock says "
            f"{now:%Y-%m-%d %H:%M}. It is slow, or was fast. See: timedatectl"
        )


def migrations() -> Iterator[str]:
    if pending := pending_migrations(DEFAULT_DB_ALIAS):
        yield f"{len(pending)} migrations are pending, first {pending[0]}. Run: manage.py migrate"


def cache() -> Iterator[str]:
    try:
        caches["shared"].set("doctor", "ok", 10)
        answer = caches["shared"].get("doctor")
    # Each backend has errors of its own.
    except Exception as error:
        yield (
            f"CACHE_URL does not answer: {error}. Is Redis running "
            "(systemctl status redis-server)? The site goes on, each process counting for itself."
        )
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
            yield (
                f"{folder}: {usage.free >> 20} MB are free. Make room before writing fails: old "
                "releases, old backups, journalctl --vacuum-size=200M"
            )


def certificate() -> Iterator[str]:
    site = urlsplit(settings.SITE_URL)
    if site.scheme != "https":
        return
    try:
        days = _days_left(site.hostname or "", site.port or 443)
    except ssl.SSLCertVerificationError as error:
        yield (
            f"Browsers refuse the certificate of {site.netloc}: {error.verify_message}. "
            "Run: certbot renew, then systemctl reload nginx"
        )
    except OSError as error:
        yield (
            f"{site.netloc} does not answer from here: {error}. Is nginx running "
            "(systemctl status nginx), and does the name lead here?"
        )
    else:
        if days < LAST_DAYS_OF_CERTIFICATE:
            yield (
                f"The certificate of {site.netloc} ends in {days} days and was not renewed. "
                "See why: certbot renew --dry-run"
            )


def mail_server() -> Iterator[str]:
    if settings.EMAIL_BACKEND.endswith(("console.EmailBackend", "dummy.EmailBackend")):
        if settings.HTTPS:
            yield "EMAIL_URL is not set: letters to readers go to the log, and nowhere else."
        return
    server = get_connection()
    try:
        server.open()
        server.close()
    # Each backend's library has errors of its own.
    except Exception as error:
        yield f"EMAIL_URL does not answer: {error}. Letters wait until it is right, and does."


def mail() -> Iterator[str]:
    yield from _late(
        OutgoingMail.objects.due().order_by("due_at").values_list("due_at", flat=True).first(),
        "mail about comments", "mail", "send_mail_queue --watch 10",
    )  # fmt: skip
    if dead := OutgoingMail.objects.filter(dead_at__isnull=False).count():
        yield f"{dead} mails were given up. Read why at the desk (보내는 메일), and send them again."


def newsletter() -> Iterator[str]:
    # Letters of a mailing wait for the set rate; those that ask somebody go before all others.
    asking = Letter.objects.due().filter(mailing=None).order_by("due_at")
    yield from _late(
        asking.values_list("due_at", flat=True).first(),
        "a letter that asks a subscriber", "newsletter", "send_newsletter --watch 10",
    )  # fmt: skip


def purging() -> Iterator[str]:
    if not purgers():
        return
    yield from _late(
        queue.due().order_by("due_at").values_list("due_at", flat=True).first(),
        "a change that caches are to be told of", "purges", "purge_pages --watch 1",
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
            f"{_worker('search', 'rebuild_search --stale --watch 10')}"
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


def _late(since: datetime | None, what: str, kind: str, command: str) -> Iterator[str]:
    if since is not None and timezone.now() - since > PATIENCE:
        yield f"{what} waits since {since:%Y-%m-%d %H:%M} UTC. {_worker(kind, command)}"


def _worker(kind: str, command: str) -> str:
    return (
        f"Is the worker running (systemctl status pildam-worker@{kind}; "
        f"by hand: manage.py {command})?"
    )


def _days_left(host: str, port: int) -> int:
    """Return for how many whole days a server's certificate holds, or raise OSError."""
    context = ssl.create_default_context()
    with (
        socket.create_connection((host, port), timeout=REACH_SECONDS) as line,
        context.wrap_socket(line, server_hostname=host) as secured,
    ):
        shown = secured.getpeercert() or {}
    end = datetime.fromtimestamp(ssl.cert_time_to_seconds(str(shown["notAfter"])), UTC)
    return (end - timezone.now()).days


QUESTIONS: dict[str, Question] = {
    "configuration": configuration,
    "database": database,
    "clock": clock,
    "migrations": migrations,
    "cache": cache,
    "disk": disk,
    "certificate": certificate,
    "mail server": mail_server,
    "mail": mail,
    "newsletter": newsletter,
    "purging": purging,
    "search index": search_index,
    "renderings": renderings,
    "counters": counters,
    "pictures": pictures,
}
# What needs no database, and is asked whether that answers or not.
WITHOUT_DATABASE = frozenset(["configuration", "cache", "disk", "certificate", "mail server"])
