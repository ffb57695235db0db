"""What stands at the addresses of this site: asked for many at once, in a few queries."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.db.models import OuterRef, QuerySet
from django.urls import Resolver404, resolve
from django.utils import timezone

from articles.archive import years_at
from articles.local_addresses import LocalAddress
from articles.models import Article, Category, Image, Redirect, Status
from articles.models.existence import there_is
from articles.navigation import public_authors, public_series, public_tags

# A database takes only so many values in one question.
_CHUNK = 5000
_ID = re.compile(r' id="([^"]+)"')
_UNKNOWN = "이 사이트에 그런 주소가 없습니다."
_HIDDEN_TARGET = "옛 주소입니다. 옮겨 간 글을 지금은 독자가 볼 수 없습니다."
_LISTS: dict[str, tuple[Callable[[], QuerySet[Any]], str]] = {
    "categories": (lambda: Category.objects.all(), "그런 카테고리가 없습니다."),
    "tags": (public_tags, "그런 태그가 없거나, 공개된 글이 없는 태그입니다."),
    "authors": (public_authors, "그런 필자가 없거나, 공개된 글이 없는 필자입니다."),
    "series": (public_series, "그런 연재가 없거나, 공개된 회차가 없는 연재입니다."),
}


class _Place(NamedTuple):
    """Which kind of page an address asks for, and the slug, month or path that tells which."""

    kind: str
    key: Any


class KnownPlaces:
    """The answers to a collection of addresses; others must not be asked about."""

    def __init__(self, addresses: Iterable[LocalAddress], at: datetime | None = None) -> None:
        self._at = at or timezone.now()
        asked = list(dict.fromkeys(addresses))
        self._places = {address: _place(address.path) for address in asked}
        self._faults = self._without_redirects()
        self._reach_by_redirects()
        self._anchors = self._anchors_of_articles()

    def fault(self, address: LocalAddress) -> str:
        """Why readers find nothing there, in Korean, or "" when they do."""
        return self._faults[address]

    def anchors(self, address: LocalAddress) -> frozenset[str] | None:
        """The anchors of the article there; None where nothing is known of them."""
        place = self._places[address]
        return self._anchors.get(place.key) if place.kind == "articles" else None

    def _keys(self, kind: str) -> set[Any]:
        return {place.key for place in self._places.values() if place.kind == kind}

    def _without_redirects(self) -> dict[LocalAddress, str]:
        answers: dict[str, dict[Any, str]] = {
            "articles": self._article_faults(),
            "archive": self._archive_faults(),
            "media": self._media_faults(),
            "page": dict.fromkeys(self._keys("page"), ""),
            "desk": dict.fromkeys(self._keys("desk"), "편집실 주소라 독자는 볼 수 없습니다."),
        }
        for kind, (rows, message) in _LISTS.items():
            wanted = self._keys(kind)
            there = {slug for (slug,) in _among(rows(), "slug", wanted, "slug")}
            answers[kind] = {slug: "" if slug in there else message for slug in wanted}
        return {
            address: answers.get(place.kind, {}).get(place.key, _UNKNOWN)
            for address, place in self._places.items()
        }

    def _article_faults(self) -> dict[Any, str]:
        live = Article.objects.published(self._at).filter(pk=OuterRef("pk"))
        rows = _among(
            Article.objects.annotate(is_live=there_is(live)),
            "slug",
            self._keys("articles"),
            *("slug", "is_live", "status", "published_at"),
        )
        faults = dict.fromkeys(self._keys("articles"), "그런 주소의 글이 없습니다.")
        for slug, is_live, status, published_at in rows:
            faults[slug] = "" if is_live else self._hidden(status, published_at)
        return faults

    def _hidden(self, status: str, published_at: datetime | None) -> str:
        was_shown = published_at is not None and published_at <= self._at
        if status == Status.WITHDRAWN or (status == Status.PUBLISHED and was_shown):
            return "독자에게서 내린 글입니다."
        return "아직 공개되지 않은 글입니다."

    def _archive_faults(self) -> dict[Any, str]:
        wanted = self._keys("archive")
        if not wanted:
            return {}
        months = {
            (year.number, month.number) for year in years_at(self._at) for month in year.months
        }
        there = months | {(year, None) for year, _ in months}
        return {key: "" if key in there else "그때 공개된 글이 없습니다." for key in wanted}

    def _media_faults(self) -> dict[Any, str]:
        wanted = self._keys("media")
        known = Image.objects.at(wanted) if wanted else {}
        return {
            path: "" if path in known or _is_stored(path) else "그런 파일이 없습니다."
            for path in wanted
        }

    def _reach_by_redirects(self) -> None:
        """Lift the faults of addresses from which readers are sent on."""
        dead = {address: _old_paths(address) for address, fault in self._faults.items() if fault}
        rows = _among(
            Redirect.objects.all(),
            "old_path",
            {path for paths in dead.values() for path in paths},
            *("old_path", "article_id"),
        )
        found = dict(rows)
        articles = _among(
            Article.objects.published(self._at), "pk", {pk for pk in found.values() if pk}, "pk"
        )
        public = {pk for (pk,) in articles}
        for address, paths in dead.items():
            old = next((path for path in paths if path in found), None)
            if old is not None:
                is_reached = found[old] is None or found[old] in public
                self._faults[address] = "" if is_reached else _HIDDEN_TARGET

    def _anchors_of_articles(self) -> dict[str, frozenset[str]]:
        slugs = {
            place.key
            for address, place in self._places.items()
            if place.kind == "articles" and address.anchor and not self._faults[address]
        }
        texts = _among(Article.objects.published(self._at), "slug", slugs, "slug", "body_html")
        return {slug: anchors_of(html) for slug, html in texts}


def anchors_of(html: str) -> frozenset[str]:
    """The anchors that a rendered text offers."""
    return frozenset(_ID.findall(html))


def _among(rows: QuerySet[Any], field: str, values: Iterable[Any], *wanted: str) -> Iterable[Any]:
    """The wanted columns of the rows whose field has one of these values."""
    ordered = sorted(values)
    for start in range(0, len(ordered), _CHUNK):
        chunk = ordered[start : start + _CHUNK]
        yield from rows.filter(**{f"{field}__in": chunk}).values_list(*wanted).iterator()


def _place(path: str) -> _Place:
    match = None
    for candidate in (path, path + "/"):
        try:
            match = resolve(candidate)
            break
        except Resolver404:
            continue
    if match is None:
        is_static = path.startswith(f"/{settings.STATIC_URL.strip('/')}/")
        return _Place("page" if is_static else "", path)
    kind = match.route.split("/")[0]
    if kind == "archive" and match.kwargs:
        return _Place(kind, (match.kwargs["year"], match.kwargs.get("month")))
    if "slug" in match.kwargs and (kind in _LISTS or kind == "articles"):
        return _Place(kind, match.kwargs["slug"])
    return _Place({"media": "media", "admin": "desk"}.get(kind, "page"), path)


def _old_paths(address: LocalAddress) -> list[str]:
    """Under which names a redirect may be kept, in the order in which the site looks."""
    bare = address.path.rstrip("/")
    paths = [address.path, bare, f"{bare}/"]
    if address.query:
        paths.insert(0, f"{address.path}?{address.query}")
    parts = address.path.split("/")
    if len(parts) > 4 and parts[1] == "articles":
        # Whatever lies below an article's address has moved along with it.
        paths += [f"/articles/{parts[2]}/", f"/articles/{parts[2]}"]
    return [path for path in paths if path]


def _is_stored(path: str) -> bool:
    try:
        return default_storage.exists(path.removeprefix(settings.MEDIA_URL))
    except (SuspiciousFileOperation, ValueError, OSError):
        return False
