"""The tags of pages that list articles."""

from collections.abc import Iterable
from typing import NamedTuple

from django import template
from django.utils.safestring import SafeString

from articles.list_heads import ListHead, list_head_html
from articles.parts import part
from articles.stories import Named, Story

register = template.Library()

# How many names the head of a list mentions.
MENTIONED = 6


class ShownPeople(NamedTuple):
    writers: tuple[Named, ...]
    all_series: tuple[Named, ...]


_people_html = part("articles/_list_people.html", remembered=256)


@register.simple_tag
def list_head(head: ListHead) -> SafeString:
    """Tell machines in the head of the page what is listed."""
    return list_head_html(head)


@register.filter
def writers(stories: Iterable[Story]) -> tuple[Named, ...]:
    """Return whose the stories of a list are, the latest first."""
    return _first(author for story in stories for author in story.authors)


@register.filter
def series_of(stories: Iterable[Story]) -> tuple[Named, ...]:
    """Return the series that the stories of a list belong to, the latest first."""
    return _first(story.series for story in stories if story.series)


@register.simple_tag
def list_people(writers: tuple[Named, ...] = (), all_series: tuple[Named, ...] = ()) -> SafeString:
    """Say who writes in a list and which series run there."""
    return _people_html(ShownPeople(writers, all_series))


def _first(named: Iterable[Named]) -> tuple[Named, ...]:
    return tuple(dict.fromkeys(named))[:MENTIONED]
