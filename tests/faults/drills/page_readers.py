"""Three readers of one site, each a process: two that remember what they have shown, and a fresh one.

They are forked from a process that has loaded everything and shown nothing. All take the time from
the process that asks, so that what they show differs by what they remember alone.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import re
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from django.utils import timezone

# What tells one answer from the next although the page is the same.
_OWN = re.compile(
    rb'(name="(?:csrfmiddlewaretoken|form_token)" value=")[^"]*|(data-challenge=")[^"]*'
)
_COMPARED = ("Content-Type", "Location", "Cache-Tag", "ETag")
_PRIVATE = "private"
_NEXT = re.compile(rb'href="([^"]*[?&;]after=[^"]*)"')
_CARD = re.compile(rb'content="https?://[^/]*(/cards/[^"]*)"')

_seconds = time.time


class Clock:
    """The time of a process, which stands still until it is set."""

    def __init__(self) -> None:
        self.now = _seconds()

    def take_over(self) -> None:
        """Be what everybody in this process takes for the time; before Django is loaded."""
        time.time = lambda: self.now
        timezone.now = lambda: datetime.fromtimestamp(self.now, UTC)


CLOCK = Clock()


class Page(NamedTuple):
    """What is compared of an answer; `state` is what a page store says of it."""

    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    state: str = ""

    def differs_from(self, other: Page) -> bool:
        return self[:3] != other[:3]


Pages = dict[str, Page]
Application = Callable[[dict[str, Any], Any], Any]


class Reader:
    """A process that answers addresses by an application that it makes when it begins."""

    def __init__(self, make: Callable[[], Application], *, forgets: bool = False) -> None:
        self._pipe, theirs = multiprocessing.get_context("fork").Pipe()
        self._process = os.fork()
        if self._process == 0:
            self._pipe.close()
            try:
                _serve(theirs, make, forgets=forgets)
            finally:
                os._exit(0)
        theirs.close()

    def pages(self, addresses: Iterable[str], *, and_next: bool = False) -> Pages:
        """Return what is shown at these addresses, and at those that lead on from there."""
        self._pipe.send((CLOCK.now, list(addresses), and_next))
        answer = self._pipe.recv()
        if isinstance(answer, str):
            raise SystemExit(answer)
        return answer

    def end(self) -> None:
        self._pipe.send(None)
        os.waitpid(self._process, 0)


def _serve(pipe: Any, make: Callable[[], Application], *, forgets: bool) -> None:
    application = None if forgets else make()
    while (asked_for := pipe.recv()) is not None:
        CLOCK.now, addresses, and_next = asked_for
        if application is not None:
            pipe.send(_asked(application, addresses, and_next=and_next))
        elif (child := os.fork()) == 0:
            try:
                pipe.send(_asked(make(), addresses, and_next=and_next))
            except BaseException as error:
                pipe.send(f"The fresh reader has failed: {error!r}")
            finally:
                os._exit(0)
        else:
            os.waitpid(child, 0)


def _asked(application: Application, addresses: list[str], *, and_next: bool) -> Pages:
    pages = {address: asked(application, address) for address in addresses}
    if and_next:
        further = {address for page in pages.values() for address in _leading_on(page)}
        pages |= {each: asked(application, each) for each in sorted(further - pages.keys())}
    return pages


def _leading_on(page: Page) -> list[str]:
    found = [*_NEXT.findall(page.body), *_CARD.findall(page.body)[:1]]
    addresses = (each.decode().replace("&amp;", "&").partition("#")[0] for each in found)
    return [each for each in addresses if each.startswith("/")]


def asked(application: Application, address: str, **environ: Any) -> Page:
    """Return what the application answers to a GET of a path with its query."""
    started: list[Any] = []
    body = application(
        environ_of(address) | environ,
        lambda status, headers, exc_info=None: started.append((status, dict(headers))),
    )
    try:
        whole = b"".join(body)
    finally:
        if hasattr(body, "close"):
            body.close()
    status, headers = started[-1]
    is_private = headers.get("Cache-Control", "").startswith(_PRIVATE)
    compared = tuple(
        (name, headers.get(name, "").removeprefix("W/"))
        for name in _COMPARED
        if not (is_private and name == "ETag")
    )
    return Page(status, compared, _OWN.sub(rb"\1\2", whole), headers.get("X-Cache", ""))


def environ_of(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(parts.path).encode().decode("latin-1"),
        "QUERY_STRING": quote(parts.query, safe="=&%;+"),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "HTTP_HOST": "testserver",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.version": (1, 0),
    }


def plain() -> Application:
    """Django as every request reaches it that no page store answers."""
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def stored() -> Application:
    """Django behind a page store, which takes the time that goes on alone from the clock too."""
    from config.page_store import application, rendered, stored_page

    for module in (application, rendered, stored_page):
        module.time = SimpleNamespace(time=time.time, monotonic=time.time)  # type: ignore[attr-defined]
    return application.with_page_store(plain())
