"""The feeds: whole articles, with addresses that work away from the site."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.db.models.functions import Left
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.templatetags.static import static
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.feedgenerator import SyndicationFeed
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from articles import listings, site
from articles.elsewhere import for_elsewhere
from articles.feed_formats import FullTextAtom, FullTextRss, JsonFeed
from articles.models import Article, ArticleQuerySet, Author, Category, Series, Tag
from articles.navigation import public_authors, public_sections, public_series, public_tags
from articles.site import absolute
from articles.structured_data import DESCRIPTION_LENGTH
from articles.text import one_line

FEED_SIZE = 20


# The feeds of the whole magazine; an article may be in those of lists beside them.
_WHOLE = (
    "articles:feed",
    "articles:atom_feed",
    "articles:json_feed",
    "articles:article_list_feed",
)


def feeds_with(articles: Collection[int]) -> list[str]:
    """Return the addresses of all feeds that change with the articles of these numbers."""
    own = Article.objects.filter(pk__in=articles)
    lists: dict[str, QuerySet[Any]] = {
        "articles:category_feed": public_sections().filter(pk__in=own.values("category")),
        "articles:tag_feed": public_tags().filter(pk__in=own.values("tags")),
        "articles:author_feed": public_authors().filter(pk__in=own.values("authors")),
        "articles:series_feed": public_series().filter(pk__in=own.values("series")),
    }
    paths = [reverse(feed) for feed in _WHOLE]
    for feed, rows in lists.items():
        slugs = rows.order_by("pk").values_list("slug", flat=True)
        paths += [reverse(feed, args=[slug]) for slug in slugs]
    return [absolute(path) for path in paths]


class LatestFeed(Feed):
    """RSS of everything; the feeds of lists narrow down what is in it."""

    feed_type: type[SyndicationFeed] = FullTextRss
    language = "ko"
    feed_path = "articles:feed"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Name the hub in the headers too: WebSub knows no other way for JSON."""
        response = super().__call__(request, *args, **kwargs)
        if settings.WEBSUB_HUB:
            own = absolute(iri_to_uri(request.path))
            response["Link"] = f'<{settings.WEBSUB_HUB}>; rel="hub", <{own}>; rel="self"'
        return response

    def articles(self, obj: Any) -> ArticleQuerySet:
        return Article.objects.published()

    def feed_extra_kwargs(self, obj: Any) -> dict[str, Any]:
        return {
            "house": site.name(),
            "home": absolute(reverse("articles:front_page")),
            "logo": absolute(static("icons/apple-touch-icon.png")),
            "hub": settings.WEBSUB_HUB,
        }

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
        shown = self.articles(obj).newest_first().for_page()
        return shown.annotate(opening=Left("plain_text", DESCRIPTION_LENGTH))[:FEED_SIZE]

    def item_title(self, item: Article) -> str:
        return item.title

    def item_description(self, item: Article) -> str:
        # Feed readers take a description for HTML.
        return escape(_description_of(item))

    def item_link(self, item: Article) -> str:
        return absolute(item.get_absolute_url())

    def item_guid(self, item: Article) -> str:
        """Name the article for as long as it lives, whatever becomes of its address (RFC 4151)."""
        host = urlsplit(settings.SITE_URL).hostname
        return f"tag:{host},{localtime(item.created_at):%Y-%m-%d}:articles/{item.pk}"

    def item_guid_is_permalink(self, item: Article) -> bool:
        return False

    def item_pubdate(self, item: Article) -> datetime | None:
        return localtime(item.published_at) if item.published_at else None

    def item_updateddate(self, item: Article) -> datetime:
        return localtime(item.changed_at)

    def item_categories(self, item: Article) -> list[str]:
        section = [item.category.name] if item.category else []
        return [*section, *(tag.name for tag in item.tags.all())]

    def item_extra_kwargs(self, item: Article) -> dict[str, Any]:
        return {
            "content": _lead_figure(item) + for_elsewhere(item.body_html, self.item_link(item)),
            "summary": _description_of(item),
            "people": [
                {"name": author.name, "url": absolute(author.get_absolute_url())}
                for author in item.authors.all()
            ],
            "picture": _lead_picture(item),
        }


class LatestAtomFeed(LatestFeed):
    feed_type = FullTextAtom
    feed_path = "articles:atom_feed"

    def subtitle(self, obj: Any) -> str:
        return self.description(obj)


class LatestJsonFeed(LatestFeed):
    feed_type = JsonFeed
    feed_path = "articles:json_feed"


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
        count = listings.TAG.count(f"tag.{obj.pk}", obj.pk)
        return Article.objects.published().filter(pk__in=listings.TAG.first_keys(count, obj.pk))


class AuthorFeed(LatestFeed):
    feed_path = "articles:author_feed"

    def get_object(self, request: HttpRequest, slug: str) -> Author:
        return get_object_or_404(public_authors(), slug=slug)

    def articles(self, obj: Author) -> ArticleQuerySet:
        count = listings.AUTHOR.count(f"author.{obj.pk}", obj.pk)
        return Article.objects.published().filter(pk__in=listings.AUTHOR.first_keys(count, obj.pk))


class SeriesFeed(LatestFeed):
    feed_path = "articles:series_feed"

    def get_object(self, request: HttpRequest, slug: str) -> Series:
        return get_object_or_404(public_series(), slug=slug)

    def articles(self, obj: Series) -> ArticleQuerySet:
        return Article.objects.published().filter(series=obj)


def _description_of(article: Article) -> str:
    return one_line(article.description or article.opening)  # type: ignore[attr-defined]


def _lead_picture(article: Article) -> dict[str, Any] | None:
    image = article.lead_image
    if image is None:
        return None
    return {"url": absolute(image.url), "width": image.width, "height": image.height}


def _lead_figure(article: Article) -> SafeString | str:
    """Show above the text what stands above it on the page."""
    picture = _lead_picture(article)
    if picture is None:
        return ""
    image = format_html(
        '<img src="{url}" width="{width}" height="{height}" alt="{alt}">',
        **picture,
        alt=article.lead_alt,
    )
    words = " ".join(filter(None, (article.lead_caption, article.lead_credit)))
    caption = format_html("<figcaption>{}</figcaption>", words) if words else ""
    return format_html("<figure>{}{}</figure>", image, caption)
