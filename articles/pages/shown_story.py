"""What a list shows of an article, as plain facts from which its HTML is made."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.safestring import SafeString

from articles.models import Image
from articles.page_facts import shows_discussion
from articles.pages.image_facts import ImageFacts
from articles.pages.parts import part
from articles.pages.stories import Story
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


class ShownStory(NamedTuple):
    """A story of a list; `layout` and `level`, the heading's, say how, `is_first` its picture."""

    story: Story
    layout: str
    level: int
    is_first: bool


picture_html = part("_picture.html", remembered=512)
_story_html = part("articles/_story.html", remembered=1_024)
_headline_html = part("articles/_headline.html", remembered=1_024)


def story_html(story: Story, layout: str, level: int, *, is_first: bool = False) -> SafeString:
    """Show a story with its picture, in a place that the stylesheet has for it."""
    note_discussion(story)
    return _story_html(ShownStory(story, layout, level, is_first))


def headline_html(story: Story) -> SafeString:
    """Show a story as a line of a list, without its picture."""
    note_discussion(story)
    return _headline_html(ShownStory(story, "", 0, is_first=False))


def note_discussion(story: Story) -> None:
    """Say that the page is made anew when there are more comments, if it tells their number."""
    if story.has_discussion:
        shows_discussion(story.pk)


def shown_picture(
    image: Image | ImageFacts, place: str, *, alt: str, is_first: bool
) -> ShownPicture:
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
