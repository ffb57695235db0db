"""The feeds: whole articles, with addresses that work away from the site."""

import re
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.html import escape

from articles import site
from articles.models import Article, ArticleQuerySet, Author, Category, Series, Tag
from articles.navigation import public_authors, public_series, public_tags

FEED_SIZE = 20
# XML 1.0 has no way to write these, not even escaped.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
# A tag as our sanitiser writes it: attribute values in double quotes, `<` escaped in text.
_TAG = re.compile(r'<[a-z][^<>"]*(?:"[^"]*"[^<>"]*)*>')
_ADDRESS = re.compile(r'(?<=\s)(src|href)="([^"]*)"')
# The choice of copies around a picture of ours; inside it stands the picture itself.
_CHOICE = re.compile(r'</?picture>|<source(?: [a-z]+="[^"]*")*>')


def for_elsewhere(html: str, address: str) -> str:
    """Make every link and picture of rendered HTML absolute, seen from the given address.

    Pictures become plain ones, which every feed reader can show.
    """

    def joined(attribute: re.Match[str]) -> str:
        return f'{attribute[1]}="{urljoin(address, attribute[2])}"'

    return _TAG.sub(lambda tag: _ADDRESS.sub(joined, tag[0]), _CHOICE.sub("", html))


def writable(values: dict[str, Any]) -> dict[str, Any]:
    """Drop from the texts what XML cannot hold, so that one article cannot break a feed."""

    def cleaned(value: Any) -> Any:
        if isinstance(value, list | tuple):
            return [cleaned(part) for part in value]
        return _NOT_IN_XML.sub("", value) if isinstance(value, str) else value

    return {name: cleaned(value) for name, value in values.items()}


def absolute(path: str) -> str:
    """Return the address of a path on the site's own origin."""
    return urljoin(settings.SITE_URL, path)


class WritableRss(Rss201rev2Feed):
    """RSS 2.0 that can be written whatever characters its texts have."""

    def add_root_elements(self, handler: Any) -> None:
        self.feed = writable(self.feed)
        super().add_root_elements(handler)

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, writable(item))


class FullTextRss(WritableRss):
    """RSS 2.0 with the whole text beside the description."""

    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        item = writable(item)
        super().add_item_elements(handler, item)
        for name in item["author_names"]:
            handler.addQuickElement("dc:creator", name)
        handler.addQuickElement("content:encoded", item["content"])


class FullTextAtom(Atom1Feed):
    """Atom 1.0 with the whole text beside the summary."""

    def add_root_elements(self, handler: Any) -> None:
        self.feed = writable(self.feed)
        super().add_root_elements(handler)

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        item = writable(item)
        super().add_item_elements(handler, item)
        for name in item["author_names"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.endElement("author")
        handler.addQuickElement("content", item["content"], {"type": "html"})


class LatestFeed(Feed):
    """RSS of everything; the feeds of lists narrow down what is in it."""

    feed_type: type[SyndicationFeed] = FullTextRss
    language = "ko"
    feed_path = "articles:feed"

    def articles(self, obj: Any) -> ArticleQuerySet:
        return Article.objects.published()

    def title(self, obj: Any) -> str:
        return f"{obj} – {site.name()}" if obj else site.name()

    def description(self, obj: Any) -> str:
        about = getattr(obj, "description", "") or getattr(obj, "bio", "")
        return about or f"{self.title(obj)}의 새 글"

    def link(self, obj: Any) -> str:
        return absolute(obj.get_absolute_url() if obj else reverse("articles:front_page"))

    def feed_url(self, obj: Any) -> str:
        return absolute(reverse(self.feed_path, args=[obj.slug] if obj else []))

    def items(self, obj: Any) -> ArticleQuerySet:
        return self.articles(obj).newest_first().for_page()[:FEED_SIZE]

    def item_title(self, item: Article) -> str:
        return item.title

    def item_description(self, item: Article) -> str:
        # Feed readers take a description for HTML.
        return escape(item.description)

    def item_link(self, item: Article) -> str:
        return absolute(item.get_absolute_url())

    def item_pubdate(self, item: Article) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: Article) -> datetime:
        return max(item.updated_at, item.published_at or item.updated_at)

    def item_categories(self, item: Article) -> list[str]:
        section = [item.category.name] if item.category else []
        return [*section, *(tag.name for tag in item.tags.all())]

    def item_extra_kwargs(self, item: Article) -> dict[str, Any]:
        return {
            "content": for_elsewhere(item.body_html, self.item_link(item)),
            "author_names": [author.name for author in item.authors.all()],
        }


class LatestAtomFeed(LatestFeed):
    feed_type = FullTextAtom
    feed_path = "articles:atom_feed"

    def subtitle(self, obj: Any) -> str:
        return self.description(obj)


class ArticleListFeed(LatestFeed):
    feed_path = "articles:article_list_feed"


class CategoryFeed(LatestFeed):
    feed_path = "articles:category_feed"

    def get_object(self, request: HttpRequest, slug: str) -> Category:
        return get_object_or_404(Category, slug=slug)

    def articles(self, obj: Category) -> ArticleQuerySet:
        return Article.objects.published().filter(category=obj)


class TagFeed(LatestFeed):
    feed_path = "articles:tag_feed"

    def get_object(self, request: HttpRequest, slug: str) -> Tag:
        return get_object_or_404(public_tags(), slug=slug)

    def articles(self, obj: Tag) -> ArticleQuerySet:
        return Article.objects.published().filter(tagged_items__tag=obj)


class AuthorFeed(LatestFeed):
    feed_path = "articles:author_feed"

    def get_object(self, request: HttpRequest, slug: str) -> Author:
        return get_object_or_404(public_authors(), slug=slug)

    def articles(self, obj: Author) -> ArticleQuerySet:
        return Article.objects.published().filter(authors=obj)


class SeriesFeed(LatestFeed):
    feed_path = "articles:series_feed"

    def get_object(self, request: HttpRequest, slug: str) -> Series:
        return get_object_or_404(public_series(), slug=slug)

    def articles(self, obj: Series) -> ArticleQuerySet:
        return Article.objects.published().filter(series=obj)


def json_feed(request: HttpRequest) -> JsonResponse:
    """Serve JSON Feed 1.1, made from the same decisions as the RSS."""
    feed = LatestFeed()
    body = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title(None),
        "description": feed.description(None),
        "home_page_url": feed.link(None),
        "feed_url": absolute(reverse("articles:json_feed")),
        "language": feed.language,
        "items": [_json_item(feed, article) for article in feed.items(None)],
    }
    return JsonResponse(
        body,
        content_type="application/feed+json; charset=utf-8",
        json_dumps_params={"ensure_ascii": False},
    )


def _json_item(feed: LatestFeed, article: Article) -> dict[str, Any]:
    link = feed.item_link(article)
    item: dict[str, Any] = {
        "id": link,
        "url": link,
        "title": article.title,
        "content_html": for_elsewhere(article.body_html, link),
        "summary": article.description,
        "date_published": feed.item_pubdate(article),
        "date_modified": feed.item_updateddate(article),
        "authors": [
            {"name": author.name, "url": absolute(author.get_absolute_url())}
            for author in article.authors.all()
        ],
        "tags": feed.item_categories(article),
    }
    if article.lead_image:
        item["image"] = absolute(article.lead_image.url)
    return {name: value for name, value in item.items() if value}
