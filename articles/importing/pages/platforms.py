"""Which platform made a page, and so where on it the article is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lxml.html import HtmlElement

from articles.importing.pages import (
    blogs,
    brunch,
    generic,
    naver_blog,
    newspapers,
    tistory,
    velog,
)
from articles.importing.pages.elements import text_of, tokens_of
from articles.importing.pages.page import Excerpt, Page

_MANY = 4


@dataclass(frozen=True, slots=True)
class Platform:
    """A maker of pages.

    `read` returns None for a page of the platform that shows no article the way it usually does.
    `is_writers_own` is whether its addresses may be kept as redirects: a newspaper's lead nowhere.
    `path_in` returns the path that a page without an address had, told by its file's path, or "".
    """

    name: str
    recognises: Callable[[Page], bool]
    read: Callable[[Page], Excerpt | None]
    is_writers_own: bool = True
    path_in: Callable[[str], str] = lambda name: ""


# The first that recognises a page and finds an article on it reads it.
PLATFORMS: tuple[Platform, ...] = (
    Platform("naver news", newspapers.is_naver_news, newspapers.read_naver_news, False),
    Platform("daum news", newspapers.is_daum_news, newspapers.read_daum_news, False),
    Platform("brunch", brunch.is_brunch, brunch.read_brunch),
    Platform("naver", naver_blog.is_naver, naver_blog.read_naver),
    Platform("tistory", tistory.is_tistory, tistory.read_tistory, path_in=tistory.path_in_backup),
    Platform("velog", velog.is_velog, velog.read_velog),
    Platform("newspaper", newspapers.is_newspaper, newspapers.read_newspaper, False),
    Platform("blog", blogs.is_blog, blogs.read_blog),
    Platform("page", lambda page: True, generic.read_page, False),
)


def read_excerpt(page: Page) -> tuple[Platform, Excerpt] | None:
    """Return the article on the page with the platform that found it, or None."""
    if _lists_articles(page):
        return None
    for platform in PLATFORMS:
        if platform.recognises(page) and (excerpt := platform.read(page)):
            return platform, excerpt
    return None


def _lists_articles(page: Page) -> bool:
    """Whether the page shows the beginnings of many articles, none of which is the page's own."""
    facts = page.facts
    if facts.published_at is not None and "published_at" not in facts.guessed:
        return False
    lengths = [len(text_of(each)) for each in page.all("article") if not _is_comment(each)]
    return len(lengths) >= _MANY and 2 * max(lengths) < sum(lengths)


def _is_comment(element: HtmlElement) -> bool:
    return any("comment" in token.lower() for token in tokens_of(element))
