"""What a Ghost export says besides its posts: writers, tags, who wrote what, its addresses.

All of it is read before the first post, since these tables come after the posts'.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from typing import Any, BinaryIO, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from articles.importing.documents import ImportFailure
from articles.importing.ghost_records import (
    POSTS,
    SIDE_TABLES,
    is_set,
    key_in,
    number_in,
    objects_in,
    tables,
    text_in,
)
from articles.importing.json_records import Record

# How much may be kept: the letters of the tables' rows, and what Python needs for each row.
MAX_WEIGHT = 40_000_000
_ROW_WEIGHT = 150
MAX_POSTS = 50_000
_MAX_NAME = 300
_MAX_CAPTION = 2000
_MAX_SITES = 1000
# Ghost 4 and later write this for the site's own address.
OWN_ADDRESS = "__GHOST_URL__"
_OWN_PICTURE = re.compile(r"(https?://[^\s\"'<>()\\]{1,200}?)/content/images/", re.IGNORECASE)
_TEXTS = ("html", "mobiledoc", "lexical", "markdown", "feature_image", "image")

_Named = TypeVar("_Named")


@dataclass(frozen=True, slots=True)
class Tag:
    name: str
    is_internal: bool


@dataclass(slots=True)
class Index:
    """`site` is the site's address, where anything tells; `permalink` is how posts' addresses are
    built, by Ghost's own signs such as `/:year/:slug/`."""

    site: str = ""
    permalink: str = "/:slug/"
    zone: tzinfo = UTC
    slugs: set[str] = field(default_factory=set)
    post_count: int = 0
    _users: dict[str, str] = field(default_factory=dict)
    _tags: dict[str, Tag] = field(default_factory=dict)
    _tags_of: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    _authors_of: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    _meta: dict[str, dict[str, Any]] = field(default_factory=dict)

    def tags(self, post: dict[str, Any]) -> list[Tag]:
        """Return a post's tags in order; Ghost's interface has them within the post."""
        found = _in_order(self._tags_of.get(key_in(post, "id"), []), self._tags)
        return found or [_tag(each) for each in objects_in(post, "tags")]

    def authors(self, post: dict[str, Any]) -> list[str]:
        """Return the names of a post's writers in order."""
        found = _in_order(self._authors_of.get(key_in(post, "id"), []), self._users)
        found = found or [_name(each) for each in objects_in(post, "authors")]
        first = self._users.get(key_in(post, "author_id") or key_in(post, "author"), "")
        return found or [first]

    def meta(self, post: dict[str, Any]) -> dict[str, Any]:
        """Return what Ghost 3 and later keep of a post in a table of its own."""
        return self._meta.get(key_in(post, "id"), {})

    def add(self, record: Record) -> None:
        values, post = record.values, key_in(record.values, "post_id")
        match record.path[-1]:
            case "users":
                self._users[key_in(values, "id")] = _name(values)
            case "tags":
                self._tags[key_in(values, "id")] = _tag(values)
            case "posts_tags":
                entry = (number_in(values, "sort_order"), key_in(values, "tag_id"))
                self._tags_of.setdefault(post, []).append(entry)
            case "posts_authors":
                entry = (number_in(values, "sort_order"), key_in(values, "author_id"))
                self._authors_of.setdefault(post, []).append(entry)
            case "posts_meta":
                self._meta[post] = {
                    "feature_image_alt": text_in(values, "feature_image_alt")[:_MAX_CAPTION],
                    "feature_image_caption": text_in(values, "feature_image_caption")[
                        :_MAX_CAPTION
                    ],
                    "email_only": is_set(values, "email_only"),
                }
            case "settings":
                self._add_setting(key_in(values, "key"), text_in(values, "value").strip())

    def _add_setting(self, key: str, value: str) -> None:
        if key == "permalinks" and value.startswith("/") and ":slug" in value:
            self.permalink = value[:_MAX_NAME]
        elif key in ("timezone", "active_timezone", "activeTimezone"):
            try:
                self.zone = ZoneInfo(value)
            except (ZoneInfoNotFoundError, ValueError, OSError):
                self.zone = UTC


def read_index(stream: BinaryIO) -> Index:
    """Read the whole file once.

    Raises ImportFailure for what is no Ghost export, holds no posts, or too much besides them.
    """
    index = Index()
    sites: Counter[str] = Counter()
    weight = 0
    for record in tables(stream, POSTS, *SIDE_TABLES):
        if record.path[-1] == POSTS:
            index.post_count += 1
            slug = text_in(record.values, "slug").strip()[:_MAX_NAME]
            weight += _ROW_WEIGHT + len(slug)
            index.slugs.add(slug)
            _note_site(record.values, sites)
        else:
            weight += _ROW_WEIGHT + record.length
            index.add(record)
        if index.post_count > MAX_POSTS:
            raise ImportFailure(f"it holds more than {MAX_POSTS:,} posts")
        if weight > MAX_WEIGHT:
            raise ImportFailure("its tables of tags, authors and settings are too large")
    if not index.post_count:
        raise ImportFailure("this is no Ghost export, or an empty one: it holds no posts")
    index.site = _likeliest(sites)
    return index


def _note_site(post: dict[str, Any], sites: Counter[str]) -> None:
    """Count the sites that a post may be of: by its own address, or by where its pictures are.

    A post that has Ghost's mark for the site's address names only other sites by theirs.
    """
    texts = [text_in(post, name) for name in _TEXTS]
    if any(OWN_ADDRESS in text for text in texts):
        sites[OWN_ADDRESS] += 1
        return
    found = {match[1] for text in texts for match in _OWN_PICTURE.finditer(text)}
    address = text_in(post, "url").strip()
    if slug := text_in(post, "slug"):
        root, slash, _ = address.rpartition(f"/{slug}")
        found |= {root} if slash else set()
    for site in found:
        if (len(sites) < _MAX_SITES or site in sites) and _is_site(site):
            sites[site] += 1


def _likeliest(sites: Counter[str]) -> str:
    """Return the site that most posts may be of, "" where all are told by Ghost's mark."""
    is_told = OWN_ADDRESS in sites or not sites
    return "" if is_told else sites.most_common(1)[0][0]


def _is_site(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.hostname)


def _in_order(entries: list[tuple[int, str]], named: dict[str, _Named]) -> list[_Named]:
    ordered = sorted(entries, key=lambda entry: entry[0])
    return [named[key] for _, key in ordered if key in named]


def _name(user: dict[str, Any]) -> str:
    return " ".join(text_in(user, "name", "slug").split())[:_MAX_NAME]


def _tag(values: dict[str, Any]) -> Tag:
    name = " ".join(text_in(values, "name").split())[:_MAX_NAME]
    return Tag(name, name.startswith("#") or text_in(values, "visibility") == "internal")
