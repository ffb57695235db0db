"""Answering a request with a stored page."""

from __future__ import annotations

from typing import Any

from django.utils.http import parse_http_date_safe

from config.page_store.encodings import chosen
from config.page_store.requests import Environ
from config.page_store.stored_page import StoredPage, kept_shorter

# How long a cache in front keeps what was made before an outage.
_STALE_SECONDS = 10


def answer(
    page: StoredPage, environ: Environ, start_response: Any, state: str, now: float
) -> tuple[bytes]:
    """Answer by the page; `state` is hit, miss or stale, for whoever looks after the site."""
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
    # Any other date may be that of another process, and of another content.
    return moment == page.last_modified
