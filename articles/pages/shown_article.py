"""What an article's own page says of it, as plain facts from which the parts are made."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from urllib.parse import quote, urljoin

from django.conf import settings
from django.urls import reverse

from articles import site
from articles.languages import KOREAN, locale_of
from articles.models import Article
from articles.pages.episodes import Neighbours
from articles.pages.image_facts import ImageFacts, image_facts
from articles.pages.page_links import TagLink
from articles.pages.section_neighbours import SectionNeighbours
from articles.rendering import TocEntry
from articles.share_cards import SharedPicture, article_card, picture_of, picture_of_card
from articles.text import one_line
from articles.translations import Version, Versions


class ShownAuthor(NamedTuple):
    name: str
    slug: str
    bio: str
    portrait: ImageFacts | None

    def get_absolute_url(self) -> str:
        return reverse("articles:author", args=[self.slug])


class ShownCategory(NamedTuple):
    name: str
    slug: str

    def get_absolute_url(self) -> str:
        return reverse("articles:category", args=[self.slug])


class ShownSeries(NamedTuple):
    title: str
    slug: str
    cover: ImageFacts | None

    @property
    def name(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("articles:series", args=[self.slug])


class ShownTag(NamedTuple):
    name: str
    slug: str

    def get_absolute_url(self) -> str:
        return reverse("articles:tag", args=[self.slug])


class ShownArticle(NamedTuple):
    """An article without its text and what changes with every comment.

    `description` stands for the text where it is only named, `revised_at` is None until then, and
    `changed_at` is when readers last got something new.
    """

    site_name: str
    site_url: str
    pk: int
    slug: str
    title: str
    language: str
    dek: str
    description: str
    canonical_url: str
    published_at: datetime
    revised_at: datetime | None
    changed_at: datetime
    reading_minutes: int
    episode: int | None
    category: ShownCategory | None
    series: ShownSeries | None
    authors: tuple[ShownAuthor, ...]
    tags: tuple[ShownTag, ...]
    lead_image: ImageFacts | None
    lead_alt: str

    @property
    def is_foreign(self) -> bool:
        return self.language != KOREAN

    @property
    def locale(self) -> str:
        return locale_of(self.language)

    def get_absolute_url(self) -> str:
        return reverse("articles:article", args=[self.slug])

    @property
    def address_for_letters(self) -> str:
        """The whole address, escaped for the body of a `mailto:` link."""
        return quote(urljoin(self.site_url, self.get_absolute_url()), safe="")

    @property
    def shared_picture(self) -> SharedPicture:
        """What is shown where the page is shared: its picture, or a card."""
        if self.lead_image is not None:
            return picture_of(self.lead_image, self.lead_alt)
        card = article_card(
            self.title,
            section=self.category.name if self.category else "",
            series=self.series.title if self.series else "",
            episode=self.episode,
            names=[author.name for author in self.authors],
            house=self.site_name,
        )
        return picture_of_card("articles", self.pk, card)


class ShownHead(NamedTuple):
    """What stands above the text; `comment_count` is None without a discussion."""

    article: ShownArticle
    comment_count: int | None
    versions: Versions

    @property
    def other_versions(self) -> list[Version]:
        return self.versions.besides(self.article.language)


class ShownFacts(NamedTuple):
    """What links and search engines are told beyond title and picture."""

    article: ShownArticle
    versions: Versions


class ShownFigure(NamedTuple):
    image: ImageFacts
    alt: str
    caption: str
    credit: str


class ShownToc(NamedTuple):
    entries: tuple[TocEntry, ...]
    language: str


class ShownSummary(NamedTuple):
    lines: tuple[str, ...]
    language: str


class ShownFoot(NamedTuple):
    """What stands under the text; `kakao_key` is "" where nothing is shared there."""

    article: ShownArticle
    kakao_key: str
    episodes: Neighbours | None
    section_steps: SectionNeighbours | None


def shown_article(
    article: Article, opening: str, authors: tuple[ShownAuthor, ...], tags: tuple[TagLink, ...]
) -> ShownArticle:
    """Gather the facts of a published article; `opening` is how its text begins."""
    category, series = article.category, article.series
    cover = series.cover if series else None
    return ShownArticle(
        site.name(),
        settings.SITE_URL,
        article.pk,
        article.slug,
        article.title,
        article.language,
        article.dek,
        one_line(article.description or opening),
        article.canonical_url,
        article.published_at or article.changed_at,
        article.updated_at if article.was_revised else None,
        article.changed_at,
        article.reading_minutes,
        article.episode,
        ShownCategory(category.name, category.slug) if category else None,
        ShownSeries(series.title, series.slug, image_facts(cover) if cover else None)
        if series
        else None,
        authors,
        tuple(ShownTag(tag.name, tag.slug) for tag in tags),
        image_facts(article.lead_image) if article.lead_image else None,
        article.lead_alt,
    )
