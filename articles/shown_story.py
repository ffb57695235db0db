"""What a list shows of an article, as plain facts from which its HTML is made."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.utils.safestring import SafeString

from articles.models import Article, Image
from articles.page_facts import shows_discussion
from articles.parts import part
from articles.picture_sizes import SIZES
from articles.rendering import SourceSet


class ShownPicture(NamedTuple):
    """A picture in a place that the stylesheet knows; `is_first` when it is seen at once."""

    url: str
    source_sets: tuple[SourceSet, ...]
    width: int
    height: int
    focus_classes: str
    alt: str
    sizes: str
    is_first: bool


class Named(NamedTuple):
    """What a story names and leads to, by the slug of its address."""

    name: str
    slug: str


class ShownStory(NamedTuple):
    """An article from as_stories() in a list.

    `layout` and `level`, the heading's, say how; `comment_count` is None without a discussion.
    """

    layout: str
    level: int
    pk: int
    slug: str
    title: str
    foreign_language: str
    dek: str
    opening: str
    picture: SafeString | str
    category: Named | None
    series: Named | None
    episode: int | None
    authors: tuple[str, ...]
    published_at: datetime | None
    reading_minutes: int
    comment_count: int | None


picture_html = part("_picture.html", remembered=512)
story_html = part("articles/_story.html", remembered=1_024)
headline_html = part("articles/_headline.html", remembered=1_024)


def shown_picture(image: Image, place: str, *, alt: str, is_first: bool) -> ShownPicture:
    return ShownPicture(
        image.url,
        image.source_sets,
        image.width,
        image.height,
        image.focus_classes,
        alt,
        SIZES[place],
        is_first,
    )


def shown_story(
    article: Article, layout: str = "", level: int = 0, *, is_first: bool = False
) -> ShownStory:
    """Gather what is shown of an article; its picture is shown where the layout has a place."""
    picture: SafeString | str = ""
    if layout and article.lead_image:
        picture = picture_html(shown_picture(article.lead_image, layout, alt="", is_first=is_first))
    category, series = article.category, article.series
    dek = article.dek or article.summary_1
    return ShownStory(
        layout,
        level,
        article.pk,
        article.slug,
        article.title,
        article.language if article.is_foreign else "",
        dek,
        "" if dek else getattr(article, "opening", ""),
        picture,
        Named(category.name, category.slug) if category else None,
        Named(series.title, series.slug) if series else None,
        article.episode,
        tuple(author.name for author in article.authors.all()),
        article.published_at,
        article.reading_minutes,
        _comment_count(article),
    )


def _comment_count(article: Article) -> int | None:
    """Return how many comments readers see; the page is then made anew when there are more."""
    if not article.has_discussion:
        return None
    shows_discussion(article.pk)
    return article.comment_count
