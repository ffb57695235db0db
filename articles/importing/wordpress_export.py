"""A WordPress export (WXR 1.0 to 1.2) as its posts, one after the other.

The file is read twice, and never held as a whole: first for what posts refer to, then for the
posts themselves.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from articles.importing.documents import ImportedArticle
from articles.importing.html_tree import text_of
from articles.importing.readings import Reading, Remainder
from articles.importing.sources import Source
from articles.importing.wordpress_index import ITEM, META, Index, read_index
from articles.importing.wordpress_records import SITE_FIELDS, post_ref, site_of
from articles.importing.wordpress_source import FORBIDDEN, Post, article_of
from articles.importing.xml_records import Record, records

_TERM = f"{ITEM}/category"
_SHAPE = {
    "rss/channel": SITE_FIELDS,
    ITEM: frozenset(
        {"title", "link", "guid", "creator", "content:encoded", "excerpt:encoded", "post_id"}
        | {"post_date", "post_date_gmt", "post_name", "status", "post_type", "post_password"}
    ),
    _TERM: frozenset({"", "@domain"}),
    META: frozenset({"meta_key", "meta_value"}),
}
_META = frozenset(["_thumbnail_id", "footnotes"])
_OLD_NAME = "_wp_old_slug"
# What is read with the posts that need it, and is nothing to miss.
_PARTS = frozenset(["attachment", "wp_block", "nav_menu_item", "revision"])
_TYPES = {"post": "posts", "page": "pages"}
_UNFINISHED = {"trash": "in the trash", "auto-draft": "never saved", "inherit": "without a status"}


def read_wordpress(source: Source, *, takes_pages: bool) -> Iterator[Reading | Remainder]:
    """Yield the posts, and at the end what else there was.

    Raises ImportFailure, before the first of them, for a file that is not well-formed.
    """
    with source.open() as stream:
        index = read_index(stream)
    left_out: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    with source.open() as stream:
        for post in _posts(records(stream, _SHAPE, forbidden=FORBIDDEN)):
            if kind := _kind_left_out(post.item, takes_pages=takes_pages):
                left_out[kind] += 1
            elif post.item.get("post_type") not in _PARTS:
                yield _told_apart(_reading(post, index, source), seen)
    left_out.pop("", None)
    yield Remainder(source.label, left_out, index.comment_count)


def _posts(found: Iterator[Record]) -> Iterator[Post]:
    terms: list[Record] = []
    meta: dict[str, str] = {}
    old_names: list[str] = []
    for record in found:
        if record.path == _TERM:
            terms.append(record)
        elif record.path == META:
            key = record.get("meta_key")
            if key in _META:
                meta.setdefault(key, record.get("meta_value"))
            elif key == _OLD_NAME and record.get("meta_value"):
                old_names.append(record.get("meta_value"))
        elif record.path == ITEM:
            yield Post(record, terms, meta, old_names)
            terms, meta, old_names = [], {}, []


def _kind_left_out(item: Record, *, takes_pages: bool) -> str:
    """Return what to count an item as that becomes no article, "" for one that does."""
    kind, status = item.get("post_type") or "post", item.get("status")
    if kind in _PARTS:
        return ""
    if kind not in _TYPES:
        return f"items of the type {kind[:40]!r}"
    if status in _UNFINISHED:
        return f"{_TYPES[kind]} {_UNFINISHED[status]}"
    if not any(item.get(name) for name in ("title", "content:encoded")) and not item.problem:
        return f"{_TYPES[kind]} without a title and a text"
    return "pages (--pages import takes them)" if kind == "page" and not takes_pages else ""


def _reading(post: Post, index: Index, source: Source) -> Reading:
    item = post.item
    number = item.get("post_id")
    title = text_of(item.get("title").replace(FORBIDDEN, ""))[:60]
    kind = item.get("post_type") or "post"
    ref = post_ref(site_of(item.within), number) if number else item.get("guid") or item.get("link")
    label = f"{source.label}:{item.line}: {kind} {number} “{title}”"
    own = replace(source, label=label, ref=ref[:500], is_self_named=True)
    return Reading(own, partial(_loaded, post, index))


def _told_apart(reading: Reading, seen: Counter[str]) -> Reading:
    """Return the reading under an identity of its own; files put together name a number twice."""
    ref = reading.source.ref
    seen[ref] += 1
    if seen[ref] == 1:
        return reading
    return replace(reading, source=replace(reading.source, ref=f"{ref}#{seen[ref]}"))


def _loaded(post: Post, index: Index) -> tuple[ImportedArticle, bytes]:
    """Return the article, and bytes that are the same whenever the post says the same."""
    terms = sorted((term.get("@domain"), term.get("")) for term in post.terms)
    said = [sorted(post.item.fields.items()), terms, sorted(post.meta.items())]
    return article_of(post, index), json.dumps(said).encode()
