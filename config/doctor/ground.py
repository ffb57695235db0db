"""Whether what the site stands on is there: settings, database, clock, cache, TLS, mail."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import caches
from django.core.checks import WARNING, run_checks
from django.core.mail import get_connection
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import Error
from django.utils import timezone

from comments.models import Comment
from config.pending_migrations import pending_migrations

# Clocks of machines that are set by the network differ by less.
CLOCK_TOLERANCE = timedelta(seconds=30)
# certbot renews a month before the end, and tries twice a day.
LAST_DAYS_OF_CERTIFICATE = 21
REACH_SECONDS = 5


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
                f"The database's clock says {_seconds(ahead)} than this machine's. "
                "See on both: timedatectl"
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


def _seconds(ahead: timedelta) -> str:
    """Return how far a clock is ahead, or behind, in words."""
    seconds = round(ahead.total_seconds())
    return f"{seconds} s more" if seconds >= 0 else f"{-seconds} s less"


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
