"""Where an article stands in its series."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from articles.pages.steps import Step


class Neighbours(NamedTuple):
    """The visible episodes around one, its own place from 1, and how many there are in all."""

    previous: Step | None
    next: Step | None
    place: int
    episode_count: int


def neighbours(pk: int, episodes: Sequence[Step]) -> Neighbours | None:
    """Return what stands before and after an article among the visible episodes of its series.

    None for one that is not among them: it was withdrawn since the page began to be made.
    """
    ordered = sorted(episodes, key=lambda step: step.episode)
    place = next((i for i, step in enumerate(ordered) if step.pk == pk), None)
    if place is None:
        return None
    return Neighbours(
        previous=ordered[place - 1] if place else None,
        next=ordered[place + 1] if place + 1 < len(ordered) else None,
        place=place + 1,
        episode_count=len(ordered),
    )
