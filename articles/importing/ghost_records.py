"""What the readers of a Ghost export agree on: its tables, and how their values are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO

from articles.importing.dates import moment_of
from articles.importing.json_records import Path, Record, records
from articles.text import normalised, storable

POSTS = "posts"
SIDE_TABLES = frozenset(["users", "tags", "posts_tags", "posts_authors", "posts_meta", "settings"])
# Ghost 1 to 6 wrap their tables in `db`, Ghost 0.x and tools leave that out, and the archives that
# Ghost imports, or its interface's answers, have the tables one deeper or at the top.
_HOLDERS: frozenset[Path] = frozenset(
    [(), ("db",), ("db", "data"), ("data",), ("data", "data"), ("db", "data", "data")]
)
# Before this, times are in seconds.
_MILLISECONDS = 100_000_000_000
# Half a character, which JSON may write as an escape.
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def tables(stream: BinaryIO, *wanted: str) -> Iterator[Record]:
    """Yield the rows of the tables, the path of each ending in its table's name.

    Raises BrokenExportError and ImportFailure, as json_records.records does.
    """
    return records(
        stream,
        lambda path: bool(path) and path[-1] in wanted and path[:-1] in _HOLDERS,
        lambda path: path in _HOLDERS,
    )


def text_in(values: dict[str, Any], *names: str) -> str:
    """Return the first of the values that is a text with something in it; numbers count as text.

    It is in NFC, and without what no database can hold.
    """
    for name in names:
        value = values.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if isinstance(value, str) and value.strip():
            return normalised(storable(_LONE_SURROGATE.sub("\ufffd", value)))
    return ""


def key_in(values: dict[str, Any], name: str) -> str:
    """Return an identity, which old exports have as a number."""
    return text_in(values, name).strip()[:100]


def number_in(values: dict[str, Any], name: str) -> int:
    value = values.get(name)
    return value if isinstance(value, int) else 0


def objects_in(values: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the objects of a list; whatever else is there is none."""
    value = values.get(name)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def moment_in(values: dict[str, Any], name: str) -> datetime | None:
    """Return a moment, which is written in UTC, or as milliseconds since 1970."""
    value = values.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        seconds = value / 1000 if value >= _MILLISECONDS else value
        try:
            return datetime.fromtimestamp(seconds, UTC) if value > 0 else None
        except (OverflowError, OSError, ValueError):
            return None
    return moment_of(value, UTC) if isinstance(value, str) else None


def is_set(values: dict[str, Any], name: str) -> bool:
    """Whether a value says yes, as true or as 1."""
    return values.get(name) in (True, 1, "1", "true")
