"""The names of authors as pages write them: with titles, addresses and each other."""

from __future__ import annotations

import re
from collections.abc import Iterable

from articles.importing.bylines import read_byline
from articles.importing.pages.elements import one_line

_MAX_NAME = 30
_EMAIL = re.compile(r"[\[(<]?[\w.+-]{1,64}@[\w.-]{1,190}[\])>]?")
_LABEL = re.compile(
    r"^(?:by|posted by|written by|작성자|글쓴이|글|기자|취재|저자)\s*[:：|.]?\s+", re.IGNORECASE
)
_TITLE = re.compile(
    r"(?<=[가-힣])\s*(?:[가-힣]{0,4}기자|특파원|논설위원|에디터|칼럼니스트|앵커|PD)$"
)
_EDGES = " \t|·/,:;()[]<>=-–—"
# A button with its count, a time, a site, a day, the word below an agency's last line.
_NO_NAME = re.compile(
    r"[\W\d_]*|.*\d:\d\d.*|[가-힣]+\s\d+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,4}|(?:in|at|on|from|to)\s.*|end"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day",
    re.IGNORECASE,
)
_DAY = re.compile(r"\s(?:mon|tues|wednes|thurs|fri|satur|sun)day$", re.IGNORECASE)


def named_people(text: str) -> list[str]:
    """Return the names in what a page gives as its author."""
    clean = one_line(_EMAIL.sub(" ", text))
    if not clean or len(clean) > 200:
        return []
    byline = read_byline(text)
    if byline and byline.authors:
        return without_other_words(byline.authors)
    names: list[str] = []
    for part in re.split(r"[,，·ㆍ;、|]|\s(?:and|&)\s", _LABEL.sub("", clean)):
        name = _TITLE.sub("", part.strip(_EDGES)).strip(_EDGES)
        names += [name] if len(name) <= _MAX_NAME else []
    return without_other_words(names)


def without_other_words(names: Iterable[str]) -> list[str]:
    """Return the names without what can be nobody's: counts, times, sites, days."""
    named = (_DAY.sub("", name) for name in names)
    return [name for name in named if _NO_NAME.fullmatch(name) is None]
