"""The feeds: whole articles, with addresses that work away from the site."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.encoding import iri_to_uri

from articles import site
from articles.feed_entries import entries
from articles.feed_formats import EntriesFeed, FullTextAtom, FullTextRss, JsonFeed
from articles.models import Article, Author, Category, Series, Tag
from articles.navigation import (
    author_or_404,
    category_or_404,
    public_authors,
    public_sections,
    public_series,
    public_tags,
    series_or_404,
    tag_or_404,
)
from articles.pages import listings
from articles.site import absolute

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


class LatestFeed:
    """RSS of everything; the feeds of lists narrow down what is in it."""

    feed_type: type[EntriesFeed] = FullTextRss
    feed_path = "articles:feed"

    def __call__(self, request: HttpRequest, **which: Any) -> HttpResponse:
        subject = self.subject(**which)
        feed = self.feed_type(
            title=self.title(subject),
            link=self.link(subject),
            description=self.description(subject),
            language="ko",
            feed_url=self.feed_url(subject),
            subtitle=self.subtitle(subject),
            house=site.name(),
            home=absolute(reverse("articles:front_page")),
            logo=absolute(static("icons/apple-touch-icon.png")),
            hub=settings.WEBSUB_HUB,
        )
        feed.entries = entries(self.keys(subject))
        response = HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
        if settings.WEBSUB_HUB:
            # WebSub knows no other way for JSON.
            own = absolute(iri_to_uri(request.path))
            response["Link"] = f'<{settings.WEBSUB_HUB}>; rel="hub", <{own}>; rel="self"'
        return response

    def subject(self, slug: str = "") -> Any:
        """Return what the feed is about, as the address says; None is the whole magazine."""
        return None

    def keys(self, subject: Any) -> list[int]:
        """Return the articles in the feed, the newest first."""
        return listings.ALL.first_keys()

    def title(self, subject: Any) -> str:
        return f"{subject} – {site.name()}" if subject else site.name()

    def description(self, subject: Any) -> str:
        about = getattr(subject, "description", "") or getattr(subject, "bio", "")
        return about or f"{self.title(subject)}의 새 글"

    def subtitle(self, subject: Any) -> str | None:
        return None

    def link(self, subject: Any) -> str:
        return absolute(subject.get_absolute_url() if subject else reverse("articles:front_page"))

    def feed_url(self, subject: Any) -> str:
        return absolute(reverse(self.feed_path, args=[subject.slug] if subject else []))


class LatestAtomFeed(LatestFeed):
    feed_type = FullTextAtom
    feed_path = "articles:atom_feed"

    def subtitle(self, subject: Any) -> str:
        return self.description(subject)


class LatestJsonFeed(LatestFeed):
    feed_type = JsonFeed
    feed_path = "articles:json_feed"


class ArticleListFeed(LatestFeed):
    feed_path = "articles:article_list_feed"


class CategoryFeed(LatestFeed):
    feed_path = "articles:category_feed"

    def subject(self, slug: str = "") -> Category:
        return category_or_404(slug)

    def keys(self, subject: Category) -> list[int]:
        return listings.CATEGORY.first_keys(subject.pk)


class TagFeed(LatestFeed):
    feed_path = "articles:tag_feed"

    def subject(self, slug: str = "") -> Tag:
        return tag_or_404(slug)

    def keys(self, subject: Tag) -> list[int]:
        count = listings.TAG.count(f"tag.{subject.pk}", subject.pk)
        return listings.TAG.first_keys(subject.pk, count=count)


class AuthorFeed(LatestFeed):
    feed_path = "articles:author_feed"

    def subject(self, slug: str = "") -> Author:
        return author_or_404(slug)

    def keys(self, subject: Author) -> list[int]:
        count = listings.AUTHOR.count(f"author.{subject.pk}", subject.pk)
        return listings.AUTHOR.first_keys(subject.pk, count=count)


class SeriesFeed(LatestFeed):
    feed_path = "articles:series_feed"

    def subject(self, slug: str = "") -> Series:
        return series_or_404(slug)

    def keys(self, subject: Series) -> list[int]:
        return listings.NEW_EPISODES.first_keys(subject.pk)
