"""Comments in a Disqus export, where threads and posts stand side by side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from articles.importing.dates import moment_of
from articles.importing.documents import lasting_ref
from articles.importing.xml_records import Record, records
from comments.importing.documents import (
    BadItem,
    ImportedComment,
    ImportedThread,
    Reading,
)
from comments.importing.html_text import text_of

_CATEGORY = "disqus/category"
_THREAD = "disqus/thread"
_POST = "disqus/post"
_SHAPE = {
    _CATEGORY: frozenset({"forum"}),
    _THREAD: frozenset({"@id", "id", "forum", "link", "title"}),
    # The writer's address is not even read.
    _POST: frozenset(
        {
            "@id",
            "message",
            "createdAt",
            "isApproved",
            "isDeleted",
            "isSpam",
            "author/name",
            "author/email",
            "parent@id",
            "thread@id",
        }
    ),
}


def read_disqus(stream: BinaryIO) -> Iterator[Reading]:
    """Yield the threads and the comments; raises ImportFailure for broken XML."""
    forum = ""
    for record in records(stream, _SHAPE):
        forum = forum or record.get("forum")
        if record.path == _THREAD:
            yield _thread(record)
        elif record.path == _POST:
            yield _reading(record, forum)


def _thread(thread: Record) -> ImportedThread:
    identifier = thread.get("id")
    is_address = identifier.startswith(("/", "http://", "https://"))
    return ImportedThread(
        line=thread.line,
        key=thread.get("@id"),
        title=thread.get("title"),
        links=(thread.get("link"), identifier if is_address else ""),
        identities=(identifier, thread.get("link")),
    )


def _reading(post: Record, forum: str) -> Reading:
    if post.problem or not post.get("@id"):
        return BadItem(line=post.line, problem=post.problem or "a post without an id")
    parent = post.get("parent@id")
    status = _status_of(post)
    return ImportedComment(
        line=post.line,
        ref=lasting_ref("disqus", forum, post.get("@id")),
        thread=post.get("thread@id"),
        name=post.get("author/name"),
        email=post.get("author/email") if status != "deleted" else "",
        # Disqus does not say who deleted it; if it was its author, the text is to be gone.
        body=text_of(post.get("message")) if status != "deleted" else "",
        status=status,
        created_at=moment_of(post.get("createdAt")),
        parents=(lasting_ref("disqus", forum, parent),) if parent else (),
    )


def _status_of(post: Record) -> str:
    if post.get("isDeleted").lower() == "true":
        return "deleted"
    if post.get("isSpam").lower() == "true":
        return "spam"
    return "held" if post.get("isApproved").lower() == "false" else "visible"
