"""Pages of velog, where programmers write."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from articles.importing.dates import find_dates, moment_of
from articles.importing.pages.elements import drop, is_element, text_of
from articles.importing.pages.facts import PageFacts
from articles.importing.pages.page import Excerpt, Page

_RELEASED = re.compile(r'\\?"released_at\\?":\s?\\?"([0-9T:.Z+-]{10,40})')
_SERIES = re.compile(r"/@[^/]+/series/")
_PLACE = re.compile(r"^\s*(\d{1,4})\s*/\s*\d{1,4}\s*$")
_LANGUAGE = re.compile(r"language-([\w+#-]{1,30})")


def is_velog(page: Page) -> bool:
    addresses = (page.facts.address, page.facts.canonical_url)
    is_there = any("//velog.io/" in each for each in addresses)
    return page.has(".atom-one", ".head-wrapper") and (is_there or page.has(".head-wrapper"))


def read_velog(page: Page) -> Excerpt | None:
    """Return the post; None where the page shows none."""
    body = page.longest_above(1, ".atom-one")
    if body is None:
        return None
    facts = PageFacts(tags=_tags(page))
    head = page.first(".head-wrapper")
    if head is not None:
        _read_head(head, facts)
    scripts = (script.text or "" for script in page.all("script"))
    released = next(filter(None, map(_RELEASED.search, scripts)), None)
    if released and (moment := moment_of(released[1])):
        facts.published_at = moment
    for block in body.iter("pre"):
        named = " ".join(each.get("class") or "" for each in (block, *block.iter("code")))
        if match := _LANGUAGE.search(named):
            block.set("data-language", match[1])
    return Excerpt([body], facts, is_exact=True)


def _read_head(head: HtmlElement, facts: PageFacts) -> None:
    facts.title = next(filter(None, map(text_of, head.iter("h1"))), "")
    for each in head.iter("span"):
        if "username" in (each.get("class") or ""):
            facts.authors = (text_of(each),)
    if found := next(find_dates(text_of(head)), None):
        facts.published_at = found.moment
    for heading in head.iter("h2"):
        link = next(
            (each for each in heading.iter("a") if _SERIES.search(each.get("href") or "")), None
        )
        if link is None:
            continue
        facts.series = text_of(link)
        box = heading.getparent()
        leaves = (each for each in (heading if box is None else box).iter() if _is_leaf(each))
        places = (_PLACE.match(text_of(each)) for each in leaves)
        if place := next(filter(None, places), None):
            facts.episode = int(place[1])
        if box is not None:
            drop(box)
        return


def _is_leaf(element: HtmlElement) -> bool:
    return is_element(element) and not any(map(is_element, element))


def _tags(page: Page) -> tuple[str, ...]:
    names = (text_of(link) for link in page.all("a") if "/tags/" in (link.get("href") or ""))
    return tuple(dict.fromkeys(filter(None, names)))
