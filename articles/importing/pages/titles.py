"""An article's title, out of what pages write around it."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SEPARATOR = re.compile(r"\s+(?:[|\-–—:·<>»«•]|--|::|\|\||<<|>>)\s+|\s*(?:\s::|::\s|\|)\s*")
_MAX_SITE_NAME = 30
_MAX_TITLE = 300
# What browsers and newspapers put before a title.
_PREFIX = re.compile(r"^(?:전체\s?기사|기사\s?본문|기사\s?보기|뉴스)\s*[:|>]\s*")


def without_site(title: str, names: Iterable[str], headings: Iterable[str]) -> str:
    """Return the title without the site's name at its end or beginning.

    `names` are what the site is called, `headings` the texts of the page's headings: one that is a
    part of the title, between separators, is the title.
    """
    title = _PREFIX.sub("", title[:_MAX_TITLE])
    parts = [part.strip() for part in _SEPARATOR.split(title) if part.strip()]
    if len(parts) < 2:
        return title
    known = {_plain(name) for name in names if name}
    shown = [each for each in headings if _plain(each) not in known and _is_part(each, title)]
    if shown:
        return max(shown, key=len)
    kept = [part for part in parts if _plain(part) not in known]
    if not kept:
        return title
    if len(kept) == len(parts):
        return title
    return _between(title, kept[0], kept[-1])


def _is_part(heading: str, title: str) -> bool:
    """Whether the heading is the title without what a separator parts from it."""
    if len(heading) < 2 or heading == title:
        return heading == title
    before, found, after = title.partition(heading)
    if not found:
        return False
    starts = not before.strip() or _SEPARATOR.search(before[-4:] + " ") is not None
    ends = not after.strip() or _SEPARATOR.match(f" {after.lstrip()}") is not None
    return starts and ends and 2 * len(heading) >= len(title) - _MAX_SITE_NAME


def _between(title: str, first: str, last: str) -> str:
    start = title.find(first)
    end = title.rfind(last) + len(last)
    return title[start:end].strip() or title


def _plain(name: str) -> str:
    return re.sub(r"\W", "", name).casefold()
