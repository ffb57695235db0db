"""The entries of feeds: an article as plain facts, from which its part of a feed is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from articles.elsewhere import for_elsewhere
from articles.models import Article, TaggedArticle
from articles.pages.image_facts import ImageFacts, image_columns, stored_facts
from articles.pages.stories import Named, bylines_of, padded
from articles.queries.compiled import CompiledQuery
from articles.structured_data import DESCRIPTION_LENGTH
from articles.text import one_line


class Entry(NamedTuple):
    """An article in a feed, with the origin that its addresses are made absolute by.

    The words about the picture are the article's own or the picture's.
    """

    site_url: str
    pk: int
    slug: str
    title: str
    created_at: datetime
    published_at: datetime
    updated_at: datetime
    section: str
    body_html: str
    description: str
    picture: ImageFacts | None
    picture_alt: str
    picture_words: str
    authors: tuple[Named, ...]
    tags: tuple[str, ...]

    @property
    def changed_at(self) -> datetime:
        """When readers last got something new of it, as `Article.changed_at`."""
        return max(self.updated_at, self.published_at)

    def item(self) -> dict[str, Any]:
        """Return what Django's feeds and the formats of ours call an item."""
        link = self._absolute("article", self.slug)
        summary = one_line(self.description)
        return {
            "title": self.title,
            "link": link,
            # Feed readers take a description for HTML.
            "description": escape(summary),
            "unique_id": self._tag_uri(),
            "unique_id_is_permalink": False,
            "pubdate": localtime(self.published_at),
            "updateddate": localtime(self.changed_at),
            "categories": [*filter(None, [self.section]), *self.tags],
            "content": self._figure() + for_elsewhere(self.body_html, link),
            "summary": summary,
            "people": [
                {"name": author.name, "url": self._absolute("author", author.slug)}
                for author in self.authors
            ],
            "picture": self._picture(),
        }

    def _tag_uri(self) -> str:
        """Name the article for as long as it lives, whatever becomes of its address (RFC 4151)."""
        host = urlsplit(self.site_url).hostname
        return f"tag:{host},{localtime(self.created_at):%Y-%m-%d}:articles/{self.pk}"

    def _absolute(self, page: str, slug: str) -> str:
        return urljoin(self.site_url, reverse(f"articles:{page}", args=[slug]))

    def _picture(self) -> dict[str, Any] | None:
        if self.picture is None:
            return None
        size = {"width": self.picture.width, "height": self.picture.height}
        return {"url": urljoin(self.site_url, self.picture.url), **size}

    def _figure(self) -> SafeString | str:
        """Show above the text what stands above it on the page."""
        picture = self._picture()
        if picture is None:
            return ""
        image = format_html(
            '<img src="{url}" width="{width}" height="{height}" alt="{alt}">',
            **picture,
            alt=self.picture_alt,
        )
        words = self.picture_words
        caption = format_html("<figcaption>{}</figcaption>", words) if words else ""
        return format_html("<figure>{}{}</figure>", image, caption)


def entries(keys: Iterable[int]) -> list[Entry]:
    """Return those of the articles that readers may see, in the order of their keys.

    Three queries, or none without a key.
    """
    wanted = list(keys)
    asked = padded(wanted)
    rows = {row[0]: row for row in _rows(asked, timezone.now())}
    authors = bylines_of(asked)
    tags: dict[int, list[str]] = {}
    for article, name in _tags(asked):
        tags.setdefault(article, []).append(name)
    return [
        _entry(rows[key], tuple(authors.get(key, ())), tuple(tags.get(key, ())))
        for key in wanted
        if key in rows
    ]


# The fields of an Entry that are stored as they are.
_OWN = (
    *("pk", "slug", "title", "created_at", "published_at", "updated_at"),
    *("category__name", "body_html"),
)
_WORDS = ("dek", "summary_1", "summary_2", "summary_3", "opening")
_ABOUT_PICTURE = (
    *("lead_image_alt", "lead_image_caption", "lead_image_credit"),
    *("lead_image__caption", "lead_image__credit"),
)


def _published_rows(keys: Sequence[int], at: datetime) -> QuerySet[Article, Any]:
    published = Article.objects.published(at).filter(pk__in=keys).order_by()
    return published.with_opening(DESCRIPTION_LENGTH).values_list(
        *_OWN, *_WORDS, *_ABOUT_PICTURE, *image_columns("lead_image")
    )


def _tags_of(keys: Sequence[int]) -> QuerySet[TaggedArticle, Any]:
    tagged = TaggedArticle.objects.filter(content_object__in=keys).order_by("tag__name")
    return tagged.values_list("content_object", "tag__name")


_rows = CompiledQuery(_published_rows)
_tags = CompiledQuery(_tags_of)


def _entry(row: Sequence[Any], authors: tuple[Named, ...], tags: tuple[str, ...]) -> Entry:
    *own, section, body_html = row[: len(_OWN)]
    dek, *summary, opening = row[len(_OWN) : len(_OWN) + len(_WORDS)]
    row = row[len(_OWN) + len(_WORDS) :]
    alt, caption, credit, general_caption, general_credit = row[: len(_ABOUT_PICTURE)]
    picture = stored_facts(row[len(_ABOUT_PICTURE) :])
    words = (caption or general_caption, credit or general_credit)
    facts = (
        settings.SITE_URL,
        *own,
        section or "",
        body_html,
        dek or " ".join(filter(None, summary)) or opening,
        picture,
        alt or (picture.alt if picture else ""),
        " ".join(filter(None, words)),
        authors,
        tags,
    )
    return Entry._make(facts)
