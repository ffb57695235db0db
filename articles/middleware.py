"""Old links keep working, and scripts of others are let in where the house has asked for them."""

import re
from collections.abc import Callable
from urllib.parse import quote

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from articles.caching import moved_permanently
from articles.missing_pages import record_missing_page
from articles.models import Redirect, SiteSettings

Handler = Callable[[HttpRequest], HttpResponseBase]

# Where the script comes from that shares by KakaoTalk, and where its form leads.
KAKAO_SCRIPTS = "https://t1.kakaocdn.net"
KAKAO_SHARER = "https://sharer.kakao.com"

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


def outside_scripts_policy(get_response: Handler) -> Handler:
    """Let browsers load the house's counter and Kakao's script on the pages that name them.

    It stands outside of what answers "not modified", which says anew what a page may load.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        # After an accident the database is not asked a second time: it may be what is away.
        if not getattr(request, "is_counted", False) or response.status_code >= 500:
            return response
        allowed = _outside_origins()
        return csp_update(allowed)(lambda request: response)(request) if allowed else response

    return middleware


def _outside_origins() -> dict[str, list[str]]:
    """Return what the content policy allows public pages beyond the site itself."""
    allowed: dict[str, list[str]] = {}
    if origin := SiteSettings.current().analytics_origin:
        allowed = {"script-src": [origin], "connect-src": [origin]}
    if settings.KAKAO_JS_KEY:
        allowed.setdefault("script-src", []).append(KAKAO_SCRIPTS)
        allowed["form-action"] = [KAKAO_SHARER]
    return allowed
