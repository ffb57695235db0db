"""The category and the tags that a blog's page links to."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from articles.importing.pages.elements import text_of
from articles.importing.pages.facts import PageFacts
from articles.importing.pages.metadata import section_in, words_in
from articles.importing.pages.page import Page

_CATEGORIES = [
    ".cat-links",
    ".post-categories",
    ".entry-categories",
    ".post-category",
    ".category-list",
    ".categories",
    ".category",
    ".article-category",
    ".post-cat",
    ".entry-category",
]
_TAGS = [
    ".tags-links",
    ".post-tags",
    ".entry-tags",
    ".tag-list",
    ".article-tag-list",
    ".post__tags",
    ".post-labels",
    ".post-tag",
    ".tags",
    ".tagcloud",
]
_CATEGORY_PATH = re.compile(r"/(?:categor(?:y|ies)|분류|section)(?:/|$)", re.IGNORECASE)
_TAG_PATH = re.compile(r"/(?:tags?|hashtag|label|topics?)(?:/|$)", re.IGNORECASE)
# More than these are all tags of the blog.
_MAX_LINKS = 15
_FRAME = frozenset(["nav", "aside"])


def read_terms(page: Page, facts: PageFacts) -> None:
    """Complete the facts by what the page links to as the post's category and tags."""
    categories: list[str] = []
    tags: list[str] = []
    by_path: dict[str, list[str]] = {"category": [], "tag": []}
    for link in page.all("a"):
        kind = _kind(link)
        if not kind or not (text := text_of(link)):
            continue
        if "tag" in _relation(link) or "category" in _relation(link):
            (categories if kind == "category" else tags).append(text)
        elif not _is_in_frame(link):
            by_path[kind].append(text)
    categories += _links_in(page, _CATEGORIES)
    tags = tags or _links_in(page, _TAGS)
    if not page.facts.category or "category" in page.facts.guessed:
        facts.state("category", section_in(categories))
        facts.guess("category", section_in(_few(by_path["category"])))
    if not page.facts.tags or "tags" in page.facts.guessed:
        facts.state("tags", words_in(tags))
        facts.guess("tags", words_in(_few(by_path["tag"])))


def _relation(link: HtmlElement) -> list[str]:
    return (link.get("rel") or "").lower().split()


def _kind(link: HtmlElement) -> str:
    """Return "category" or "tag" for a link to one, else ""."""
    relation = _relation(link)
    try:
        path = urlsplit(link.get("href") or "").path
    except ValueError:
        path = ""
    if "category" in relation or _CATEGORY_PATH.search(path):
        return "category"
    return "tag" if "tag" in relation or _TAG_PATH.search(path) else ""


def _links_in(page: Page, keys: list[str]) -> list[str]:
    boxes = (each for each in page.all(*keys) if not _is_in_frame(each))
    return [text_of(link) for box in boxes for link in box.iter("a")]


def _is_in_frame(element: HtmlElement) -> bool:
    return any(above.tag in _FRAME for above in element.iterancestors())


def _few(texts: list[str]) -> list[str]:
    return texts if len(texts) <= _MAX_LINKS else []
