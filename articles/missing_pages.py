"""The log of addresses that readers asked for in vain.

It must never be felt: a database that is locked, read-only or gone costs a reader of a 404 page
nothing, and a flood of made-up addresses neither fills the table nor keeps the database busy.
"""

import hashlib
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.cache import cache
from django.db import Error, connection, transaction
from django.db.models import F
from django.http import HttpRequest
from django.urls import is_valid_path
from django.utils import timezone

from articles.models import MissingPage
from articles.text import normalised

MAX_ROWS = 5000
MAX_NEW_PER_MINUTE = 60
# How many rows make room at once when the table is full.
_ROOM = 100
_LONGEST = 500
_MINUTE = 60
_DAY = 24 * 3600
# Milliseconds after which whoever else writes to the database is not waited for.
_PATIENCE = 200

# Where addresses of the desk, of accounts and of single readers begin; some hold keys.
_PRIVATE = re.compile(
    r"/(?:admin|accounts|comments|takedowns|preview|media|static|healthz|readyz)(?:/|$)|"
    # What scanners and devices ask every site for.
    r"/(?:wp-|wordpress|xmlrpc|cgi-bin|phpmyadmin|vendor/|apple-touch-icon|browserconfig)|"
    r".*/(?:\.|wp-(?:login|admin|content|includes|json))|"
    r".*\.(?:php\d?|aspx?|jsp|cgi|env|git|sql|bak|old|ini|ya?ml|log|sh|zip|gz|tar|rar|7z|exe|"
    r"dll|json|txt|map|js|css|ico|png|jpe?g|gif|webp|avif|svg)/?$",
    re.IGNORECASE,
)
# Public pages, whose addresses hold nothing but names that were published once.
_PUBLIC_ROUTES = frozenset(
    {"articles", "categories", "tags", "authors", "series", "archive", "feed"}
)

logger = logging.getLogger(__name__)


def record_missing_page(request: HttpRequest) -> None:
    """Note the address of a GET or HEAD that was answered by 404, if it is worth a look."""
    if "pildam.for_store" in request.META:
        # The page store asks for what a reader asks for, who is counted when it finds nothing.
        return
    path = normalised(request.path_info)
    if not _is_worth_noting(request, path):
        return
    try:
        _count(path, _referrer(request))
    except Error:
        logger.warning("An address that was not found could not be noted.")


def _is_worth_noting(request: HttpRequest, path: str) -> bool:
    if not _is_public(path):
        return False
    if match := request.resolver_match:
        return match.route.split("/")[0] in _PUBLIC_ROUTES
    # Without its last slash: Django sends the reader on.
    return path.endswith("/") or not is_valid_path(f"{request.path_info}/")


def _is_public(path: str) -> bool:
    return (
        len(path) <= _LONGEST
        and path.isprintable()
        and path.strip("/") != ""
        and not _PRIVATE.match(path)
    )


def _referrer(request: HttpRequest) -> str:
    """The page of this site, or no more than the name of the site, that the reader came from."""
    try:
        parts = urlsplit(request.headers.get("Referer", ""))
        host = (parts.hostname or "").lower()
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not host.isprintable():
        return ""
    if host not in settings.SITE_HOSTS:
        return host[:_LONGEST]
    path = normalised(unquote(parts.path))
    return path if path == "/" or _is_public(path) else ""


def _count(path: str, referrer: str) -> None:
    """Write a path at most once a minute, together with what was asked since the last time."""
    digest = hashlib.sha256(path.encode()).hexdigest()[:32]
    waiting = f"missing-waiting:{digest}"
    if not cache.add(f"missing-written:{digest}", 1, _MINUTE):
        cache.add(waiting, 0, _DAY)
        _add_one(waiting)
        return
    # Asked first, since whoever only looks holds up no writer.
    if not MissingPage.objects.filter(path=path).exists() and not _may_add():
        return
    hits = 1 + (cache.get(waiting) or 0)
    cache.delete(waiting)
    with _without_waiting(), transaction.atomic():
        seen = {"hits": F("hits") + hits, "last_seen": timezone.now()}
        if referrer:
            seen["referrer"] = referrer
        if not MissingPage.objects.filter(path=path).update(**seen):
            _add(MissingPage(path=path, hits=hits, referrer=referrer))


def _may_add() -> bool:
    cache.add("missing-new", 0, _MINUTE)
    return _add_one("missing-new") <= MAX_NEW_PER_MINUTE


def _add_one(key: str) -> int:
    try:
        return cache.incr(key)
    except ValueError:  # It ran out between two questions.
        return 1


def _add(page: MissingPage) -> None:
    if MissingPage.objects.count() >= MAX_ROWS:
        MissingPage.objects.forget_least(_ROOM)
    # Somebody else may have noted the same path since we looked.
    MissingPage.objects.bulk_create([page], ignore_conflicts=True)


@contextmanager
def _without_waiting() -> Iterator[None]:
    """Give up soon where another writer holds the database, since a reader waits for the page."""
    if connection.vendor != "sqlite":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = {_PATIENCE}")
            yield
        return
    patience = round(1000 * connection.settings_dict["OPTIONS"].get("timeout", 5))
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {patience}")
