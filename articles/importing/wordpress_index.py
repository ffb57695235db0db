"""What a WordPress export says besides its posts: writers, pictures, shared blocks, its clock.

All of it is read before the first post, since a post may come before the picture that it shows.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import BinaryIO
from urllib.parse import unquote, urljoin, urlsplit

from articles.importing.dates import KST, moment_of
from articles.importing.documents import ImportFailure
from articles.importing.html_tree import text_of
from articles.importing.wordpress_records import SITE_FIELDS
from articles.importing.xml_records import Record, records
from articles.text import normalised

CHANNEL = "rss/channel"
ITEM = f"{CHANNEL}/item"
AUTHOR = f"{CHANNEL}/author"
META = f"{ITEM}/postmeta"
COMMENT = f"{ITEM}/comment"

_SHAPE = {
    CHANNEL: SITE_FIELDS,
    AUTHOR: frozenset({"author_login", "author_display_name"}),
    ITEM: frozenset(
        {"title", "post_id", "post_type", "post_parent", "post_date", "post_date_gmt"}
        | {"attachment_url", "guid", "content:encoded", "excerpt:encoded"}
    ),
    META: frozenset({"meta_key", "meta_value"}),
    COMMENT: frozenset({"comment_type"}),
}
_SIZE = re.compile(r"-\d{2,5}x\d{2,5}(?=\.[A-Za-z]{3,4}$)")
_PICTURE_HOST = re.compile(r"(?:https?:)?//i\d\.wp\.com/", re.IGNORECASE)
_BARE_HOST = re.compile(r"www\.[\w-]+\.[\w.-]+(?:[/?#]|$)", re.IGNORECASE)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|bmp|heic)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of the media library."""

    address: str
    alt: str
    caption: str


@dataclass(slots=True)
class Index:
    site: str = ""
    zone: tzinfo = KST
    writers: dict[str, str] = field(default_factory=dict)
    attachments: dict[str, Attachment] = field(default_factory=dict)
    shared_blocks: dict[str, str] = field(default_factory=dict)
    comment_count: int = 0
    _by_path: dict[str, str] = field(default_factory=dict)
    _by_parent: dict[str, list[str]] = field(default_factory=dict)

    def add_attachment(self, number: str, parent: str, attachment: Attachment) -> None:
        self.attachments[number] = attachment
        self._by_parent.setdefault(parent, []).append(number)
        self._by_path[_path_of(attachment.address)] = attachment.address

    def original(self, address: str) -> str:
        """Return the whole address of the picture that a smaller rendition is of."""
        address = address.strip()
        if not address or address.startswith("data:"):
            return ""
        # WordPress.com serves pictures from hosts of its own, with the blog's in the path.
        address = _PICTURE_HOST.sub("https://", address)
        try:
            address = urljoin(f"{self.site}/", address)
            path = _path_of(address)
        except ValueError:
            return ""
        base = _SIZE.sub("", path)
        stem, dot, suffix = base.rpartition(".")
        for each in (path, base, f"{stem}-scaled{dot}{suffix}"):
            if found := self._by_path.get(each):
                return found
        return address

    def whole_link(self, address: str) -> str:
        """Return where a link leads, whatever its writer left out."""
        address = address.strip()
        if address.startswith("//"):
            return f"https:{address}"
        if _BARE_HOST.match(address):
            return f"http://{address}"
        if address.startswith("?"):
            return f"{self.site}/{address}"
        return address

    def gallery(self, numbers: Iterable[str], parent: str) -> str:
        """Return the pictures of these numbers, or else all that were uploaded to the post."""
        wanted = list(numbers) or self._by_parent.get(parent, [])
        shown = (self.attachments[number] for number in wanted if number in self.attachments)
        return "".join(_figure(each) for each in shown if _PICTURE.search(each.address))


def read_index(stream: BinaryIO) -> Index:
    """Read the whole file once. Raises ImportFailure for what is no well-formed export."""
    index = Index()
    has_items = False
    offsets: Counter[timedelta] = Counter()
    alts: dict[int, str] = {}
    for record in records(stream, _SHAPE):
        if record.path == META:
            if record.get("meta_key") == "_wp_attachment_image_alt" and record.within:
                alts[record.within.number] = record.get("meta_value")
        elif record.path == AUTHOR:
            index.writers[record.get("author_login").casefold()] = text_of(
                record.get("author_display_name")
            )
        elif record.path == COMMENT:
            index.comment_count += record.get("comment_type").lower() in ("", "comment")
        elif record.path == CHANNEL:
            index.site = _site_address(record)
        elif record.path == ITEM:
            has_items = True
            _note_item(record, index, alts.pop(record.number, ""))
            offsets.update(_offset(record))
    if not has_items:
        raise ImportFailure("this is no WordPress export, or an empty one: it holds no items")
    if offsets:
        index.zone = timezone(offsets.most_common(1)[0][0])
    return index


def _note_item(item: Record, index: Index, alt: str) -> None:
    kind, number = item.get("post_type"), item.get("post_id")
    if kind == "attachment":
        address = item.get("attachment_url") or item.get("guid")
        caption = text_of(item.get("excerpt:encoded"))
        index.add_attachment(number, item.get("post_parent"), Attachment(address, alt, caption))
    elif kind == "wp_block":
        index.shared_blocks[number] = item.get("content:encoded")


def _site_address(channel: Record) -> str:
    named = (channel.get(name) for name in ("base_blog_url", "base_site_url", "link"))
    return next(filter(None, named), "").rstrip("/")


def _offset(item: Record) -> list[timedelta]:
    """Return how far the blog's clock was ahead of Greenwich, where an item tells."""
    local = moment_of(item.get("post_date"), UTC)
    greenwich = moment_of(item.get("post_date_gmt"), UTC)
    if local is None or greenwich is None:
        return []
    return [local - greenwich] if abs(local - greenwich) <= timedelta(hours=14) else []


def _path_of(address: str) -> str:
    return normalised(unquote(urlsplit(address).path))


def _figure(attachment: Attachment) -> str:
    address, alt, caption = (
        html.escape(text) for text in (attachment.address, attachment.alt, attachment.caption)
    )
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure><img src="{address}" alt="{alt}">{below}</figure>'


def written_at(item: Record, zone: tzinfo) -> datetime | None:
    """Return when an item was published: by Greenwich's clock, or else by the blog's own."""
    return moment_of(item.get("post_date_gmt"), UTC) or moment_of(item.get("post_date"), zone)
