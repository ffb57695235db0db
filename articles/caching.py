"""What caches may keep, and for how long. A page that says nothing here is not for them.

Front caches hold an anonymous page for a minute; `max-age=0` keeps browsers asking, so that
an edited or withdrawn article is gone for everybody once the front cache has let go of it.
"""

import hashlib
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.core.cache import cache
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
)
from django.utils import timezone
from django.utils.http import http_date
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from articles.page_changes import ADDRESSES
from articles.page_facts import PageFacts, gathered
from articles.text import normalised

PAGE = "public, max-age=0, s-maxage=60, stale-while-revalidate=30, stale-if-error=86400"
FEED = "public, s-maxage=300"
MOVED = "public, max-age=0, s-maxage=60"
MISSING = "public, max-age=0, s-maxage=10"
ASSET = "public, max-age=31536000, immutable"
ICON = "public, max-age=86400"

# For how long a cache may hold a page by what PAGE says, stale or not.
_PAGE_SECONDS = 90
# How long it is remembered since when a feed has its content; forgotten, it is new again.
_DATED_SECONDS = 30 * 24 * 3600
_LONGEST_PART = 6

View = Callable[..., HttpResponseBase]

# For what holds a form or a reader's own words, and for accidents: nobody may keep it.
private_page = cache_control(private=True, no_store=True)


def public_page(view: View) -> View:
    """Serve a page that is the same for everybody: safe methods, one address, cacheable.

    These alone are counted where the house counts visits: not the desk, and no reader's own page.
    """

    @wraps(view)
    def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.is_counted = True  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return _public(counted, PAGE)


def page_of_today(now: datetime) -> str:
    """Return how long caches may keep a page that names the day: until midnight in Korea at most."""
    local = timezone.localtime(now)
    midnight = (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    left = int((midnight - local).total_seconds())
    if left >= _PAGE_SECONDS:
        return PAGE
    return f"public, max-age=0, s-maxage={left}, stale-if-error=86400"


def public_feed(view: View) -> View:
    """Serve what machines fetch again and again: feeds and sitemaps."""

    @wraps(view)
    def dated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if isinstance(response, HttpResponse):
            _date_by_content(request, response)
        return response

    return _public(dated, FEED)


def _date_by_content(request: HttpRequest, response: HttpResponse) -> None:
    """Say since when the address answers with this very content, for whoever asks by date.

    Django names the newest item's date, which says nothing of what was changed, has expired or
    was taken down since: whoever asked by it alone would keep that.
    """
    part = request.GET.get("p", "")[:_LONGEST_PART]
    key = f"feed-since:{hashlib.sha256(f'{request.path_info}?{part}'.encode()).hexdigest()}"
    digest = hashlib.sha256(response.content).hexdigest()
    last_digest, since = cache.get(key) or ("", 0)
    if last_digest != digest:
        # In the same second an earlier content may have been given out under its date.
        since = max(int(time.time()), since + 1)
        cache.set(key, (digest, since), _DATED_SECONDS)
    response["Last-Modified"] = http_date(since)
    if request.headers.get("If-Modified-Since") != response["Last-Modified"]:
        # Another process may have shown something else after that date, and an earlier content may
        # be back: a date says that nothing has changed only if it is the very one given out with it.
        request.META.pop("HTTP_IF_MODIFIED_SINCE", None)


def _public(view: View, cache_control: str) -> View:
    @require_safe
    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        canonical_path = normalised(request.path_info).lower()
        if canonical_path != request.path_info:
            return moved_permanently(request, canonical_path)
        with gathered() as facts:
            response = view(request, *args, **kwargs)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = cache_control
        tell(response, facts)
        return response

    return wrapper


def tell(response: HttpResponseBase, facts: PageFacts) -> None:
    """Say by which tags caches can be told that the page has changed (`Cache-Tag`)."""
    response["Cache-Tag"] = facts.header
    # For the page store, which also needs to know until when the page is right.
    response.page_facts = facts  # type: ignore[attr-defined]


def cacheable(response: HttpResponseBase, cache_control: str, *tags: str) -> None:
    """Let caches keep what is no page, until what these tags stand for changes."""
    response["Cache-Control"] = cache_control
    tell(response, PageFacts(dict.fromkeys(tags)))


def moved_permanently(
    request: HttpRequest, address: str, *, keeps_query: bool = True
) -> HttpResponseBase:
    """Redirect for good, with the query of the request unless the address replaces it.

    Browsers must ask again: an article may be given its old address back, and a redirect
    that a browser never forgets would then lead round in a circle.
    """
    query = request.META.get("QUERY_STRING", "") if keeps_query else ""
    separator = "&" if "?" in address else "?"
    response = HttpResponsePermanentRedirect(address + (f"{separator}{query}" if query else ""))
    cacheable(response, MOVED, ADDRESSES)
    return response
