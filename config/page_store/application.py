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

from articles import counts
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
# How often a page is made for one reader, for as long as it changes meanwhile.
_ATTEMPTS = 2
# How long it is remembered that the site cannot make pages, while old ones stand in.
_OUTAGE_SECONDS = 5.0
# How long others wait for the one who connects to the database, before they do without the store.
_CONNECTING_SECONDS = 0.2


# A page, or the accident that it has become; None for what may not be stored, which Django answers.
_Made = StoredPage | Rendered | None


class _Making:
    """A page that is being made, from the changes up to a position of the store."""

    __slots__ = ("done", "page", "since")

    def __init__(self, since: int) -> None:
        self.since = since
        self.page: _Made = None
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
        # For which edition it was asked, when, and the answer.
        self._next_moment: tuple[int, float, float] | None = None
        self._editions = 0
        # When the site last said that it cannot make pages (monotonic), None if it could since.
        self._failed_at: float | None = None

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        address = self._requests.address_of(environ)
        if address is None:
            return self._application(environ, start_response)
        is_known = self._follow_changes()
        page = self._store.get(address)
        now = time.time()
        if page is not None and is_known and page.is_right(now):
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
        """Forget what this process remembers of before the changes, and then drop the pages.

        In this order, since whoever begins a page from the new position must find nothing old.
        """
        if SITE in tags:
            SiteSettings.forget()
        if any(not tag.startswith("discussion-") for tag in tags):
            self._editions += 1
            # What is counted of many articles would go on being shown as it was.
            counts.forget()
        self._store.drop(changes)

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
        if old is not None and self._is_out():
            return answer(old, environ, start_response, "stale", now)
        if not is_known:
            return self._made_unstored(address, old, environ, start_response)
        if old is not None and address in self._making and now < old.ends_at:
            # It only shows counts of a while ago, and somebody is at it.
            return answer(old, environ, start_response, "hit", now)
        new, state = self._newest(address, old, self._store.position)
        if new is None:
            return self._application(environ, start_response)
        if isinstance(new, Rendered):
            # Whoever asked again would wait again, and load what is down already.
            return new.answer(environ, start_response)
        return answer(new, environ, start_response, "stale" if new is old else state, time.time())

    def _newest(self, address: Address, old: StoredPage | None, since: int) -> tuple[_Made, str]:
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
                    making.page = found if is_new else self._make(address, old, making)
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
        if not self._trying.acquire(blocking=self._failed_at is None):
            return answer(old, environ, start_response, "stale", time.time())
        try:
            rendered = Rendered(self._application, self._requests.scrubbed(address))
        finally:
            self._trying.release()
        self._note_outage(rendered.is_out)
        if rendered.has_failed:
            return answer(old, environ, start_response, "stale", time.time())
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

    def _make(self, address: Address, old: StoredPage | None, making: _Making) -> _Made:
        """Make the page and store it. Where the site has failed, what it made before stands in.

        What changed while it was made may be in it in part. It is made once more then, for this
        reader and whatever cache stands between; where changes come that often it is kept for nobody.
        """
        for attempts_left in range(_ATTEMPTS - 1, -1, -1):
            made = self._made_once(address, old)
            if not isinstance(made, StoredPage) or made is old or not self._follow_changes():
                break
            if self._store.add(address, made, making.since) or not attempts_left:
                break
            making.since = self._store.position
        return made

    def _made_once(self, address: Address, old: StoredPage | None) -> _Made:
        began = time.monotonic()
        try:
            moment = self._moment_after(time.time())
        except (Error, InterfaceError):
            logger.warning("The database does not answer; pages are shown as they were.")
            self._note_outage(True)
            return old
        rendered = Rendered(self._application, self._requests.scrubbed(address))
        self._note_outage(rendered.is_out)
        if rendered.has_failed:
            return old or rendered
        return rendered.page(began, moment)

    def _note_outage(self, is_out: bool) -> None:
        self._failed_at = time.monotonic() if is_out else None

    def _is_out(self) -> bool:
        failed_at = self._failed_at
        return failed_at is not None and time.monotonic() - failed_at < _OUTAGE_SECONDS

    def _moment_after(self, now: float) -> float:
        """Return the next moment at which pages change by themselves, asked once per edition.

        And again when the clock has been put back, before the time at which it was asked.
        """
        editions = self._editions
        if self._next_moment is not None:
            known_editions, asked_at, moment = self._next_moment
            if known_editions == editions and asked_at <= now < moment:
                return moment
        # What is counted of many articles would go on being shown as it was before.
        counts.forget()
        moment = self._moment_of(datetime.fromtimestamp(now, UTC)).timestamp()
        self._next_moment = (editions, now, moment)
        return moment


def with_page_store(application: Application) -> Application:
    """Put a page store of this process before Django, unless the settings give it no memory."""
    if not settings.PAGE_STORE_MEGABYTES:
        return application
    store = PageStore(settings.PAGE_STORE_MEGABYTES * 1_000_000)
    return PageStoreApplication(application, store, watch_of())
