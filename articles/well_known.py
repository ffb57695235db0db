"""The files that machines ask for at the root of a site."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.caching import FEED, ICON

_FAVICON = Path(__file__).resolve().parent / "assets" / "icons" / "favicon.ico"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    response = render(request, "robots.txt", content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = FEED
    return response


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Serve the icon for those who ask without reading a page's links first."""
    response = HttpResponse(_FAVICON.read_bytes(), content_type="image/x-icon")
    response["Cache-Control"] = ICON
    return response
