"""What search engines shall find, in lists of at most five thousand addresses."""

from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from articles.models import Article, Author, Category, Series, Tag
from articles.navigation import public_authors, public_sections, public_series, public_tags


class SiteSitemap(Sitemap):
    """Addresses of the site's own origin, whatever name the request came by."""

    limit = 5000
    protocol = urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc


class ArticleSitemap(SiteSitemap):
    def items(self) -> QuerySet[Article]:
        return Article.objects.published().newest_first().only("slug", "updated_at")

    def lastmod(self, item: Article) -> datetime:
        return item.updated_at


class PageSitemap(SiteSitemap):
    """The front page and the lists that do not come from rows."""

    def items(self) -> list[str]:
        return ["articles:front_page", "articles:article_list", "articles:archive"]

    def location(self, item: str) -> str:
        return reverse(item)


class CategorySitemap(SiteSitemap):
    def items(self) -> QuerySet[Category]:
        return public_sections()


class AuthorSitemap(SiteSitemap):
    def items(self) -> QuerySet[Author]:
        return public_authors().only("slug")


class SeriesSitemap(SiteSitemap):
    def items(self) -> QuerySet[Series]:
        return public_series().only("slug")


class TagSitemap(SiteSitemap):
    def items(self) -> QuerySet[Tag]:
        return public_tags().only("slug")


SITEMAPS: dict[str, type[SiteSitemap]] = {
    "pages": PageSitemap,
    "articles": ArticleSitemap,
    "categories": CategorySitemap,
    "series": SeriesSitemap,
    "authors": AuthorSitemap,
    "tags": TagSitemap,
}


def sitemap_index(request: HttpRequest) -> HttpResponse:
    """List the sitemaps, each with as many pages as it needs."""
    locations = []
    for section, sitemap_class in SITEMAPS.items():
        address = urljoin(settings.SITE_URL, reverse("articles:sitemap", args=[section]))
        pages = sitemap_class().paginator.page_range
        locations += [f"{address}?p={page}" if page > 1 else address for page in pages]
    return render(
        request, "sitemap_index.xml", {"locations": locations}, content_type="application/xml"
    )


def section_sitemap(request: HttpRequest, section: str) -> HttpResponse:
    return sitemap(request, {**SITEMAPS}, section, template_name="sitemap.xml")
