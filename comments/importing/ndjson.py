"""Our own format: JSON by lines, the first of which says format and version.

`comments.exports` writes it. A line that cannot be read costs no other line.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, BinaryIO, NoReturn

from articles.importing.dates import moment_of
from articles.importing.documents import MAX_REF_LENGTH, BrokenExportError
from comments.importing.documents import (
    BadItem,
    ImportedComment,
    ImportedReaction,
    ImportedSettings,
    ImportedThread,
    Keepsake,
    Reading,
)

FORMAT = "pildam-comments"
VERSION = 1
HEADER = {"format": FORMAT, "version": VERSION}

_MAX_LINE_BYTES = 32 * 1024 * 1024
_MAX_NUMBER = 2**31 - 1
_STATUSES = ("visible", "held", "spam", "hidden", "blinded", "trashed", "deleted")
_REMOVERS = ("", "author", "moderator", "rule")
_MODES = ("", "post", "pre", "first")
_SORTS = ("", "newest", "oldest", "likes", "ratio", "replies")
_REASONS = ("spam", "abuse", "obscene", "privacy", "defamation", "other")


class _UnreadableError(ValueError):
    """A line does not say what it should; the message is one English line."""


def read_ndjson(stream: BinaryIO) -> Iterator[Reading]:
    """Yield the articles and the comments; raises BrokenExportError where the header is not ours."""
    lines = _lines(stream)
    _check_header(next(lines, (1, b""))[1])
    described = set()
    for number, line in lines:
        if not line.strip():
            continue
        try:
            reading = _reading(_Fields(_object(line)), number)
        except _UnreadableError as error:
            yield BadItem(line=number, problem=str(error))
            continue
        if isinstance(reading, ImportedThread):
            described.add(reading.key)
        elif reading.thread not in described:
            # A line that was cut out by hand; the slug is still the article's.
            described.add(reading.thread)
            yield ImportedThread(line=number, key=reading.thread, slug=reading.thread)
        yield reading


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield the lines with their numbers; of one that is too long only the beginning."""
    number = 0
    while line := stream.readline(_MAX_LINE_BYTES):
        number += 1
        yield number, line
        while len(line) == _MAX_LINE_BYTES and not line.endswith(b"\n"):
            line = stream.readline(_MAX_LINE_BYTES)


def _check_header(line: bytes) -> None:
    try:
        header = _object(line.removeprefix(b"\xef\xbb\xbf"))
    except _UnreadableError as error:
        raise BrokenExportError(1, str(error)) from error
    if header.get("format") != FORMAT:
        raise BrokenExportError(1, f"the first line does not name the format {FORMAT!r}")
    if header.get("version") != VERSION:
        version = str(header.get("version"))[:20]
        raise BrokenExportError(1, f"version {version} of the format is not known, only {VERSION}")


def _refuse_constant(name: str) -> NoReturn:
    raise _UnreadableError(f"{name} is no JSON")


def _object(line: bytes) -> dict[str, Any]:
    try:
        read = json.loads(line.decode("utf-8"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise _UnreadableError("the line is not UTF-8") from error
    except RecursionError as error:
        raise _UnreadableError("the line is nested too deep") from error
    except json.JSONDecodeError as error:
        raise _UnreadableError(f"this is no JSON: {error.msg} (column {error.colno})") from error
    except ValueError as error:
        raise _UnreadableError(f"this is no JSON: {error}") from error
    if not isinstance(read, dict):
        raise _UnreadableError("the line is no JSON object")
    return read


class _Fields:
    """The fields of one object, each read as what it has to be."""

    def __init__(self, values: dict[str, Any]) -> None:
        self._values = values

    def text(self, name: str, limit: int = 0) -> str:
        """Return a text; what is missing or null is ""."""
        value = self._values.get(name)
        if value is None:
            return ""
        if not isinstance(value, str) or "\0" in value:
            raise _UnreadableError(f"{name} is no text")
        if limit and len(value) > limit:
            raise _UnreadableError(f"{name} is longer than {limit} characters")
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise _UnreadableError(f"{name} holds half a character") from error
        return value

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        value = self.text(name)
        if value not in choices:
            raise _UnreadableError(f"{name} is none of {', '.join(filter(None, choices))}")
        return value

    def number(self, name: str, limit: int = _MAX_NUMBER) -> int:
        value = self._values.get(name, 0)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= limit:
            raise _UnreadableError(f"{name} is no number from 0 to {limit}")
        return value

    def optional_number(self, name: str, limit: int) -> int | None:
        return None if self._values.get(name) is None else self.number(name, limit)

    def flag(self, name: str) -> bool:
        value = self._values.get(name, False)
        if not isinstance(value, bool):
            raise _UnreadableError(f"{name} is neither true nor false")
        return value

    def optional_moment(self, name: str) -> datetime | None:
        text = self.text(name)
        moment = moment_of(text)
        if text and moment is None:
            raise _UnreadableError(f"{name} is no time")
        return moment

    def moment(self, name: str) -> datetime:
        moment = self.optional_moment(name)
        if moment is None:
            raise _UnreadableError(f"{name} is missing")
        return moment

    def objects(self, name: str) -> list[dict[str, Any]]:
        value = self._values.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise _UnreadableError(f"{name} is no list of objects")
        return value

    def nested(self, name: str) -> _Fields | None:
        value = self._values.get(name)
        if value is not None and not isinstance(value, dict):
            raise _UnreadableError(f"{name} is no object")
        return None if value is None else _Fields(value)


def _reading(fields: _Fields, line: int) -> ImportedThread | ImportedComment:
    kind = fields.text("kind")
    if kind == "comment":
        return _comment(fields, line)
    if kind == "article":
        return _thread(fields, line)
    raise _UnreadableError("kind is neither article nor comment")


def _thread(fields: _Fields, line: int) -> ImportedThread:
    slug = fields.text("slug", 200)
    own = fields.nested("settings")
    return ImportedThread(
        line=line,
        key=slug,
        slug=slug,
        title=fields.text("title"),
        identities=(fields.text("import_ref"),),
        settings=None if own is None else _settings(own),
    )


def _settings(fields: _Fields) -> ImportedSettings:
    return ImportedSettings(
        mode=fields.choice("mode", _MODES),
        default_sort=fields.choice("default_sort", _SORTS),
        close_after_days=fields.optional_number("close_after_days", 99_999),
    )


def _comment(fields: _Fields, line: int) -> ImportedComment:
    status = fields.choice("status", _STATUSES)
    body = fields.text("body")
    ref = fields.text("ref", MAX_REF_LENGTH)
    name = fields.text("name", 100)
    if not ref or not name.strip():
        raise _UnreadableError(f"the {'name' if ref else 'ref'} is missing")
    if bool(body.strip()) == (status == "deleted"):
        raise _UnreadableError("a deleted comment has no body, and every other has one")
    return ImportedComment(
        line=line,
        ref=ref,
        thread=fields.text("article", 200),
        parents=tuple(filter(None, (fields.text("in_reply_to"), fields.text("root")))),
        name=name,
        email=fields.text("email", 254),
        body=body,
        status=status,
        created_at=fields.moment("created_at"),
        keepsake=_keepsake(fields, status),
    )


def _keepsake(fields: _Fields, status: str) -> Keepsake:
    removed_by = fields.choice("removed_by", _REMOVERS)
    if removed_by and status in ("visible", "held"):
        raise _UnreadableError("removed_by is said of a comment that nobody has removed")
    blinded_until = fields.optional_moment("blinded_until")
    if (status == "blinded") != (blinded_until is not None):
        raise _UnreadableError("blinded_until belongs to blinded comments, and they need it")
    return Keepsake(
        account=fields.text("account", 254),
        is_guest=fields.flag("is_guest"),
        password=fields.text("password", 128),
        browser_hash=fields.text("browser_hash", 32),
        network_hash=fields.text("network_hash", 32),
        network_prefix=fields.text("network_prefix", 43),
        removed_by=removed_by,
        reasons=fields.objects("reasons"),
        score=fields.number("score", 32_767),
        likes=fields.number("likes"),
        dislikes=fields.number("dislikes"),
        report_count=fields.number("report_count"),
        blinded_until=blinded_until,
        recommended_at=fields.optional_moment("recommended_at"),
        folded_at=fields.optional_moment("folded_at"),
        reports_cleared_at=fields.optional_moment("reports_cleared_at"),
        edited_at=fields.optional_moment("edited_at"),
        status_changed_at=fields.moment("status_changed_at"),
        announced=fields.flag("announced"),
        votes=_reactions(fields.objects("votes"), _vote),
        reports=_reactions(fields.objects("reports"), _report),
    )


def _reactions(
    items: list[dict[str, Any]], read: Callable[[_Fields, str], ImportedReaction]
) -> tuple[ImportedReaction, ...]:
    """Return the reactions, one a reader."""
    by_reader: dict[str, ImportedReaction] = {}
    for item in items:
        fields = _Fields(item)
        reader = fields.text("reader", 300)
        if not reader.startswith(("account:", "browser:")):
            raise _UnreadableError("a reader is neither account:… nor browser:…")
        by_reader.setdefault(reader, read(fields, reader))
    return tuple(by_reader.values())


def _vote(fields: _Fields, reader: str) -> ImportedReaction:
    value = {"like": 1, "dislike": -1}[fields.choice("vote", ("like", "dislike"))]
    return ImportedReaction(reader=reader, value=value, created_at=fields.moment("created_at"))


def _report(fields: _Fields, reader: str) -> ImportedReaction:
    return ImportedReaction(
        reader=reader,
        reason=fields.choice("reason", _REASONS),
        note=fields.text("note", 500),
        created_at=fields.moment("created_at"),
        resolved_at=fields.optional_moment("resolved_at"),
    )
