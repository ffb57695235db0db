"""What a page shows around an article: who wrote it, when, and under which section."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise

from lxml.html import HtmlElement

from articles.importing.bylines import Byline, read_byline
from articles.importing.page_noise import hashtags, is_button, section_of
from articles.importing.pages.elements import HEADINGS, lines_of, link_density, text_of, tokens_of
from articles.importing.pages.facts import PageFacts
from articles.importing.pages.headings import follows_paragraph
from articles.importing.pages.metadata import moment_in, section_in
from articles.importing.pages.people import named_people, without_other_words

_NAMED = re.compile(
    r"(?:기자명|작성자|글쓴이|필자|기자)\s*[:：|]?\s*(?P<name>[가-힣]{2,4}(?:\s?기자)?)"
)
_PATH = re.compile(r"breadcrumb|^(?:location|path|history|loc)$", re.IGNORECASE)
_SUBTITLE = re.compile(
    r"(?:sub[_-]?(?:title|tit|heading|headline|ttl|head)|(?:^|_)(?:dek|deck|standfirst|stit|sub-?copy)|(?:^|[_-])(?:tit|title|ttl)[_-]sub|^(?:article[_-]?)?summary$)(?![a-z])",
    re.IGNORECASE,
)
_ENCLOSED_TIME = re.compile(r"\((\d{1,2}:\d{2})\)")
_LINES = frozenset(["p", "div", "strong", "span", *HEADINGS])
_MAX_SUBTITLE = 250
_BEGINNING = 60
_MOSTLY_LINKS = 0.6
_ABOVE = 25
_WITHIN = 3
_BELOW = 8
_LEAST = 20
# Each is looked for in the whole text.
_MOST_TRIED = 40


def read_surroundings(tree: HtmlElement, bodies: list[HtmlElement], facts: PageFacts) -> None:
    """Complete the facts by the lines around and at the edges of the article's text."""
    lines = lines_of(tree)
    text = [line for body in bodies for line in lines_of(body)]
    start, end = _extent(lines, text)
    title = max((place for place in range(start) if lines[place] == facts.title), default=None)
    top = max(0, start - _ABOVE) if title is None else max(0, title - 4)
    above = lines[top : start + _WITHIN]
    below = lines[max(start, end - _WITHIN) : end + _BELOW]
    _read_labels(lines[top:start], facts)
    _read_lines(above, facts)
    _read_lines(below, facts)
    if not facts.dek or "dek" in facts.guessed:
        facts.state("dek", _subtitle(tree, bodies, facts))
    if not facts.category:
        facts.guess("category", _section_of_path(tree, facts))
        facts.guess("category", next(filter(None, map(section_of, lines[top:start])), ""))
    if not facts.tags:
        facts.guess("tags", _first_run(map(hashtags, below)))


def _extent(lines: list[str], text: list[str]) -> tuple[int, int]:
    """Return where on the page the text begins and ends, by its first and last long lines."""
    long = [line for line in text if len(line) >= _LEAST]
    places = {line: place for place, line in reversed(list(enumerate(lines)))}
    start = next((places[line] for line in long if line in places), len(lines))
    end = next((places[line] for line in reversed(long) if line in places), start)
    return start, max(start, end)


def _read_lines(lines: Iterable[str], facts: PageFacts) -> None:
    dates: list[tuple[bool, int, datetime]] = []
    for line in lines:
        byline = read_byline(_ENCLOSED_TIME.sub(r"\1", line))
        if match := _NAMED.fullmatch(line):
            byline = Byline(authors=tuple(named_people(match["name"])))
        if byline is None:
            continue
        facts.guess("authors", tuple(without_other_words(byline.authors)))
        if byline.published_at:
            dates.append((not byline.labelled, len(dates), byline.published_at))
    if dates:
        facts.guess("published_at", min(dates)[2])


def _read_labels(lines: list[str], facts: PageFacts) -> None:
    """Read a board's table of facts, in which each stands in the cell beside its name."""
    for label, value in pairwise(lines):
        name = label.rstrip(" :：")
        if name in ("제목", "글제목") and "title" in facts.guessed and value != facts.title:
            facts.state("title", value)
        elif name in ("작성자", "글쓴이", "이름", "등록자"):
            facts.guess("authors", tuple(named_people(value)))
        elif name in ("작성일", "등록일", "작성일시", "등록일시", "날짜", "게시일"):
            facts.guess("published_at", moment_in(value))


def _section_of_path(tree: HtmlElement, facts: PageFacts) -> str:
    for element in tree.iter("nav", "ol", "ul", "div", "p", "span"):
        if any(map(_PATH.search, tokens_of(element))):
            return section_in(map(text_of, element.iter("a")), facts.title, facts.site_name)
    return ""


def _first_run(found: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the words of the first lines, one below the other, that hold any."""
    words: list[str] = []
    for each in found:
        if words and not each:
            break
        words += each
    return tuple(dict.fromkeys(words))


def _subtitle(tree: HtmlElement, bodies: list[HtmlElement], facts: PageFacts) -> str:
    """Return the line below the title that is called a subtitle, or is a lesser heading."""
    titles = frozenset(each for each in tree.iter(*HEADINGS) if text_of(each) == facts.title)
    behind = False
    tried = 0
    passed: set[HtmlElement] = set()
    for element in tree.iter():
        behind = behind or element in titles
        passed |= {element}.intersection(bodies)
        if element.tag not in _LINES:
            continue
        is_named = any(map(_SUBTITLE.search, (element.get("class") or "").split()))
        if not is_named and not _is_below_title(element, facts.title):
            continue
        text = text_of(element)
        tried += 1
        if tried > _MOST_TRIED:
            return ""
        if (titles and not behind) or _is_below(element, passed):
            continue
        if 5 <= len(text) <= _MAX_SUBTITLE and not _is_no_subtitle(element, text, facts):
            return text
    return ""


def _is_below(element: HtmlElement, passed: set[HtmlElement]) -> bool:
    """Whether the element stands behind the beginning of a text."""
    if not passed:
        return False
    body = next((each for each in [element, *element.iterancestors()] if each in passed), None)
    if body is None or text_of(element)[:_BEGINNING] not in text_of(body)[: 5 * _BEGINNING]:
        return True
    return follows_paragraph(element, body)


def _is_no_subtitle(element: HtmlElement, text: str, facts: PageFacts) -> bool:
    """Whether the line repeats the title, or is a path, a button, a byline or a date."""
    if text in (facts.title, facts.site_name, facts.category):
        return True
    return link_density(element) > _MOSTLY_LINKS or is_button(text) or read_byline(text) is not None


def _is_below_title(element: HtmlElement, title: str) -> bool:
    above = element.getprevious() if element.tag in HEADINGS else None
    return above is not None and above.tag in HEADINGS and bool(title) and text_of(above) == title
