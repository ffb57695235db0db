"""Which platform made a page, and so where on it the article is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from articles.importing.pages import (
    blogs,
    brunch,
    generic,
    naver_blog,
    newspapers,
    tistory,
    velog,
)
from articles.importing.pages.page import Excerpt, Page


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
    for platform in PLATFORMS:
        if platform.recognises(page) and (excerpt := platform.read(page)):
            return platform, excerpt
    return None
