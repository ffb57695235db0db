"""Keyset paging: a page begins after a position, so that new arrivals move nothing.

A position is a tuple of whole numbers, such as a time in microseconds and an id. Readers
carry it in the address as an opaque cursor.
"""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar

Item = TypeVar("Item")
Position = tuple[int, ...]

MAX_CURSOR_LENGTH = 80
MAX_NUMBER = 2**63 - 1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class BadCursorError(ValueError):
    """The cursor is not one that this site handed out."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some items and the cursor of the page after them, "" on the last page."""

    items: list[Item]
    next_cursor: str
    is_first: bool


def encode_cursor(position: Position) -> str:
    """Return the position as letters, digits, `-` and `_`."""
    text = ".".join(str(number) for number in position)
    return base64.urlsafe_b64encode(text.encode("ascii")).decode("ascii").rstrip("=")


def decode_cursor(cursor: str, *, numbers: int) -> Position:
    """Return the position of that many whole numbers, or raise BadCursorError."""
    if len(cursor) > MAX_CURSOR_LENGTH:
        raise BadCursorError("too long")
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        text = base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii")
        position = tuple(int(part) for part in text.split("."))
    except (UnicodeError, binascii.Error, ValueError) as error:
        raise BadCursorError("not a cursor") from error
    in_range = all(-MAX_NUMBER <= number <= MAX_NUMBER for number in position)
    # One position has one spelling; anything else was made up.
    if len(position) != numbers or not in_range or encode_cursor(position) != cursor:
        raise BadCursorError("not a cursor")
    return position


def microseconds_of(moment: datetime) -> int:
    """Return the aware moment as microseconds since 1970, exactly."""
    return (moment - _EPOCH) // _MICROSECOND


def moment_of(microseconds: int) -> datetime:
    """Return the moment of `microseconds_of`, or raise BadCursorError outside the calendar."""
    try:
        return _EPOCH + timedelta(microseconds=microseconds)
    except OverflowError as error:
        raise BadCursorError("no such moment") from error


def page_of(
    found: Sequence[Item], size: int, position_of: Callable[[Item], Position], *, is_first: bool
) -> Page[Item]:
    """Make a page of at most `size` from the items found; one more than that says "go on"."""
    items = list(found[:size])
    next_cursor = encode_cursor(position_of(items[-1])) if len(found) > size else ""
    return Page(items, next_cursor, is_first)
