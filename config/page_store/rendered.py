"""What Django makes of an address alone, and whether it may be stored."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.http import parse_http_date_safe

from articles.page_facts import PageFacts
from config.page_store.requests import Environ
from config.page_store.stored_page import Headers, StoredPage

Application = Callable[[Environ, Any], Any]

# What nobody notes shows after this long, such as rows that were changed by hand.
LONGEST_SECONDS = 600


class Rendered:
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

    @property
    def is_out(self) -> bool:
        """Whether the whole site cannot make pages, which a fault in one page does not say."""
        return self._status.startswith("503")

    def answer(self, environ: Environ, start_response: Any) -> tuple[bytes]:
        """Answer a request with what was made, whatever it is."""
        start_response(self._status, self._headers)
        return (b"" if environ["REQUEST_METHOD"] == "HEAD" else self._body,)

    def page(self, began: float, moment: float) -> StoredPage | None:
        """Return what may be stored: whole pages for everybody that no cookie goes with.

        `began` is monotonic time, `moment` Unix time: when pages change by the clock.
        """
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
            tags=facts.all_tags,
            renewed_at=began + (facts.renewed_within or LONGEST_SECONDS),
            ends_at=ends_at,
            last_modified=parse_http_date_safe(last_modified) if last_modified else None,
        )

    def _start(self, status: str, headers: Headers, exc_info: Any = None) -> None:
        self._status, self._headers = status, headers
