"""Adapters between templates and what they show."""

import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from articles.models import Article, Category, Image
from articles.pages import article_parts
from articles.pages.image_facts import ImageFacts, image_facts
from articles.pages.shown_article import ShownFigure, ShownSummary, ShownToc
from articles.pages.shown_story import (
    headline_html,
    note_discussion,
    picture_html,
    shown_picture,
    story_html,
)
from articles.pages.stories import Story, story_of
from articles.share_cards import SharedPicture, shared_picture
from articles.structured_data import as_script

register = template.Library()

# How many lattices the stylesheet has.
LATTICES = 6
_FEWEST_HEADINGS = 2

# Hyphenated words short enough for a line of a phone, and each bracket with the Hangul beside it,
# which `word-break: keep-all` does not hold together.
_OPENING = r"(\[{〔【「『〈《"
_CLOSING = r")\]}〕】」』〉》"
_HYPHENATED = r"\b\w{1,6}(?:-\w{1,6}){1,2}\b"
_AFTER_A_BRACKET = rf"[{_CLOSING}]+(?:[가-힣][{_OPENING}]*|[{_OPENING}]+)"
_UNBROKEN = re.compile(rf"({_HYPHENATED}|{_AFTER_A_BRACKET}|[가-힣][{_OPENING}]+)")
# A word that is wider than a phone breaks somewhere, and then best before its bracket.
_UNBROKEN_IN_LONG_WORDS = re.compile(rf"({_HYPHENATED}|{_AFTER_A_BRACKET})")
_WORDS = re.compile(r"\S+|\s+")
# In letters of Hangul; others take about half as much.
_LONGEST_WORD = 10


@register.simple_tag
def day(moment: datetime) -> SafeString:
    """Show a moment as its day in Korea: 2026년 9월 14일."""
    return _time_element(moment, "Y년 n월 j일")


@register.simple_tag
def day_and_time(moment: datetime) -> SafeString:
    """Show a moment to the minute in Korea: 2026년 9월 14일 오후 3:05."""
    return _time_element(moment, "Y년 n월 j일 A g:i")


def _time_element(moment: datetime, date_format_string: str) -> SafeString:
    """Show a moment to people in that format, and to machines exactly."""
    local = timezone.localtime(moment)
    shown = date_format(local, date_format_string)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), shown)


@register.filter
def host(address: str) -> str:
    """Return the host of an address, as a short name for another site."""
    return urlsplit(address).hostname or address


@register.filter
def unbroken(title: str) -> SafeString:
    """Keep K-테크 and (AI)를 on one line: browsers may break there, whatever `word-break` says."""
    return format_html_join("", "{}", ((_unbroken(word),) for word in _WORDS.findall(title)))


def _unbroken(word: str) -> SafeString:
    width = sum(1 if letter > "\u02ff" else 0.5 for letter in word)
    pattern = _UNBROKEN if width <= _LONGEST_WORD else _UNBROKEN_IN_LONG_WORDS
    # Every second piece is one that the pattern has caught.
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<span class="unbroken">{}</span>', piece) if number % 2 else piece,)
            for number, piece in enumerate(pattern.split(word))
        ),
    )


@register.filter
def lattice(category: Category) -> int:
    """Return which of the stylesheet's lattices a category wears; it keeps it for ever."""
    return (category.pk or 0) % LATTICES


@register.simple_tag
def picture(
    image: Image | ImageFacts, place: str, *, alt: str = "", is_first: bool = False
) -> SafeString:
    """Show a picture in a place that the stylesheet knows, in the size that suits the screen."""
    return picture_html(shown_picture(image, place, alt=alt, is_first=is_first))


@register.simple_tag
def story(story: Story, layout: str, *, level: int = 2, is_first: bool = False) -> SafeString:
    """Show a story in a list; `level` is the heading's."""
    return story_html(story, layout, level, is_first=is_first)


@register.simple_tag
def headline(story: Story) -> SafeString:
    """Show a story as a line of a list, without its picture."""
    return headline_html(story)


@register.filter
def shown(article: Article | Story) -> Story:
    """Return what the small print of an article says, for the partials that show it."""
    story = article if isinstance(article, Story) else story_of(article)
    note_discussion(story)
    return story


@register.simple_tag
def site_card() -> SharedPicture:
    """Return what a page without a picture and a title of its own shows where it is shared."""
    return shared_picture(None, None)


@register.simple_tag
def json_ld(data: dict[str, Any]) -> SafeString:
    """Write data for search engines."""
    return as_script(data)


@register.simple_tag
def lead_figure(article: Article) -> SafeString:
    """Show the lead picture of an article above its text."""
    if article.lead_image is None:
        return SafeString()
    image = image_facts(article.lead_image)
    figure = ShownFigure(image, article.lead_alt, article.lead_caption, article.lead_credit)
    return article_parts.figure_html(figure)


@register.simple_tag
def toc(article: Article) -> SafeString:
    """Show the headings of an article that has several."""
    if len(article.toc) < _FEWEST_HEADINGS:
        return SafeString()
    return article_parts.toc_html(ShownToc(tuple(article.toc_entries), article.language))


@register.simple_tag
def summary(article: Article) -> SafeString:
    lines = tuple(article.summary)
    return (
        article_parts.summary_html(ShownSummary(lines, article.language)) if lines else SafeString()
    )
