"""The article that a page describes in JSON-LD."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from articles.importing.pages.elements import one_line

_ARTICLE = re.compile(r"(?:Article|Posting|Report|OpinionNewsArticle|ReviewNewsArticle)$")
_MAX_LENGTH = 300_000
_MAX_DEPTH = 8
# Hand-written templates leave line ends in strings, and commas before a closing bracket.
_LOOSE_COMMA = re.compile(r",(?=\s*[}\]])")


@dataclass(slots=True)
class LinkedData:
    """What JSON-LD says; each list as it was given."""

    title: str = ""
    description: str = ""
    published: str = ""
    section: str = ""
    image: str = ""
    url: str = ""
    publisher: str = ""
    authors: list[str] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    breadcrumbs: list[str] = field(default_factory=list)


def read_linked_data(tree: HtmlElement) -> LinkedData:
    """Return what the page's JSON-LD says of its article; nothing of what cannot be read."""
    data = LinkedData()
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        for node in _nodes(_loaded(script.text or ""), 0):
            _read(node, data)
    return data


def _loaded(source: str) -> object:
    if len(source) > _MAX_LENGTH:
        return None
    source = re.sub(r"^\s*(?://)?\s*<!\[CDATA\[|(?://)?\s*\]\]>\s*$", "", source).strip(" ;\n\t")
    for text in (source, _LOOSE_COMMA.sub("", source)):
        try:
            loaded: object = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        return loaded
    return None


def _nodes(value: object, depth: int) -> Iterator[dict[str, object]]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for each in value[:200]:
            yield from _nodes(each, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity"):
            yield from _nodes(value.get(key), depth + 1)


def _read(node: dict[str, object], data: LinkedData) -> None:
    kinds = _texts(node.get("@type"))
    if "BreadcrumbList" in kinds and not data.breadcrumbs:
        data.breadcrumbs = _breadcrumbs(node)
    if not any(map(_ARTICLE.search, kinds)):
        return
    data.title = data.title or _text(node.get("headline")) or _text(node.get("name"))
    data.description = data.description or _text(node.get("description"))
    data.published = data.published or _text(node.get("datePublished"))
    data.published = data.published or _text(node.get("dateCreated"))
    data.section = data.section or _text(node.get("articleSection"))
    data.image = data.image or _address(node.get("image"))
    data.url = data.url or _address(node.get("mainEntityOfPage")) or _address(node.get("url"))
    data.publisher = data.publisher or _text(node.get("publisher"))
    data.keywords = data.keywords or _texts(node.get("keywords"))
    _read_people(node.get("author") or node.get("creator"), data)


def _read_people(value: object, data: LinkedData) -> None:
    for person in value if isinstance(value, list) else [value]:
        is_group = isinstance(person, dict) and "Organization" in str(person.get("@type"))
        names = data.organisations if is_group else data.authors
        names += [name for name in _texts(person) if name not in names]


def _breadcrumbs(node: dict[str, object]) -> list[str]:
    items = node.get("itemListElement")
    names = []
    for item in items if isinstance(items, list) else []:
        if isinstance(item, dict):
            names.append(_text(item.get("name")) or _text(item.get("item")))
    return [name for name in names if name]


def _text(value: object) -> str:
    return next(iter(_texts(value)), "")


def _texts(value: object) -> list[str]:
    """Return the texts or names that a value holds, in whichever shape."""
    if isinstance(value, str):
        text = one_line(html.unescape(value))
        return [text] if text else []
    if isinstance(value, dict):
        return _texts(value.get("name") or value.get("@value"))
    if isinstance(value, list):
        return [text for each in value[:100] if not isinstance(each, list) for text in _texts(each)]
    return []


def _address(value: object) -> str:
    if isinstance(value, list):
        return next(filter(None, map(_address, value[:20])), "")
    if isinstance(value, dict):
        return _address(value.get("url") or value.get("@id") or value.get("contentUrl"))
    return value.strip() if isinstance(value, str) else ""
