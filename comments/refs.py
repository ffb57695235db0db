"""The lasting identity of a comment, by which it is known wherever it moves.

One that came from elsewhere keeps the identity it came with. One that was written here is known
by its number and the microsecond of its writing, which no comment of another site shares.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import NamedTuple, TypeVar

from comments.models import Comment

T = TypeVar("T")

# Databases limit how many values a query may name.
_QUERY_SIZE = 500
_OWN = re.compile(r"pildam:(?P<number>\d{1,18})@(?P<time>\d{8}T\d{6}\.\d{6})Z", re.ASCII)
_TIME = "%Y%m%dT%H%M%S.%f"


class Stored(NamedTuple):
    """A comment that is here already: its number, its thread's, and its article's."""

    pk: int
    thread_id: int
    article_id: int


def ref_of(pk: int, created_at: datetime, import_ref: str | None) -> str:
    return import_ref or f"pildam:{pk}@{created_at.astimezone(UTC):{_TIME}}Z"


def number_in(ref: str) -> int | None:
    """Return the number that a comment had where it was written, if that was a site of ours."""
    match = _OWN.fullmatch(ref)
    return int(match["number"]) if match else None


def stored_comments(refs: Collection[str]) -> dict[str, Stored]:
    """Return the comments of these identities that are here."""
    found = _written_here(refs)
    for chunk in chunks(refs):
        rows = Comment.objects.filter(import_ref__in=chunk)
        for ref, *place in rows.values_list("import_ref", "pk", "root_id", "article_id"):
            found[str(ref)] = _stored(*place)
    return found


def chunks(items: Iterable[T], size: int = _QUERY_SIZE) -> Iterator[list[T]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


def _written_here(refs: Collection[str]) -> dict[str, Stored]:
    numbers = (int(match["number"]) for ref in refs if (match := _OWN.fullmatch(ref)))
    found = {}
    for chunk in chunks(numbers):
        rows = Comment.objects.filter(pk__in=chunk, import_ref=None)
        for pk, created_at, root, article in rows.values_list(
            "pk", "created_at", "root_id", "article_id"
        ):
            found[ref_of(pk, created_at, None)] = _stored(pk, root, article)
    asked = set(refs)
    return {ref: stored for ref, stored in found.items() if ref in asked}


def _stored(pk: int, root_id: int | None, article_id: int) -> Stored:
    return Stored(pk, root_id or pk, article_id)
