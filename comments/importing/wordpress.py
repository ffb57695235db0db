"""Comments in a WordPress export (WXR 1.0 to 1.2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from articles.importing.dates import KST, moment_of
from articles.importing.documents import lasting_ref
from articles.importing.wordpress_records import SITE_FIELDS, post_ref, site_of
from articles.importing.xml_records import Record, records
from comments.importing.documents import (
    BadItem,
    ImportedComment,
    ImportedThread,
    LeftOut,
    Reading,
)
from comments.importing.html_text import text_of, unescaped

_ITEM = "rss/channel/item"
_COMMENT = "rss/channel/item/comment"
# The address of the writer and of the writer's site are not even read.
_SHAPE = {
    "rss/channel": SITE_FIELDS,
    _ITEM: frozenset({"title", "link", "guid", "post_id", "post_name"}),
    _COMMENT: frozenset(
        {
            "comment_id",
            "comment_author",
            "comment_author_email",
            "comment_date",
            "comment_date_gmt",
            "comment_content",
            "comment_approved",
            "comment_type",
            "comment_parent",
        }
    ),
}
_STATUSES = {
    "1": "visible",
    "approve": "visible",
    "approved": "visible",
    "0": "held",
    "hold": "held",
    "unapproved": "held",
    "spam": "spam",
    "trash": "trashed",
}
_KINDS = {"pingback": "pingbacks", "trackback": "trackbacks"}


def read_wordpress(stream: BinaryIO) -> Iterator[Reading]:
    """Yield the comments and the posts that have some; raises ImportFailure for broken XML."""
    discussed = 0
    for record in records(stream, _SHAPE):
        if record.path == _COMMENT:
            discussed = record.within.number if record.within else 0
            yield _reading(record)
        elif record.path == _ITEM and record.number == discussed:
            yield _thread(record)


def _thread(item: Record) -> ImportedThread:
    return ImportedThread(
        line=item.line,
        key=str(item.number),
        title=item.get("title"),
        slug=item.get("post_name"),
        links=(item.get("link"),),
        identities=(
            post_ref(site_of(item.within), item.get("post_id")),
            item.get("guid"),
            item.get("link"),
        ),
    )


def _reading(comment: Record) -> Reading:
    kind = comment.get("comment_type").lower()
    number = comment.get("comment_id")
    approved = comment.get("comment_approved").lower()
    if kind not in ("", "comment"):
        return LeftOut(line=comment.line, kind=_KINDS.get(kind, f"items of the type {kind[:40]!r}"))
    if approved == "post-trashed":
        return LeftOut(line=comment.line, kind="comments that went to the trash with their post")
    if comment.problem or not number:
        return BadItem(line=comment.line, problem=comment.problem or "a comment without an id")
    warnings = []
    if approved not in _STATUSES:
        warnings.append(f"the approval {approved[:40]!r} is unknown, so the comment is held")
    site = site_of(comment.within.within if comment.within else None)
    parent = comment.get("comment_parent")
    return ImportedComment(
        line=comment.line,
        ref=lasting_ref("wordpress", site, number),
        thread=str(comment.within.number if comment.within else 0),
        # WordPress stores names with their signs as entities.
        name=unescaped(comment.get("comment_author")),
        email=comment.get("comment_author_email"),
        body=text_of(comment.get("comment_content"), line_ends_count=True),
        status=_STATUSES.get(approved, "held"),
        created_at=moment_of(comment.get("comment_date_gmt"))
        or moment_of(comment.get("comment_date"), KST),
        parents=(lasting_ref("wordpress", site, parent),) if parent not in ("", "0") else (),
        warnings=tuple(warnings),
    )
