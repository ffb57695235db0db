"""One post or page of a WordPress export as an article."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from urllib.parse import unquote, urlsplit

from articles.importing.documents import ImportedArticle, ImportFailure
from articles.importing.html_tree import parse_html, text_of
from articles.importing.image_links import find_images
from articles.importing.wordpress_content import Surroundings, footnotes_in, markdown_of
from articles.importing.wordpress_index import Attachment, Index, written_at
from articles.importing.xml_records import Record
from articles.text import normalised

# Stands where the file had a character that XML forbids.
FORBIDDEN = "\ufdd0"

_MAX_PATH_LENGTH = 500
_MAX_TITLE = 40
_UNSORTED = frozenset(["uncategorized", "미분류"])
# A name of 200 bytes may have been cut within a letter.
_CUT_LETTER = re.compile(r"%[0-9A-Fa-f]?$")
_NO_TITLE = "제목 없음"
_PUBLISHED = frozenset(["publish", "future"])


@dataclass(slots=True)
class Post:
    """The record of a post, with what stands in records of their own within it."""

    item: Record
    terms: list[Record] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    old_names: list[str] = field(default_factory=list)


def article_of(post: Post, index: Index) -> ImportedArticle:
    """Return the article that the post becomes; raises ImportFailure for one that becomes none."""
    item = post.item
    if item.problem:
        raise ImportFailure(item.problem)
    warnings = _marked_damage(item)
    body, found = markdown_of(_clean(item.get("content:encoded")), _surroundings(post, index))
    title = text_of(_clean(item.get("title")))
    if not title and not body:
        raise ImportFailure("it has neither a title nor a text")
    if not body:
        warnings.append("the body is empty")
    category, tags = _terms(post, warnings)
    moment = written_at(item, index.zone)
    status, is_withheld = _status(item, moment, warnings)
    lead = _lead_image(post, index, warnings)
    was_published = status == "published" or item.get("status") == "private" or is_locked(item)
    return ImportedArticle(
        title=title or _title_from(post, warnings),
        body=body,
        slug=_slug(item.get("post_name")),
        dek=text_of(_clean(item.get("excerpt:encoded"))),
        authors=_authors(item, index),
        category=category,
        tags=tags,
        published_at=moment if was_published else None,
        status=status,
        is_withheld=is_withheld,
        lead_image=lead.address if lead else "",
        lead_alt=lead.alt if lead else "",
        lead_caption=lead.caption if lead else "",
        images=find_images(body),
        old_paths=_old_paths(post, index.site),
        site=index.site,
        warnings=(*warnings, *found),
    )


def is_locked(item: Record) -> bool:
    """Whether readers had to know a password."""
    return bool(item.get("post_password"))


def _clean(text: str) -> str:
    return text.replace(FORBIDDEN, "")


def _marked_damage(item: Record) -> list[str]:
    texts = "".join(item.get(name) for name in ("title", "content:encoded", "excerpt:encoded"))
    warnings = []
    if FORBIDDEN in texts:
        warnings.append("control characters that no XML may hold were removed")
    if "\ufffd" in texts:
        warnings.append("some letters are damaged in the file (\ufffd)")
    return warnings


def _surroundings(post: Post, index: Index) -> Surroundings:
    return Surroundings(
        gallery=partial(_gallery, index, post.item.get("post_id")),
        mend_picture=index.original,
        mend_link=index.whole_link,
        shared_block=lambda number: index.shared_blocks.get(number, ""),
        footnotes=footnotes_in(post.meta.get("footnotes", "")),
    )


def _gallery(index: Index, number: str, wanted: list[str]) -> str:
    return index.gallery(wanted, number)


def _title_from(post: Post, warnings: list[str]) -> str:
    """Return the text's first words; WordPress lets posts go without a title."""
    words = " ".join(parse_html(_clean(post.item.get("content:encoded"))).text().split())
    title = words if len(words) <= _MAX_TITLE else words[:_MAX_TITLE].rpartition(" ")[0] + "…"
    title = (title.strip("… ") and title) or _NO_TITLE
    warnings.append(f"it has no title; called by its first words: {title}")
    return title


def _slug(written: str) -> str:
    return normalised(unquote(_CUT_LETTER.sub("", written), errors="ignore"))


def _authors(item: Record, index: Index) -> tuple[str, ...]:
    login = item.get("creator")
    # A login may be an e-mail address, which is nobody's business.
    name = index.writers.get(login.casefold()) or login.partition("@")[0]
    return (name,) if name else ()


def _terms(post: Post, warnings: list[str]) -> tuple[str, tuple[str, ...]]:
    """Return the category and the tags. Old exports name each term twice, once without a domain."""
    named: dict[str, list[str]] = {"category": [], "post_tag": []}
    for term in post.terms:
        domain = {"tag": "post_tag"}.get(term.get("@domain"), term.get("@domain"))
        if domain in named:
            named[domain].append(text_of(_clean(term.get(""))))
    categories = [
        name
        for name in dict.fromkeys(named["category"])
        if name and name.casefold() not in _UNSORTED
    ]
    if len(categories) > 1:
        warnings.append(f"further categories ignored: {', '.join(categories[1:])}")
    return categories[0] if categories else "", tuple(
        dict.fromkeys(filter(None, named["post_tag"]))
    )


def _status(item: Record, moment: datetime | None, warnings: list[str]) -> tuple[str, bool]:
    """Return the article's status, and whether it must not be published by whoever imports it."""
    status = item.get("status").lower()
    if is_locked(item):
        warnings.append("it was protected by a password, so it is a draft")
        return "draft", True
    if status == "future" and moment is None:
        warnings.append("it was scheduled for a time that cannot be read, so it is a draft")
        return "draft", True
    if status in _PUBLISHED:
        return "published", False
    if status == "pending":
        return "in_review", True
    if status not in ("draft", ""):
        kind = "private" if status == "private" else f"of the status {status[:30]!r}"
        warnings.append(f"it was {kind}, so it is a draft")
    return "draft", True


def _lead_image(post: Post, index: Index, warnings: list[str]) -> Attachment | None:
    number = post.meta.get("_thumbnail_id", "")
    if number in ("", "0", "-1"):
        return None
    if found := index.attachments.get(number):
        return found
    warnings.append(f"the lead image, attachment {number[:20]}, is not in the export")
    return None


def _old_paths(post: Post, site: str) -> tuple[str, ...]:
    """Return the addresses that the post answered at: its permalink, its number, its old names."""
    item = post.item
    number = item.get("post_id")
    try:
        parts = urlsplit(item.get("link"))
        root = urlsplit(site).path.rstrip("/") + "/"
    except ValueError:
        return ()
    paths: list[str] = []
    if not parts.query:
        path = normalised(unquote(parts.path))
        paths += [path, *(_renamed(path, name) for name in post.old_names)]
    if number.isdecimal():
        is_page = item.get("post_type") == "page"
        paths += [f"{root}?page_id={number}"] * is_page + [f"{root}?p={number}"]
    kept = (each for each in paths if each.strip("/") and len(each) <= _MAX_PATH_LENGTH)
    return tuple(dict.fromkeys(each for each in kept if each.startswith("/") and "\0" not in each))


def _renamed(path: str, old_name: str) -> str:
    """Return the permalink as it was when the post had another name."""
    head, _, _ = path.rstrip("/").rpartition("/")
    return f"{head}/{_slug(old_name)}/"
