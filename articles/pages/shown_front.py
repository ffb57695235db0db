"""The parts of the front page, as plain facts from which their HTML is made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.urls import reverse
from django.utils.safestring import SafeString

from articles.models import Banner, Series
from articles.pages.front_page import LatestBlock, SectionBlock, SeriesBlock
from articles.pages.parts import part
from articles.pages.shell import SectionLink
from articles.pages.shown_story import note_discussion
from articles.pages.stories import ImageFacts, Story, image_facts
from articles.weather.report import Report


class ShownFrontMasthead(NamedTuple):
    """What stands above the front page; `weather` is None where it is not known."""

    site_name: str
    tagline: str
    sections: tuple[SectionLink, ...]
    today: date
    weather: Report | None


class ShownTop(NamedTuple):
    """The lead, those beside it, and HOT 클릭 TOP 7 or nothing."""

    lead: Story
    secondary: tuple[Story, ...]
    hot: tuple[Story, ...]


class ShownSeries(NamedTuple):
    title: str
    slug: str
    description: str
    is_finished: bool
    episode_count: int
    cover: ImageFacts | None

    def get_absolute_url(self) -> str:
        return reverse("articles:series", args=[self.slug])


class ShownSeriesBlock(NamedTuple):
    """Series beside each other; `is_narrow` beside a narrow page."""

    series: tuple[ShownSeries, ...]
    is_narrow: bool


class ShownBanner(NamedTuple):
    """A banner; `target` is the address it leads to or ""."""

    title: str
    text: str
    target: str
    link_relation: str
    is_advertisement: bool
    image: ImageFacts | None


class ShownBanners(NamedTuple):
    banners: tuple[ShownBanner, ...]


front_head_html = part("articles/_front_head.html", remembered=8)
front_masthead_html = part("_masthead_front.html", remembered=8)
_top_html = part("articles/_front_top.html", remembered=16)
_section_block_html = part("articles/_section_block.html", remembered=64)
_latest_block_html = part("articles/_latest_block.html", remembered=8)
_series_block_html = part("articles/_series_block.html", remembered=8)
_banners_html = part("articles/_banners.html", remembered=16)


def top_html(top: ShownTop) -> SafeString:
    _note_discussions((top.lead, *top.secondary))
    return _top_html(top)


def block_html(block: SectionBlock[Story] | LatestBlock[Story] | SeriesBlock) -> SafeString:
    match block:
        case SectionBlock():
            _note_discussions(block.items)
            return _section_block_html(block)
        case LatestBlock():
            _note_discussions(block.items)
            return _latest_block_html(block)
        case SeriesBlock():
            return series_html(block.series)


def series_html(series: Iterable[Series], *, is_narrow: bool = False) -> SafeString:
    """Show series from running_series()."""
    return _series_block_html(ShownSeriesBlock(tuple(map(_shown_series, series)), is_narrow))


def banners_html(banners: Iterable[Banner]) -> SafeString:
    return _banners_html(ShownBanners(tuple(map(_shown_banner, banners))))


def _note_discussions(stories: Iterable[Story]) -> None:
    # Those who show a remembered part say it, because nothing is said when it is not made.
    for story in stories:
        note_discussion(story)


def _shown_series(series: Series) -> ShownSeries:
    """Gather what is shown of a series from running_series()."""
    return ShownSeries(
        series.title,
        series.slug,
        series.description,
        series.is_finished,
        series.episode_count,  # type: ignore[attr-defined]
        image_facts(series.cover) if series.cover else None,
    )


def _shown_banner(banner: Banner) -> ShownBanner:
    return ShownBanner(
        banner.title,
        banner.text,
        banner.target,
        banner.link_relation,
        banner.is_advertisement,
        image_facts(banner.image) if banner.image else None,
    )
