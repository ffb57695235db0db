"""Blogs that mark their posts up: WordPress, Ghost, Blogger, Medium, static generators."""

from __future__ import annotations

from itertools import islice

from lxml.html import HtmlElement

from articles.importing.pages.elements import text_of
from articles.importing.pages.facts import PageFacts
from articles.importing.pages.headings import follows_paragraph
from articles.importing.pages.metadata import moment_in
from articles.importing.pages.page import Excerpt, Page
from articles.importing.pages.people import named_people
from articles.importing.pages.pictures import address_of
from articles.importing.pages.terms import read_terms

_MIN_TEXT = 80
_BODIES = [
    ".entry-content",
    ".post-content",
    ".gh-content",
    ".post-full-content",
    ".available-content",
    ".atom-one",
    ".notion-page-content",
    ".post-body",
    ".page__content",
    ".page-body",
    ".elementor-widget-theme-post-content",
    ".e-content",
    ".article-entry",
    ".post__content",
    ".td-post-content",
    ".blog-post-content",
    ".single-content",
    ".entry",
    ".post-entry",
    ".article-content",
    ".content-body",
    ".post_content",
    ".postBody",
    ".markdown-body",
    ".theme-doc-markdown",
    ".prose",
    ".blog-content",
    ".post-text",
    ".article__body",
    ".article__content",
    "#post-content",
    "#article-content",
    "[articleBody]",
    "[text]",
    "article",
]
_TITLES = [
    ".entry-title",
    ".post-title",
    ".page__title",
    ".p-name",
    ".article-title",
    ".post-full-title",
    "[headline]",
]
_DATES = [
    ".entry-date",
    ".dt-published",
    ".post-date",
    ".published",
    ".post-meta",
    "time",
    ".page__date",
    ".date",
    ".posted-on",
]
_AUTHORS = [
    ".p-author",
    ".author-name",
    ".entry-author",
    ".post-author",
    ".wp-block-post-author__name",
    ".wp-block-post-author-name",
    ".byline",
    ".vcard",
    ".author",
    "[author]",
    ".fn",
]
# The picture above a post; those of other posts stand below it.
_LEADS = [
    ".wp-block-post-featured-image",
    ".td-post-featured-image",
    ".gh-article-image",
    ".post-full-image",
    ".post-thumbnail",
    ".entry-thumbnail",
    ".featured-image",
]
_MAX_SUBTITLES = 5
_SUBTITLES = (
    ".entry-subtitle",
    ".post-subtitle",
    ".pw-subtitle-paragraph",
    ".subtitle",
    ".gh-article-excerpt",
    ".post-full-custom-excerpt",
)


def is_blog(page: Page) -> bool:
    return page.has(*_BODIES)


def read_blog(page: Page) -> Excerpt | None:
    body = page.longest_above(_MIN_TEXT, *_BODIES)
    if body is None:
        return None
    facts = PageFacts()
    named = islice(page.all(*_SUBTITLES), _MAX_SUBTITLES)
    subtitles = (each for each in named if not follows_paragraph(each, body))
    facts.state("dek", next(filter(None, map(text_of, subtitles)), ""))
    if not page.facts.title:
        facts.state("title", page.text(*_TITLES))
    if not page.facts.published_at:
        facts.state("published_at", next(filter(None, map(_moment, page.all(*_DATES))), None))
    if not page.facts.authors:
        facts.state("authors", _authors(page))
    if not page.facts.lead_image:
        shown = (image for box in page.all(*_LEADS) for image in box.iter("img"))
        facts.lead_image = next((address_of(image, page.facts.address) for image in shown), "")
    read_terms(page, facts)
    return Excerpt([body], facts)


def _moment(element: HtmlElement) -> object:
    times = [element, *element.iter("time")]
    texts = (each.get("datetime") or each.get("title") or text_of(each)[:60] for each in times)
    return next(filter(None, map(moment_in, texts)), None)


def _authors(page: Page) -> tuple[str, ...]:
    for element in page.all(*_AUTHORS):
        names = named_people(text_of(element))
        if len(names) == 1 and len(names[0]) <= 20:
            return tuple(names)
    return ()
