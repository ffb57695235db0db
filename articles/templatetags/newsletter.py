"""Adapters between letters and what they show of an article."""

from __future__ import annotations

from django import template
from django.utils.text import Truncator

from articles.models import Article, Image
from articles.site import absolute
from articles.text import one_line

register = template.Library()

# Where a sentence that had to be cut is cut.
_SHOWN = 300


@register.simple_tag
def kicker(story: Article) -> str:
    """Return the category, and the series with the episode, above a title."""
    series = f"{story.series.title} {story.episode}화" if story.series else ""
    section = story.category.name if story.category else ""
    return " · ".join(filter(None, (section, series)))


@register.simple_tag
def opening(story: Article) -> str:
    """Return the first lines of the text; `letters.for_letter` has loaded them."""
    return Truncator(one_line(story.letter_opening)).chars(_SHOWN)  # type: ignore[attr-defined]


@register.simple_tag
def letter_picture(image: Image) -> str:
    """Return the picture's whole address, since a letter has none of its own."""
    return absolute(image.url)
