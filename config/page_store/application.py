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
from django.db import Error, InterfaceError

from articles.models import SiteSettings
from articles.moments import next_moment
from articles.page_changes import SITE
from config.page_store.answers import answer
from config.page_store.changes import Changes, UnknownChangesError, Watch, watch_of
from config.page_store.rendered import Application, Rendered
from config.page_store.requests import Address, Environ, Requests
from config.page_store.store import PageStore
from config.page_store.stored_page import StoredPage

logger = logging.getLogger(__name__)

# How long others wait for the one who makes a page; afterwards they ask Django themselves.
_PATIENCE = 5.0
# How long it is remembered that the site cannot make pages, while old ones stand in.
_OUTAGE_SECONDS = 5.0
# How long others wait for the one who connects to the database, before they do without the store.
_CONNECTING_SECONDS = 0.2


class _Making:
    """A page that is being made, from the changes up to a position of the store."""

    __slots__ = ("done", "page", "since")

    def __init__(self, since: int) -> None:
        self.since = since
        self.page: StoredPage | None = None
        self.done = Event()


class PageStoreApplication:
    """A WSGI application that answers what it has stored, and asks another for the rest.

    `moment_after` names the next moment at which pages change by the clock alone.
    """

    def __init__(
        self,
        application: Application,
        store: PageStore,
        watch: Watch,
        moment_after: Callable[[datetime], datetime] = next_moment,
    ) -> None:
        self._application = application
        self._store = store
        self._watch = watch
        self._moment_of = moment_after
        self._requests = Requests()
        self._making: dict[Address, _Making] = {}
        self._making_lock = Lock()
        self._trying = Lock()
        self._following = Lock()
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
            return answer(page, environ, start_response, "hit", now)
        if page is None and not self._requests.is_public(address):
            return self._application(environ, start_response)
        return self._made(address, page, environ, start_response, is_known=is_known)

    def _follow_changes(self) -> bool:
        """Drop what has changed; returns whether all changes are known.

        Nobody asks until what another has heard is dropped. Who connects may take its time.
        """
        if not self._following.acquire(timeout=_CONNECTING_SECONDS):
            return False
        try:
            if changes := self._watch.news():
                self._drop(frozenset().union(*changes), changes)
        except UnknownChangesError:
            return False
        finally:
            self._following.release()
        return True

    def _drop(self, tags: frozenset[str], changes: Changes) -> None:
        self._store.drop(changes)
        if SITE in tags:
            # This process may remember for seconds what another has just changed.
            SiteSettings.forget()
        if any(not tag.startswith("discussion-") for tag in tags):
            self._editions += 1

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
            return answer(old, environ, start_response, "stale", now)
        if not is_known:
            return self._made_unstored(address, old, environ, start_response)
        if old is not None and address in self._making and now < old.ends_at:
            # It only shows counts of a while ago, and somebody is at it.
            return answer(old, environ, start_response, "hit", now)
        new, state = self._newest(address, old, self._store.position)
        if new is None:
            return self._application(environ, start_response)
        return answer(new, environ, start_response, "stale" if new is old else state, time.time())

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
                    # Perhaps another has just been ready with it.
                    found = self._store.get(address)
                    is_new = found is not None and found is not old
                    making.page = found if is_new else self._make(address, old, making.since)
                finally:
                    self._end(address)
                return making.page, "hit" if is_new else "miss"
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
            return answer(old, environ, start_response, "stale", time.time())
        try:
            rendered = Rendered(self._application, self._requests.scrubbed(address))
        finally:
            self._trying.release()
        self._failed_at = time.time() if rendered.has_failed else 0.0
        if rendered.has_failed:
            return answer(old, environ, start_response, "stale", self._failed_at)
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
        rendered = Rendered(self._application, self._requests.scrubbed(address))
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
        moment = self._moment_of(datetime.fromtimestamp(now, UTC)).timestamp()
        self._next_moment = (editions, moment)
        return moment


def with_page_store(application: Application) -> Application:
    """Put a page store of this process before Django, unless the settings give it no memory."""
    if not settings.PAGE_STORE_MEGABYTES:
        return application
    store = PageStore(settings.PAGE_STORE_MEGABYTES * 1_000_000)
    return PageStoreApplication(application, store, watch_of())
