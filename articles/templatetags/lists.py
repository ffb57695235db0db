"""The tags of pages that list articles."""

from collections.abc import Iterable, Sequence

from django import template
from django.utils.safestring import SafeString

from articles.archive import Year
from articles.models import Series
from articles.pages.list_heads import ListHead, list_head_html
from articles.pages.shown_front import series_html
from articles.pages.shown_listing import (
    ShownMonths,
    ShownPeople,
    ShownYears,
    dated_html,
    episodes_html,
    listing_html,
    months_html,
    people_html,
    series_of,
    writers_of,
    years_html,
)
from articles.pages.stories import Named, Story
from articles.paging import Page

register = template.Library()

register.filter("writers", writers_of)
register.filter("series_of", series_of)


@register.simple_tag
def list_head(head: ListHead) -> SafeString:
    """Tell machines in the head of the page what is listed."""
    return list_head_html(head)


@register.simple_tag
def list_people(writers: tuple[Named, ...] = (), all_series: tuple[Named, ...] = ()) -> SafeString:
    """Say who writes in a list and which series run there."""
    return people_html(ShownPeople(writers, all_series))


@register.simple_tag
def listing(page: Page[Story]) -> SafeString:
    return listing_html(page)


@register.simple_tag
def episodes(page: Page[Story]) -> SafeString:
    return episodes_html(page)


@register.simple_tag
def dated_listing(page: Page[Story], first_format: str, second_format: str = "") -> SafeString:
    """Show stories with their dates in the margin, in these formats of Django's."""
    return dated_html(page, first_format, second_format)


@register.simple_tag
def archive_months(year: Year, current: int | None = None) -> SafeString:
    """Lead to the months of a year, of which `current` is shown."""
    return months_html(ShownMonths(year, current))


@register.simple_tag
def archive_years(years: Sequence[Year]) -> SafeString:
    return years_html(ShownYears(tuple(years)))


@register.simple_tag
def series_beside_archive(series: Iterable[Series]) -> SafeString:
    return series_html(series, is_narrow=True)
