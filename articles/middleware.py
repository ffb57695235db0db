"""Old links keep working, and a counter of visits is let in where there is one."""

import re
from collections.abc import Callable
from urllib.parse import quote

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponseBase

from articles.caching import moved_permanently
from articles.missing_pages import record_missing_page
from articles.models import Redirect, SiteSettings

Handler = Callable[[HttpRequest], HttpResponseBase]

_BELOW_AN_ARTICLE = re.compile(r"(?P<article>/articles/[^/]+/)(?P<rest>.+)", re.DOTALL)


def redirect_old_paths(get_response: Handler) -> Handler:
    """Send readers of an old address on by one permanent redirect.

    The front page answers whatever query it is given, so that an old `/?p=12` must be looked
    up before it; every other address is looked up only when nothing else has answered.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"}:
            return get_response(request)
        if request.path_info == "/" and request.META.get("QUERY_STRING"):
            return _moved(request) or get_response(request)
        response = get_response(request)
        if response.status_code == 404:
            if moved := _moved(request):
                return moved
            record_missing_page(request)
        return response

    return middleware


def _moved(request: HttpRequest) -> HttpResponseBase | None:
    query = request.META.get("QUERY_STRING", "")
    path = request.path_info
    if query and (destination := _destination_of(f"{path}?{query}")):
        return moved_permanently(request, destination, keeps_query=False)
    if path == "/":
        return None
    if destination := _destination_of(path):
        return moved_permanently(request, destination, keeps_query=True)
    below = _BELOW_AN_ARTICLE.fullmatch(path)
    if below and (destination := _destination_of(below["article"])):
        # Whatever lies below an article's address, such as its discussion, has moved along.
        return moved_permanently(request, destination + quote(below["rest"]), keeps_query=True)
    return None


def _destination_of(old_path: str) -> str | None:
    found = Redirect.objects.for_path(old_path)
    return found.destination() if found else None


def visit_counter_policy(get_response: Handler) -> Handler:
    """Let browsers load the house's counter, and report to it, on the pages that name it.

    It stands outside of what answers "not modified", which says anew what a page may load.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not getattr(request, "is_counted", False):
            return response
        origin = SiteSettings.current().analytics_origin
        if not origin:
            return response
        allowed = {"script-src": [origin], "connect-src": [origin]}
        return csp_update(allowed)(lambda request: response)(request)

    return middleware
