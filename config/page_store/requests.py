"""Which requests the page store answers, and what is left of a request when a page is made."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.urls import Resolver404, resolve

Environ = dict[str, Any]

_LISTS = ("article_list", "category", "tag", "author", "series", "archive_year", "archive_month")
_FEEDS = ("article_list_feed", "category_feed", "tag_feed", "author_feed", "series_feed")
_OTHERS = (
    "front_page",
    "article",
    "archive",
    "reading_list",
    "feed",
    "atom_feed",
    "json_feed",
    "sitemap_index",
    "news_sitemap",
    "robots",
    "llms",
    "manifest",
)
# The pages that are the same for everybody, and the arguments that make them another page.
PUBLIC_PAGES: dict[str, frozenset[str]] = {
    **{f"articles:{name}": frozenset({"after"}) for name in _LISTS},
    **{f"articles:{name}": frozenset() for name in (*_FEEDS, *_OTHERS)},
    "articles:sitemap": frozenset({"p"}),
    "comments:feed": frozenset(),
    "comments:privacy": frozenset(),
}
# What others append to links of ours, for their own counting: it makes no other page.
_TRACKING = frozenset(
    {
        "fbclid",
        "gclid",
        "igshid",
        "n_ad",
        "n_media",
        "n_query",
        "n_rank",
        "utm_campaign",
        "utm_content",
        "utm_id",
        "utm_medium",
        "utm_source",
        "utm_term",
    }
)
_LONGEST_QUERY = 500


# Host with its port, path as WSGI gives it, and query: what tells one page from another.
Address = tuple[str, str, str]


class Requests:
    """Judges requests by the settings of the site."""

    def __init__(self) -> None:
        self._scheme = urlsplit(settings.SITE_URL).scheme
        self._is_forwarded = settings.SECURE_PROXY_SSL_HEADER is not None

    def address_of(self, environ: Environ) -> Address | None:
        """Return host, path and query of what may be asked of the store, else None.

        Nobody is known by such a request: it has no cookie and no authorization.
        """
        if (
            environ["REQUEST_METHOD"] not in {"GET", "HEAD"}
            or "HTTP_COOKIE" in environ
            or "HTTP_AUTHORIZATION" in environ
            or environ.get("SCRIPT_NAME")
            or self._scheme_of(environ) != self._scheme
        ):
            return None
        query = environ.get("QUERY_STRING", "")
        if query:
            if len(query) > _LONGEST_QUERY:
                return None
            query = without_tracking(query)
        return environ.get("HTTP_HOST", ""), environ.get("PATH_INFO", ""), query

    def is_public(self, address: Address) -> bool:
        """Whether a page at that address is the same for everybody who asks for it."""
        host, path, query = address
        domain, _ = split_domain_port(host)
        if not domain or not validate_host(domain, settings.ALLOWED_HOSTS):
            return False
        try:
            match = resolve(path.encode("latin-1").decode())
        except (UnicodeError, Resolver404):
            return False
        allowed = PUBLIC_PAGES.get(match.view_name)
        return allowed is not None and _has_only(query, allowed)

    def scrubbed(self, address: Address) -> Environ:
        """Return a request for the page that says nothing of whoever asks."""
        host, path, query = address
        _, port = split_domain_port(host)
        environ: Environ = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_PROTOCOL": "HTTP/1.1",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": port or ("443" if self._scheme == "https" else "80"),
            "HTTP_HOST": host,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": self._scheme,
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
            # Whoever counts what was asked for counts the reader's own request.
            "pildam.for_store": True,
        }
        if self._is_forwarded:
            environ["HTTP_X_FORWARDED_PROTO"] = self._scheme
        return environ

    def _scheme_of(self, environ: Environ) -> str:
        """Return the scheme as Django judges it (`HttpRequest.scheme`)."""
        if self._is_forwarded and "HTTP_X_FORWARDED_PROTO" in environ:
            first, _, _ = environ["HTTP_X_FORWARDED_PROTO"].partition(",")
            return "https" if first.strip() == "https" else "http"
        scheme: str = environ["wsgi.url_scheme"]
        return scheme


def without_tracking(query: str) -> str:
    """Return the arguments of a query that may matter, in their order."""
    parts = query.split("&")
    return "&".join(part for part in parts if part.partition("=")[0] not in _TRACKING)


def _has_only(query: str, allowed: Iterable[str]) -> bool:
    """Whether a query names each allowed argument once at most, and no other."""
    names = [part.partition("=")[0] for part in query.split("&")] if query else []
    return set(names) <= set(allowed) and len(names) == len(set(names))
