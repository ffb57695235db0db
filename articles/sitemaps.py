"""What search engines shall find: an index, parts of at most a thousand addresses, the news.

An article stays in the part that its number gives it, so that a new one changes the last part
alone, and the index knows the age of each part by one look at an index of the database.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connections
from django.db.models import DateTimeField, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.expressions import RawSQL
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from articles import site
from articles.models import Article, Image
from articles.models.sitemap_part import PART_SIZE, part_of
from articles.navigation import public_authors, public_sections, public_series, public_tags
from articles.page_facts import changes_at
from articles.site import absolute
from articles.text import one_line, whole_number
from articles.translations import Versions, versions_in_part

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
    parts = list(_parts())
    newest = max((changed_at for section, _, changed_at in parts if changed_at), default=None)
    entries = [Entry(_address("pages"), newest)]
    addresses = {section: _address(section) for section in _ROWS}
    entries += [
        Entry(_in_part(addresses[section], number), changed_at)
        for section, number, changed_at in parts
    ]
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
    # The oldest leaves by the clock alone.
    if entries and (published_at := entries[-1][2]):
        changes_at(published_at + NEWS_AGE)
    context = {"entries": entries, "name": one_line(site.name())}
    return render(request, "sitemap_news.xml", context, content_type=_KIND)


def _address(section: str) -> str:
    return absolute(reverse("articles:sitemap", args=[section]))


def _in_part(address: str, number: int) -> str:
    return f"{address}?p={number}" if number > 1 else address


def _parts() -> Iterable[tuple[str, int, datetime | None]]:
    """Yield the section and number of each part that holds something, and its newest change.

    Only articles are told the age of, because other parts would have to read all that they list.
    """
    tellers = {section: _tellers(section) for section in _ROWS}
    changed: Rows = Article.objects.filter(pk__in=[key for _, key in tellers["articles"]])
    changed = changed.with_newest_change().order_by()  # type: ignore[attr-defined]
    changed_at = dict(changed.values_list("pk", "newest_change"))
    for section, parts in tellers.items():
        for part, key in parts:
            yield section, part + 1, changed_at.get(key) if section == "articles" else None


def _tellers(section: str) -> list[tuple[int, int]]:
    """Return each part that holds something, with the key of a row that shows it does.

    Of articles that is the one that has changed last. The database looks for it in every part by
    itself and reads one each; grouping all rows by part would read them all.
    """
    rows = _teller(section).values("pk")[:1]
    sql, values = rows.query.sql_with_params()
    table = rows.model._meta.db_table
    statement = f"""
        WITH RECURSIVE part (number) AS (
            SELECT 0
            UNION ALL
            SELECT number + 1 FROM part WHERE number < (SELECT MAX(id) FROM {table}) / {PART_SIZE}
        )
        SELECT number, ({sql}) FROM part ORDER BY number
    """  # noqa: S608 - Django's own SQL, our own names
    with connections[rows.db].cursor() as cursor:
        cursor.execute(statement, values)
        return [(number, key) for number, key in cursor.fetchall() if key is not None]


def _teller(section: str) -> Rows:
    """Return the rows of the part that `_tellers` looks at, the one to be told of first."""
    rows: Any = _ROWS[section]()
    if section == "articles":
        in_part = rows.alias(part=part_of()).filter(part=_numbered("part.number"))
        return in_part.order_by("-newest_change")
    first, end = f"part.number * {PART_SIZE}", f"(part.number + 1) * {PART_SIZE}"
    return rows.order_by().filter(pk__gte=_numbered(first), pk__lt=_numbered(end))


def _numbered(sql: str) -> RawSQL:
    return RawSQL(sql, (), IntegerField())  # noqa: S611 - our own words


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
