"""The names of authors as pages write them: with titles, addresses and each other."""

from __future__ import annotations

import re

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


def named_people(text: str) -> list[str]:
    """Return the names in what a page gives as its author."""
    clean = one_line(_EMAIL.sub(" ", text))
    if not clean or len(clean) > 200:
        return []
    byline = read_byline(text)
    if byline and byline.authors:
        return list(byline.authors)
    names = []
    for part in re.split(r"[,，·ㆍ;、|]|\s(?:and|&)\s", _LABEL.sub("", clean)):
        name = _TITLE.sub("", part.strip(_EDGES)).strip(_EDGES)
        if name and len(name) <= _MAX_NAME:
            names.append(name)
    return names
