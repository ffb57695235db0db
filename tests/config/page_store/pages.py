"""Pages for tests, and asking a WSGI application for them."""

from __future__ import annotations

from typing import Any, NamedTuple
from wsgiref.util import setup_testing_defaults

from config.page_store.stored_page import StoredPage

FAR = 9e12
HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "public, max-age=0, s-maxage=60, stale-while-revalidate=30"),
    ("Cache-Tag", "site articles"),
    ("Content-Length", "1"),
]


def page(
    body: bytes = b"text", *, tags: str = "site articles", ends_at: float = FAR, **fields: Any
) -> StoredPage:
    return StoredPage(
        body,
        HEADERS,
        etag="mark",
        tags=frozenset(tags.split()),
        renewed_at=FAR,
        ends_at=ends_at,
        **fields,
    )


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def state(self) -> str | None:
        """What the store says of it: hit, miss or stale; None of what it has not answered."""
        return self.headers.get("X-Cache")


def get(application: Any, path: str = "/", *, query: str = "", **environ: Any) -> Answer:
    """Ask for a path, unquoted; keywords are entries of WSGI's environment."""
    asked: dict[str, Any] = {"HTTP_HOST": "testserver", "PATH_INFO": path, "QUERY_STRING": query}
    setup_testing_defaults(asked)
    asked |= {"PATH_INFO": path.encode().decode("latin-1")} | environ
    started: list[Any] = []
    body = application(
        asked, lambda status, headers, exc_info=None: started.extend((status, headers))
    )
    whole = b"".join(body)
    if hasattr(body, "close"):
        body.close()
    return Answer(int(started[0].split()[0]), dict(started[1]), whole)
