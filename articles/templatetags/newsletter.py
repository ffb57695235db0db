"""Adapters between letters and what they show of an article."""

from __future__ import annotations

from django import template

from articles.models import Article, Image
from articles.site import absolute
from articles.text import one_line

register = template.Library()

# Characters; a longer text ends before the word that they would cut.
_SHOWN = 300


@register.simple_tag
def kicker(story: Article) -> str:
    """Return the category, and the series with the episode, above a title."""
    series = f"{story.series.title} {story.episode}화" if story.series else ""
    section = story.category.name if story.category else ""
    return " · ".join(filter(None, (section, series)))


@register.simple_tag
def byline(story: Article) -> str:
    """Return the authors' names before what else is told of an article, "" where nobody is named."""
    names = ", ".join(author.name for author in story.authors.all())
    return f"{names} · " if names else ""


@register.simple_tag
def opening(story: Article) -> str:
    """Return the first lines of the text; `letters.for_letter` has loaded them."""
    text = one_line(story.letter_opening)  # type: ignore[attr-defined]
    if len(text) <= _SHOWN:
        return text
    return f"{text[:_SHOWN].rpartition(' ')[0] or text[:_SHOWN]} …"


@register.simple_tag
def letter_picture(image: Image) -> str:
    """Return the picture's whole address, since a letter has none of its own."""
    return absolute(image.url)
