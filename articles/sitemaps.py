"""What search engines shall find: an index, parts of at most five thousand addresses, the news.

An article stays in the part that its number gives it, so that a new one changes the last part
alone, and the index knows every part and its age by one query.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import DateTimeField, F, Max, OuterRef, QuerySet, Subquery, Value
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from articles import site
from articles.models import Article, Image
from articles.navigation import public_authors, public_sections, public_series, public_tags
from articles.site import absolute
from articles.text import one_line, whole_number
from articles.translations import Versions, versions_in_part

PART_SIZE = 5000
NEWS_AGE = timedelta(hours=48)
# What the news sitemaps' format has room for.
NEWS_SIZE = 1000
# Two languages have names of their own in that format.
_NEWS_LANGUAGES = {"zh-Hans": "zh-cn", "zh-Hant": "zh-tw"}
_KIND = "application/xml"


@dataclass(frozen=True, slots=True)
class Entry:
    """A page by its absolute address, when readers last got something new there, what it shows.

    `versions` are those of an article in several languages.
    """

    location: str
    changed_at: datetime | None
    images: list[str] = field(default_factory=list)
    versions: Versions = field(default_factory=Versions)


Rows = QuerySet[Any]


def _articles() -> Rows:
    return Article.objects.published().with_newest_change()


def _listed(rows: Callable[[], Rows], relation: str) -> Callable[[], Rows]:
    """Return how to ask for lists of articles with the time of the newest article in each.

    An index knows it; the newest change of all in a list is known only to who reads the list.
    """

    def with_changes() -> Rows:
        within = Article.objects.published().filter(**{relation: OuterRef("pk")})
        newest = within.newest_first().values("published_at")[:1]
        return rows().annotate(newest_change=Subquery(newest))

    return with_changes


def _undated(rows: Callable[[], Rows]) -> Callable[[], Rows]:
    unknown = Value(None, output_field=DateTimeField())
    return lambda: rows().annotate(newest_change=unknown)


_ROWS: dict[str, Callable[[], Rows]] = {
    "articles": _articles,
    "categories": _listed(public_sections, "category"),
    "series": _listed(public_series, "series"),
    # Whoever would say when these changed has to read all that they list.
    "authors": _undated(public_authors),
    "tags": _undated(public_tags),
}
# The front page and the lists that do not come from rows.
_PAGES = ("articles:front_page", "articles:article_list", "articles:archive")


def sitemap_index(request: HttpRequest) -> HttpResponse:
    """List the parts that hold something, each with the time of its newest change."""
    parts = {section: _parts(rows()) for section, rows in _ROWS.items()}
    newest = max((changed_at for _, changed_at in parts["articles"] if changed_at), default=None)
    entries = [Entry(_address("pages"), newest)]
    for section, known in parts.items():
        entries += [Entry(_address(section, number), changed_at) for number, changed_at in known]
    return render(request, "sitemap_index.xml", {"entries": entries}, content_type=_KIND)


def section_sitemap(request: HttpRequest, section: str) -> HttpResponse:
    """List the addresses of one part of a section, which `?p=` tells."""
    number = whole_number(request.GET.get("p", "1"), most_digits=9)
    if not number or (section != "pages" and section not in _ROWS):
        raise Http404("There is no such sitemap.")
    entries = _pages() if section == "pages" else list(_entries(section, number))
    if number > 1 and not entries:
        raise Http404("That part holds nothing.")
    return render(request, "sitemap.xml", {"entries": entries}, content_type=_KIND)


def news_sitemap(request: HttpRequest) -> HttpResponse:
    """List what was published within two days, as news search engines ask for it."""
    recent = Article.objects.published().filter(published_at__gte=timezone.now() - NEWS_AGE)
    shown = recent.newest_first().only("slug", "title", "language", "published_at")[:NEWS_SIZE]
    entries = [
        (
            absolute(article.get_absolute_url()),
            one_line(article.title),
            article.published_at,
            _NEWS_LANGUAGES.get(article.language, article.language),
        )
        for article in shown
    ]
    context = {"entries": entries, "name": one_line(site.name())}
    return render(request, "sitemap_news.xml", context, content_type=_KIND)


def _address(section: str, number: int = 1) -> str:
    address = absolute(reverse("articles:sitemap", args=[section]))
    return f"{address}?p={number}" if number > 1 else address


def _parts(rows: Rows) -> list[tuple[int, datetime | None]]:
    """Return the numbers of the parts that hold something, with their newest changes."""
    number = F("pk") / PART_SIZE
    grouped = rows.order_by().annotate(part=number).values("part")
    changed = grouped.annotate(newest=Max("newest_change")).order_by("part")
    return [(part + 1, newest) for part, newest in changed.values_list("part", "newest")]


def _entries(section: str, number: int) -> Iterable[Entry]:
    first = (number - 1) * PART_SIZE
    rows = _ROWS[section]().filter(pk__gte=first, pk__lt=first + PART_SIZE).order_by("pk")
    if section == "articles":
        yield from _article_entries(rows, versions_in_part(first, first + PART_SIZE))
        return
    for row in rows.only("slug"):
        yield Entry(absolute(row.get_absolute_url()), row.newest_change)


def _article_entries(rows: Rows, versions: Mapping[int, Versions]) -> Iterable[Entry]:
    for row in _with_images(rows):
        yield Entry(
            absolute(row.get_absolute_url()),
            row.newest_change,
            _images_of(row),
            versions.get(row.translation_of_id or row.pk, Versions()),
        )


def _with_images(rows: Rows) -> Rows:
    uses = "image_uses__image"
    names = ("slug", "pending", "translation_of", "lead_image__file")
    return rows.select_related("lead_image").prefetch_related(uses).only(*names)


def _images_of(article: Article) -> list[str]:
    """Return the pictures that readers see: what a version that waits will show is noted too."""
    images: list[Image] = [article.lead_image] if article.lead_image else []
    if article.pending_id is None:
        images += [use.image for use in article.image_uses.all()]
    return [absolute(image.url) for image in dict.fromkeys(images)]


def _pages() -> list[Entry]:
    changed_at = _newest_change()
    return [Entry(absolute(reverse(page)), changed_at) for page in _PAGES]


def _newest_change() -> datetime | None:
    """Return when the newest article appeared, which these pages begin with."""
    return Article.objects.published().newest_first().values_list("published_at", flat=True).first()
