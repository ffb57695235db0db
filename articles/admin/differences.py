"""What differs between two contents of an article, part by part, to be read like proofs."""

from __future__ import annotations

from dataclasses import dataclass

from articles.content import LABELS, Content, changed_parts, reading_of
from articles.text_diff import Gap, Piece, compare, excerpt


@dataclass(frozen=True, slots=True)
class Difference:
    """One part that differs, as pieces to read."""

    label: str
    pieces: list[Piece | Gap]


def differences(before: Content, after: Content) -> list[Difference]:
    """Return what differs between two contents, in the order of the form."""
    return [difference(name, before, after) for name in changed_parts(before, after)]


def difference(name: str, before: Content, after: Content) -> Difference:
    """Compare one part of two contents."""
    old, new = (reading_of(name, content.get(name)) for content in (before, after))
    return Difference(LABELS[name], excerpt(compare(old, new)))
