"""The files that machines ask for at the root of a site."""

import re
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from articles import site
from articles.caching import FEED, ICON, cacheable, public_feed
from articles.models import Article, FrontPin, SiteSettings
from articles.most_read import hot
from articles.navigation import public_sections
from articles.site import SEARCH_PATH, absolute
from articles.text import one_line

_ICONS = Path(__file__).resolve().parent / "assets" / "icons"
_PAPER = "#f9f5ec"
# The essays that a reader who knows nothing of the site had best begin with.
_ESSAYS = 20
_LIVELY_IN_MARKDOWN = re.compile(r"([\\`*_\[\]<>#])")


class Signpost(NamedTuple):
    """A line that leads somewhere, in Markdown that its words cannot break."""

    name: str
    url: str
    about: str = ""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    context = {"search_path": SEARCH_PATH}
    response = render(request, "robots.txt", context, content_type="text/plain; charset=utf-8")
    cacheable(response, FEED)
    return response


@public_feed
def llms(request: HttpRequest) -> HttpResponse:
    """Say in Markdown what the site is and where to begin, for language models (llmstxt.org)."""
    house = SiteSettings.current()
    sections = list(public_sections())
    context = {
        "name": _quiet(site.name()),
        "description": _quiet(house.description),
        "sections": [
            Signpost(_quiet(s.name), absolute(s.get_absolute_url()), _quiet(s.description))
            for s in sections
        ],
        "essays": [
            Signpost(_quiet(a.title), absolute(a.get_absolute_url()), _quiet(a.description))
            for a in _essays()
        ],
        "places": _places(),
    }
    return render(request, "llms.txt", context, content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Serve the icon for those who ask without reading a page's links first."""
    return _icon("favicon.ico", "image/x-icon")


@require_safe
def touch_icon(request: HttpRequest) -> HttpResponse:
    return _icon("apple-touch-icon.png", "image/png")


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """Describe the site to a phone whose owner puts it on the first screen."""
    house = SiteSettings.current()
    sizes = (("icon-192.png", "192x192"), ("icon-512.png", "512x512"))
    icons = [
        {"src": static(f"icons/{name}"), "sizes": size, "type": "image/png", "purpose": purpose}
        for name, size in sizes
        for purpose in ("any", "maskable")
    ]
    described = {
        "id": "/",
        "name": site.name(),
        "short_name": site.name(),
        "description": house.description,
        "lang": "ko",
        "dir": "ltr",
        "start_url": reverse("articles:front_page"),
        "scope": "/",
        "display": "minimal-ui",
        "background_color": _PAPER,
        "theme_color": _PAPER,
        "icons": icons,
    }
    response = JsonResponse(
        described,
        content_type="application/manifest+json; charset=utf-8",
        json_dumps_params={"ensure_ascii": False},
    )
    cacheable(response, FEED)
    return response


@require_safe
def indexnow_key(request: HttpRequest, key: str) -> HttpResponse:
    """Show the key to whoever knows it: so IndexNow sees whose the site is."""
    if not settings.INDEXNOW_KEY or not constant_time_compare(key, settings.INDEXNOW_KEY):
        raise Http404("That is not the key.")
    response = HttpResponse(key, content_type="text/plain; charset=utf-8")
    cacheable(response, FEED)
    return response


def _icon(name: str, kind: str) -> HttpResponse:
    response = HttpResponse((_ICONS / name).read_bytes(), content_type=kind)
    response["Cache-Control"] = ICON
    return response


def _quiet(text: str) -> str:
    return _LIVELY_IN_MARKDOWN.sub(r"\\\1", one_line(text))


def _essays() -> list[Article]:
    """Return what editors have pinned, what is read most, and then the newest, none twice."""
    shown = Article.objects.published().without_text().newest_first()
    now = timezone.now()
    pins = [pin.article_id for pin in FrontPin.objects.all() if pin.is_in_force(now)]
    preferred = [*pins, *(article.pk for article in hot())]
    found = shown.in_bulk(preferred)
    chosen = [found[key] for key in preferred if key in found] + list(shown[:_ESSAYS])
    return list(dict.fromkeys(chosen))[:_ESSAYS]


def _places() -> list[Signpost]:
    named = (
        ("모든 글", "article_list", "최근에 실린 글부터"),
        ("지난 글", "archive", "연도와 달로"),
        ("RSS", "feed", "새 글 20편의 전문"),
        ("Atom", "atom_feed", ""),
        ("JSON Feed", "json_feed", ""),
        ("사이트맵", "sitemap_index", "모든 글의 주소"),
    )
    return [Signpost(name, absolute(reverse(f"articles:{to}")), about) for name, to, about in named]
