"""What the pages of lists show below their heads, as plain facts from which the HTML is made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.safestring import SafeString

from articles.archive import Year
from articles.pages.parts import part
from articles.pages.shown_story import note_discussion
from articles.pages.stories import Named, Story
from articles.paging import Page

# How many names the head of a list mentions.
MENTIONED = 6


class ShownListing(NamedTuple):
    """A page of a list; what a `Page` says, in a form that can be remembered."""

    items: tuple[Story, ...]
    next_cursor: str
    is_first: bool


class ShownPeriod(NamedTuple):
    """A page of a list with dates in the margin, in two formats of Django's, the second or ""."""

    page: ShownListing
    first_format: str
    second_format: str


class ShownPeople(NamedTuple):
    """Who writes in a list, and which series run there."""

    writers: tuple[Named, ...]
    all_series: tuple[Named, ...]


class ShownMonths(NamedTuple):
    """The months of a year; `current` is the number of the one that is shown, or None."""

    year: Year
    current: int | None


class ShownYears(NamedTuple):
    years: tuple[Year, ...]


people_html = part("articles/_list_people.html", remembered=256)
months_html = part("articles/_archive_months.html", remembered=64)
years_html = part("articles/_archive_years.html", remembered=4)
_listing_html = part("articles/_listing.html", remembered=128)
_episodes_html = part("articles/_episodes.html", remembered=64)
_dated_html = part("articles/_dated_listing.html", remembered=64)


def listing_html(page: Page[Story]) -> SafeString:
    """Show a page of a list, the first story of the first one larger than the others."""
    return _listing_html(_shown(page))


def episodes_html(page: Page[Story]) -> SafeString:
    """Show a page of a series, with the numbers of the episodes."""
    return _episodes_html(_shown(page))


def dated_html(page: Page[Story], first_format: str, second_format: str) -> SafeString:
    """Show a page of a year or month, with the month or day where it changes."""
    return _dated_html(ShownPeriod(_shown(page), first_format, second_format))


def writers_of(stories: Iterable[Story]) -> tuple[Named, ...]:
    """Return whose the stories of a list are, the latest first."""
    return _first(author for story in stories for author in story.authors)


def series_of(stories: Iterable[Story]) -> tuple[Named, ...]:
    """Return the series that the stories of a list belong to, the latest first."""
    return _first(story.series for story in stories if story.series)


def _first(named: Iterable[Named]) -> tuple[Named, ...]:
    return tuple(dict.fromkeys(named))[:MENTIONED]


def _shown(page: Page[Story]) -> ShownListing:
    # Those who show a remembered part say it, because nothing is said when it is not made.
    for story in page.items:
        note_discussion(story)
    return ShownListing(tuple(page.items), page.next_cursor, page.is_first)
