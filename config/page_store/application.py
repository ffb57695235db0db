"""The page store in front of Django: what is stored is answered before any request is made.

What it may not answer goes to Django untouched. What it may is rendered once, from a request of
which only the address is left, and kept until the database says that it has changed.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from threading import Event, Lock
from typing import Any

from django.conf import settings
from django.db import Error, InterfaceError, close_old_connections
from django.utils.http import parse_http_date_safe

from articles.moments import next_moment
from articles.page_facts import PageFacts
from config.page_store.changes import UnknownChangesError, Watch, watch_of
from config.page_store.encodings import chosen
from config.page_store.requests import Address, Environ, Requests
from config.page_store.store import PageStore
from config.page_store.stored_page import Headers, StoredPage, kept_shorter

Application = Callable[[Environ, Any], Any]

logger = logging.getLogger(__name__)

# What nobody notes shows after this long, such as rows that were changed by hand.
LONGEST_SECONDS = 600
# How long others wait for the one who makes a page; afterwards they ask Django themselves.
_PATIENCE = 5.0
# How long it is remembered that the site cannot make pages, while old ones stand in.
_OUTAGE_SECONDS = 1.0
# How long a cache in front keeps what was made before an outage.
_STALE_SECONDS = 10


class _Making:
    """A page that is being made, from the changes up to a position of the store."""

    __slots__ = ("done", "page", "since")

    def __init__(self, since: int) -> None:
        self.since = since
        self.page: StoredPage | None = None
        self.done = Event()


class PageStoreApplication:
    """A WSGI application that answers what it has stored, and asks another for the rest."""

    def __init__(self, application: Application, store: PageStore, watch: Watch) -> None:
        self._application = application
        self._store = store
        self._watch = watch
        self._requests = Requests()
        self._making: dict[Address, _Making] = {}
        self._making_lock = Lock()
        self._trying = Lock()
        self._next_moment: tuple[int, float] | None = None
        self._editions = 0
        # When a page could not be made, 0 if the last one could.
        self._failed_at = 0.0

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        address = self._requests.address_of(environ)
        if address is None:
            return self._application(environ, start_response)
        is_known = self._follow_changes()
        page = self._store.get(address)
        now = time.time()
        if page is not None and is_known and now < page.renewed_at and now < page.ends_at:
            return _answer(page, environ, start_response, "hit", now)
        if page is None and not self._requests.is_public(address):
            return self._application(environ, start_response)
        return self._made(address, page, environ, start_response, is_known=is_known)

    def _follow_changes(self) -> bool:
        """Drop what has changed; returns whether all changes are known."""
        try:
            changes = self._watch.news()
        except UnknownChangesError:
            return False
        if changes:
            self._store.drop(changes)
            if any(not tag.startswith("discussion-") for tags in changes for tag in tags):
                self._editions += 1
        return True

    def _made(
        self,
        address: Address,
        old: StoredPage | None,
        environ: Environ,
        start_response: Any,
        *,
        is_known: bool,
    ) -> Iterable[bytes]:
        """Answer with a new page: made by this request, or by another that began before."""
        now = time.time()
        if old is not None and now - self._failed_at < _OUTAGE_SECONDS:
            return _answer(old, environ, start_response, "stale", now)
        if not is_known:
            return self._made_unstored(address, old, environ, start_response)
        if old is not None and address in self._making and now < old.ends_at:
            # It only shows counts of a while ago, and somebody is at it.
            return _answer(old, environ, start_response, "hit", now)
        new, state = self._newest(address, old, self._store.position)
        if new is None:
            return self._application(environ, start_response)
        return _answer(new, environ, start_response, "stale" if new is old else state, time.time())

    def _newest(
        self, address: Address, old: StoredPage | None, since: int
    ) -> tuple[StoredPage | None, str]:
        """Return the page with all changes up to that position, and whether it was here already.

        Of many who ask at once one makes it. Whoever finds it being made from less than they know
        waits, and tries again.
        """
        deadline = time.monotonic() + _PATIENCE
        while (patience := deadline - time.monotonic()) > 0:
            mine, making = self._begin(address)
            if mine:
                try:
                    making.page = self._make(address, old, making.since)
                finally:
                    self._end(address)
                return making.page, "miss"
            making.done.wait(patience)
            if making.since >= since and making.done.is_set():
                return making.page, "hit"
        return None, "miss"

    def _made_unstored(
        self, address: Address, old: StoredPage | None, environ: Environ, start_response: Any
    ) -> Iterable[bytes]:
        """Answer while nobody says what changes: by Django, and if it cannot, as it was before."""
        if old is None:
            return self._application(environ, start_response)
        if not self._trying.acquire(blocking=self._failed_at == 0):
            return _answer(old, environ, start_response, "stale", time.time())
        try:
            rendered = _Rendered(self._application, self._requests.scrubbed(address))
        finally:
            self._trying.release()
        self._failed_at = time.time() if rendered.has_failed else 0.0
        if rendered.has_failed:
            return _answer(old, environ, start_response, "stale", self._failed_at)
        return self._application(environ, start_response)

    def _begin(self, address: Address) -> tuple[bool, _Making]:
        """Return whether it is this request that makes the page, and the making of it."""
        with self._making_lock:
            making = self._making.get(address)
            if making is not None:
                return False, making
            making = self._making[address] = _Making(self._store.position)
            return True, making

    def _end(self, address: Address) -> None:
        with self._making_lock:
            self._making.pop(address).done.set()

    def _make(self, address: Address, old: StoredPage | None, since: int) -> StoredPage | None:
        """Make the page and store it; None for what may not be stored, which Django answers.

        Where the site has failed, what it made before stands in.
        """
        began = time.time()
        try:
            moment = self._moment_after(began)
        except (Error, InterfaceError):
            logger.warning("The database does not answer; pages are shown as they were.")
            self._failed_at = time.time()
            return old
        rendered = _Rendered(self._application, self._requests.scrubbed(address))
        self._failed_at = time.time() if rendered.has_failed else 0.0
        if rendered.has_failed:
            return old
        page = rendered.page(began, moment)
        if page is None:
            return None
        # What changed while it was made may not be in it; then it is for this reader alone.
        if self._follow_changes():
            self._store.add(address, page, since)
        return page

    def _moment_after(self, now: float) -> float:
        """Return the next moment at which pages change by themselves, asked once per edition."""
        editions, known = self._editions, self._next_moment
        if known is not None and known[0] == editions and known[1] > now:
            return known[1]
        close_old_connections()
        try:
            moment = next_moment(datetime.fromtimestamp(now, UTC)).timestamp()
        finally:
            close_old_connections()
        self._next_moment = (editions, moment)
        return moment


class _Rendered:
    """What Django has answered to a request that says nothing of anybody."""

    def __init__(self, application: Application, environ: Environ) -> None:
        self._status = ""
        self._headers: Headers = []
        self._response: Any = application(environ, self._start)
        try:
            self._is_whole = not getattr(self._response, "streaming", True)
            self._body = b"".join(self._response) if self._is_whole else b""
        finally:
            self._response.close()

    @property
    def has_failed(self) -> bool:
        return self._status.startswith("5")

    def page(self, began: float, moment: float) -> StoredPage | None:
        """Return what may be stored: whole pages for everybody that no cookie goes with."""
        facts: PageFacts | None = getattr(self._response, "page_facts", None)
        names = {name.lower(): value for name, value in self._headers}
        if (
            facts is None
            or not self._is_whole
            or not self._status.startswith("200 ")
            or not names.get("cache-control", "").startswith("public,")
            or "set-cookie" in names
            or names.get("vary", "accept-encoding").lower() != "accept-encoding"
            or "etag" not in names
        ):
            return None
        ends_at = min(moment, facts.changes_at.timestamp()) if facts.changes_at else moment
        last_modified = names.get("last-modified")
        return StoredPage(
            self._body,
            self._headers,
            etag=names["etag"].strip('W/"'),
            tags=frozenset(names["cache-tag"].split(settings.CACHE_TAG_SEPARATOR)),
            renewed_at=began + (facts.renewed_within or LONGEST_SECONDS),
            ends_at=ends_at,
            last_modified=parse_http_date_safe(last_modified) if last_modified else None,
        )

    def _start(self, status: str, headers: Headers, exc_info: Any = None) -> None:
        self._status, self._headers = status, headers


def _answer(
    page: StoredPage, environ: Environ, start_response: Any, state: str, now: float
) -> Iterable[bytes]:
    if _has_it(page, environ):
        status, headers, body = "304 Not Modified", page.not_modified(), b""
    else:
        variant = page.variant(chosen(environ.get("HTTP_ACCEPT_ENCODING", "")))
        status, headers, body = "200 OK", variant.headers, variant.body
        if environ["REQUEST_METHOD"] == "HEAD":
            body = b""
    if state == "stale":
        headers = kept_shorter(headers, _STALE_SECONDS)
    elif page.ends_at - now < page.kept_in_front:
        headers = kept_shorter(headers, max(0, int(page.ends_at - now)))
    start_response(status, [*headers, ("X-Cache", state)])
    return (body,)


def _has_it(page: StoredPage, environ: Environ) -> bool:
    """Whether the client names the page as one that it has (RFC 9110, 13.2.2)."""
    known = environ.get("HTTP_IF_NONE_MATCH")
    if known is not None:
        opaque = page.etag.removeprefix("W/")
        named = (etag.strip().removeprefix("W/") for etag in known.split(","))
        return any(etag in {opaque, "*"} for etag in named)
    since = environ.get("HTTP_IF_MODIFIED_SINCE")
    if since is None or page.last_modified is None:
        return False
    moment = parse_http_date_safe(since)
    return moment is not None and page.last_modified <= moment


def with_page_store(application: Application) -> Application:
    """Put a page store of this process before Django, unless the settings give it no memory."""
    if not settings.PAGE_STORE_MEGABYTES:
        return application
    store = PageStore(settings.PAGE_STORE_MEGABYTES * 1_000_000)
    return PageStoreApplication(application, store, watch_of())
