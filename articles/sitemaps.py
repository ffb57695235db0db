"""What search engines shall find: an index, parts of at most a thousand addresses, the news.

An article stays in the part that its number gives it, so that a new one changes the last part
alone, and the index knows the age of each part by one look at an index of the database.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.core.files.storage import default_storage
from django.db import connections
from django.db.models import DateTimeField, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.expressions import RawSQL
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from articles import site
from articles.models import Article, ImageUse
from articles.models.sitemap_part import PART_SIZE, part_of
from articles.navigation import public_authors, public_sections, public_series, public_tags
from articles.page_facts import changes_at
from articles.queries.compiled import CompiledQuery
from articles.site import absolute
from articles.sitemap_xml import Entry, page_list, part_list
from articles.text import normalised, one_line, whole_number
from articles.translations import Versions, versions_in_part

NEWS_AGE = timedelta(hours=48)
# What the news sitemaps' format has room for.
NEWS_SIZE = 1000
# What no address holds but where a slug stands.
_ANY_SLUG = "any-slug"
# Two languages have names of their own in that format.
_NEWS_LANGUAGES = {"zh-Hans": "zh-cn", "zh-Hant": "zh-tw"}
_KIND = "application/xml"


Rows = QuerySet[Any]


def _dated(rows: Callable[[datetime], Rows], relation: str) -> Callable[[datetime], Rows]:
    """Return how to ask for lists of articles with the time of the newest article in each.

    An index knows it; the newest change of all in a list is known only to who reads the list.
    """

    def with_changes(at: datetime) -> Rows:
        within = Article.objects.published(at).filter(**{relation: OuterRef("pk")})
        newest = within.newest_first().values("published_at")[:1]
        return rows(at).annotate(newest_change=Subquery(newest))

    return with_changes


def _undated(rows: Callable[[datetime], Rows]) -> Callable[[datetime], Rows]:
    unknown = Value(None, output_field=DateTimeField())
    return lambda at: rows(at).annotate(newest_change=unknown)


class _Section:
    """A kind of pages with an address each; `rows` have their slugs, and when they changed."""

    def __init__(self, page: str, rows: Callable[[datetime], Rows]) -> None:
        self._page = page
        self._slugs = CompiledQuery(
            lambda at, first, end: _numbered_from(rows(at), first, end).values_list(
                "slug", "newest_change"
            )
        )

    def entries(self, first: int, end: int) -> list[Entry]:
        """Return the pages whose rows have a number from the first to before the end."""
        address = _addresses(self._page)
        rows = self._slugs(timezone.now(), first, end)
        return [Entry(address(slug), changed_at) for slug, changed_at in rows]


class _Articles:
    """The articles, with the pictures that readers see and the versions in other languages."""

    def __init__(self) -> None:
        columns = ("pk", "slug", "newest_change", "translation_of", "lead_image__file")
        self._rows = CompiledQuery(
            lambda at, first, end: _numbered_from(_articles(at), first, end).values_list(*columns)
        )
        # What a version that waits will show is noted too, and must not be told.
        self._pictures = CompiledQuery(
            lambda first, end: (
                ImageUse.objects.filter(article__gte=first, article__lt=end)
                .filter(article__pending=None)
                .order_by("pk")
                .values_list("article", "image__file")
            )
        )

    def entries(self, first: int, end: int) -> list[Entry]:
        """Return the articles with a number from the first to before the end."""
        address = _addresses("articles:article")
        versions = versions_in_part(first, end)
        pictures: dict[int, list[str]] = defaultdict(list)
        for article, file in self._pictures(first, end):
            pictures[article].append(file)
        return [
            Entry(
                address(slug),
                changed_at,
                _picture_addresses([lead, *pictures.get(key, ())]),
                versions.get(original or key, _ONE_VERSION),
            )
            for key, slug, changed_at, original, lead in self._rows(timezone.now(), first, end)
        ]


def _articles(at: datetime) -> Rows:
    return Article.objects.published(at).with_newest_change()


def _numbered_from(rows: Rows, first: int, end: int) -> Rows:
    return rows.filter(pk__gte=first, pk__lt=end).order_by("pk")


def _picture_addresses(files: Iterable[str | None]) -> list[str]:
    return [absolute(default_storage.url(file)) for file in dict.fromkeys(files) if file]


_ONE_VERSION = Versions()
_LISTS: dict[str, Callable[[datetime], Rows]] = {
    "articles": _articles,
    "categories": _dated(public_sections, "category"),
    "series": _dated(public_series, "series"),
    # Whoever would say when these changed has to read all that they list.
    "authors": _undated(public_authors),
    "tags": _undated(public_tags),
}
_SECTIONS: dict[str, _Articles | _Section] = {
    "articles": _Articles(),
    "categories": _Section("articles:category", _LISTS["categories"]),
    "series": _Section("articles:series", _LISTS["series"]),
    "authors": _Section("articles:author", _LISTS["authors"]),
    "tags": _Section("articles:tag", _LISTS["tags"]),
}
# The front page and the lists that do not come from rows.
_PAGES = ("articles:front_page", "articles:article_list", "articles:archive")


def sitemap_index(request: HttpRequest) -> HttpResponse:
    """List the parts that hold something, each with the time of its newest change."""
    parts = list(_parts(timezone.now()))
    newest = max((changed_at for section, _, changed_at in parts if changed_at), default=None)
    entries = [Entry(_address("pages"), newest)]
    addresses = {section: _address(section) for section in _SECTIONS}
    entries += [
        Entry(_in_part(addresses[section], number), changed_at)
        for section, number, changed_at in parts
    ]
    return HttpResponse(part_list(entries), content_type=_KIND)


def section_sitemap(request: HttpRequest, section: str) -> HttpResponse:
    """List the addresses of one part of a section, which `?p=` tells."""
    number = whole_number(request.GET.get("p", "1"), most_digits=9)
    if not number or (section != "pages" and section not in _SECTIONS):
        raise Http404("There is no such sitemap.")
    first = (number - 1) * PART_SIZE
    entries = (
        _pages() if section == "pages" else _SECTIONS[section].entries(first, first + PART_SIZE)
    )
    if number > 1 and not entries:
        raise Http404("That part holds nothing.")
    return HttpResponse(page_list(entries), content_type=_KIND)


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


def _addresses(page: str) -> Callable[[str], str]:
    """Return what makes the absolute address of a slug's page, without looking it up each time."""
    before, _, after = absolute(reverse(page, args=[_ANY_SLUG])).rpartition(_ANY_SLUG)
    return lambda slug: f"{before}{quote(normalised(slug))}{after}"


def _parts(at: datetime) -> Iterable[tuple[str, int, datetime | None]]:
    """Yield the section and number of each part that holds something, and its newest change.

    Only articles are told the age of, because other parts would have to read all that they list.
    """
    tellers = {section: _tellers(section, at) for section in _LISTS}
    changed_at = dict(_changes(tuple(key for _, key in tellers["articles"])))
    for section, parts in tellers.items():
        for part, key in parts:
            yield section, part + 1, changed_at.get(key) if section == "articles" else None


def _tellers(section: str, at: datetime) -> list[tuple[int, int]]:
    """Return each part that holds something, with the key of a row that shows it does.

    Of articles that is the one that has changed last. The database looks for it in every part by
    itself and reads one each; grouping all rows by part would read them all.
    """
    model = _LISTS[section](at).model
    sql, values = _TELLERS[section].statement(at)
    statement = f"""
        WITH RECURSIVE part (number) AS (
            SELECT 0
            UNION ALL
            SELECT number + 1 FROM part
            WHERE number < (SELECT MAX(id) FROM {model._meta.db_table}) / {PART_SIZE}
        )
        SELECT number, ({sql}) FROM part ORDER BY number
    """  # noqa: S608 - Django's own SQL, our own names
    with connections[model.objects.db].cursor() as cursor:
        cursor.execute(statement, values)
        return [(number, key) for number, key in cursor.fetchall() if key is not None]


def _teller(section: str, at: datetime) -> Rows:
    """Return the rows of the part that `_tellers` looks at, the one to be told of first."""
    rows: Any = _LISTS[section](at)
    if section == "articles":
        in_part = rows.alias(part=part_of()).filter(part=_numbered("part.number"))
        return in_part.order_by("-newest_change")
    first, end = f"part.number * {PART_SIZE}", f"(part.number + 1) * {PART_SIZE}"
    return rows.order_by().filter(pk__gte=_numbered(first), pk__lt=_numbered(end))


def _numbered(sql: str) -> RawSQL:
    return RawSQL(sql, (), IntegerField())  # noqa: S611 - our own words


_TELLERS = {
    section: CompiledQuery(lambda at, section=section: _teller(section, at).values("pk")[:1])
    for section in _LISTS
}
_changes = CompiledQuery(
    lambda keys: (
        Article.objects.filter(pk__in=keys)
        .with_newest_change()
        .order_by()
        .values_list("pk", "newest_change")  # type: ignore[misc]
    )
)


def _pages() -> list[Entry]:
    changed_at = _newest_change()
    return [Entry(absolute(reverse(page)), changed_at) for page in _PAGES]


def _newest_change() -> datetime | None:
    """Return when the newest article appeared, which these pages begin with."""
    return Article.objects.published().newest_first().values_list("published_at", flat=True).first()
