"""A Ghost export (JSON) as its posts, one after the other.

The file is read twice, and never held as a whole: first for what posts refer to, then for the
posts themselves.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from articles.importing.documents import ImportedArticle, ImportFailure, lasting_ref
from articles.importing.ghost_content import FORMS
from articles.importing.ghost_index import Index, read_index
from articles.importing.ghost_records import POSTS, key_in, tables, text_in
from articles.importing.ghost_source import UNTITLED, article_of, is_page
from articles.importing.json_records import Record
from articles.importing.readings import Reading, Remainder
from articles.importing.sources import Source
from articles.text import one_line

_LONG_ID = re.compile(r"[0-9a-f]{24}")
# Ghost writes these anew without anybody having changed the post.
_RESTLESS = frozenset(["updated_at", "updated_by", "comment_id", "newsletter_id"])


def read_ghost(source: Source, *, takes_pages: bool) -> Iterator[Reading | Remainder]:
    """Yield the posts, and at the end what else there was.

    Raises ImportFailure, before the first of them, for a file that is not a Ghost export.
    """
    with source.open() as stream:
        index = read_index(stream)
    left_out: Counter[str] = Counter()
    met: set[str] = set()
    with source.open() as stream:
        for number, record in enumerate(tables(stream, POSTS), start=1):
            if kind := _kind_left_out(record, takes_pages=takes_pages):
                left_out[kind] += 1
            else:
                yield _reading(record, number, index, source, met)
    yield Remainder(source.label, left_out)


def _kind_left_out(record: Record, *, takes_pages: bool) -> str:
    """Return what to count a post as that becomes no article, "" for one that does."""
    post = record.values
    kind = "pages" if is_page(post) else "posts"
    named = one_line(text_in(post, "title")).removeprefix(UNTITLED)
    if not record.problem and not named and not any(text_in(post, name) for name in FORMS):
        return f"{kind} without a title and a text"
    return "pages (--pages import takes them)" if kind == "pages" and not takes_pages else ""


def _reading(record: Record, number: int, index: Index, source: Source, met: set[str]) -> Reading:
    post = record.values
    kind = "page" if is_page(post) else "post"
    label = f"{source.label}: {kind} {number} “{one_line(text_in(post, 'title'))[:60]}”"
    ref = _ref(post, index) or f"{source.ref}#{number}"
    problem = record.problem or (ref in met and "an earlier post of the file has its identity")
    met.add(ref)
    own = replace(source, label=label, ref=ref, is_self_named=True)
    return Reading(own, partial(_loaded, post, index, problem or ""))


def _ref(post: dict[str, Any], index: Index) -> str:
    """Return a post's lasting identity, "" where it has none.

    Its uuid is its alone, and so is a long id; a number is one of many of that value.
    """
    key = one_line(key_in(post, "id"))
    if found := one_line(key_in(post, "uuid")) or (key if _LONG_ID.fullmatch(key) else ""):
        return lasting_ref("ghost", found)
    found = one_line(key_in(post, "slug")) or key
    return lasting_ref("ghost", urlsplit(index.site).hostname or "", found) if found else ""


def _loaded(post: dict[str, Any], index: Index, problem: str) -> tuple[ImportedArticle, bytes]:
    """Return the article, and bytes that are the same whenever the post says the same."""
    if problem:
        raise ImportFailure(problem)
    said = {name: value for name, value in post.items() if name not in _RESTLESS}
    around = [[tag.name for tag in index.tags(post)], index.authors(post), index.meta(post)]
    return article_of(post, index), json.dumps([said, around], sort_keys=True).encode()
