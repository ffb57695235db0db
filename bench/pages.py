"""Which pages of a synthetic magazine are measured."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from bench.answers import HOST, Answer, ask
from bench.machine import BenchError

# Ordinary words of the synthetic essays, alone and together.
SEARCHES = ("반도체", "도서관", "기억", "한글 편지", "물가", "부산", "기다림", "인공지능 변화")

# The page whose answer is no success.
MISSING = "missing page"


@dataclass(frozen=True, slots=True)
class Page:
    """What is asked for, in turn; `is_stored` says whether the page store may keep it."""

    name: str
    paths: list[str]
    is_stored: bool


def pages_of(port: int) -> list[Page]:
    """Find the pages of the site on that port, the newest articles first."""
    items = json.loads(_body(ask(port, "/feed.json")))["items"]
    large, long, usual = (_path(item["url"]) for item in items[:3])
    tag = re.search(rb'href="(/tags/[^"/]+/)"', _body(ask(port, usual)))
    if tag is None:
        raise BenchError("The article has no tag.")
    searches = [f"/search/?{urlencode({'q': words})}" for words in SEARCHES]
    return [
        Page("front page", ["/"], is_stored=True),
        Page("article, 20 comments", [usual], is_stored=True),
        Page("tag page", [_path(tag[1].decode())], is_stored=True),
        Page("feed", ["/feed/"], is_stored=True),
        Page("discussion of 2,000", [f"{long}comments/"], is_stored=False),
        Page("discussion of 50,000", [f"{large}comments/"], is_stored=False),
        Page("search", searches, is_stored=False),
    ]


def answers_of(port: int, pages: list[Page]) -> dict[str, Answer]:
    """Return what the site answers to the first path of each page, by the path."""
    answers = {page.paths[0]: ask(port, page.paths[0]) for page in pages}
    for path, answer in answers.items():
        if not answer.has_succeeded:
            raise BenchError(f"http://{HOST}:{port}{path}: {answer.status}")
    return answers


def _body(answer: Answer) -> bytes:
    if not answer.has_succeeded:
        raise BenchError(f"The site answers {answer.status}.")
    return answer.body


def _path(address: str) -> str:
    return quote(urlsplit(address).path, safe="/%")
