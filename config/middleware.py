"""The middleware that belongs to the site as a whole."""

from collections.abc import Callable

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

from accounts.middleware import desk_path

Handler = Callable[[HttpRequest], HttpResponseBase]

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
# What no page of ours asks a browser for, and so no script that gets in shall.
POWERS = (
    "camera",
    "display-capture",
    "geolocation",
    "hid",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
)
PERMISSIONS_POLICY = ", ".join(f"{power}=()" for power in POWERS)


def permissions_policy(get_response: Handler) -> Handler:
    """Give the powers of a browser that no page of ours needs away, on every page."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        return response

    return middleware


def desk_content_policy(get_response: Handler) -> Handler:
    """Allow style attributes on the desk, where Unfold's widgets set them; nothing else."""
    relaxed = csp_update({"style-src": [UNSAFE_INLINE]})(get_response)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        is_desk = request.path_info.startswith(desk_path())
        return relaxed(request) if is_desk else get_response(request)

    return middleware


def strict_caching(get_response: Handler) -> Handler:
    """Keep cookies out of what a shared cache may keep, and out of caches what does not say.

    Django answers a malformed CSRF cookie with a new one on whatever page was asked for. Kept
    by a cache, it would give every later reader the token of the one who sent nonsense.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        elif "public" in response["Cache-Control"]:
            response.cookies.clear()
            _let_cookies_not_matter(response)
        return response

    return middleware


def _let_cookies_not_matter(response: HttpResponseBase) -> None:
    """Take Cookie out of Vary: what says "public" is the same for everybody.

    Were it left, a "not found" would tell whether somebody was asked for who they are, and by
    that whether there is a comment that waits for a moderator.
    """
    names = [name.strip() for name in response.get("Vary", "").split(",")]
    kept = [name for name in names if name and name.lower() != "cookie"]
    del response["Vary"]
    if kept:
        response["Vary"] = ", ".join(kept)


def links_and_forms_only(get_response: Handler) -> Handler:
    """Refuse the methods that no link and no form sends.

    The desk would take PUT and DELETE for GET, and pages of class-based views PUT for POST.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return get_response(request)

    return middleware


def only_utf_8(get_response: Handler) -> Handler:
    """Read every request as UTF-8, whatever charset its sender names.

    Some codecs decode to lone surrogates, which no page and no database can hold.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.encoding is not None:
            request.encoding = "utf-8"
        return get_response(request)

    return middleware


def no_null_in_queries(get_response: Handler) -> Handler:
    """Put the sign for what cannot be read in the place of a NUL in an address's query.

    No text of ours holds one, and PostgreSQL refuses to be asked for it.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query:
            request.META["QUERY_STRING"] = query.replace("%00", "%EF%BF%BD")
        return get_response(request)

    return middleware
