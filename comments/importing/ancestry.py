"""Who answers whom: ancestors before descendants, whatever order an export has them in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Node:
    """A comment as far as its place among the others goes."""

    ref: str
    parents: tuple[str, ...]


@dataclass(slots=True)
class Ancestry:
    """`generations` are places in the given sequence, roots first, each in the given order.

    `parent_of` names what each one answers; a place without an entry is a root. `warnings`
    tell, by place, whose parent could not be kept.
    """

    generations: list[list[int]] = field(default_factory=list)
    parent_of: dict[int, str] = field(default_factory=dict)
    warnings: dict[int, str] = field(default_factory=dict)


def ancestry_of(nodes: Sequence[Node], is_stored: Callable[[str], bool]) -> Ancestry:
    """Arrange comments of distinct refs; parents may also be among those stored before."""
    result = Ancestry()
    place_of = {node.ref: place for place, node in enumerate(nodes)}
    for place, node in enumerate(nodes):
        found = next((ref for ref in node.parents if ref in place_of or is_stored(ref)), None)
        if found is not None:
            result.parent_of[place] = found
        elif node.parents:
            result.warnings[place] = (
                f"the comment {node.parents[0]!r} that it answers is missing, so it opens a thread"
            )
    depths: list[int] = [-1] * len(nodes)
    for place in range(len(nodes)):
        _measure(place, place_of, result, depths)
    result.generations = [[] for _ in range(max(depths, default=-1) + 1)]
    for place, depth in enumerate(depths):
        result.generations[depth].append(place)
    return result


def _measure(place: int, place_of: dict[str, int], result: Ancestry, depths: list[int]) -> None:
    """Find how deep a comment stands by walking up to one whose depth is known."""
    walked: list[int] = []
    steps: dict[int, int] = {}
    here: int | None = place
    while here is not None and depths[here] < 0:
        if here in steps:
            _break_circle(walked[steps[here] :], result)
            _measure_again(walked, place_of, result, depths)
            return
        steps[here] = len(walked)
        walked.append(here)
        here = place_of.get(result.parent_of.get(here, ""))
    depth = depths[here] if here is not None else -1
    for step in reversed(walked):
        depth += 1
        depths[step] = depth


def _measure_again(
    walked: list[int], place_of: dict[str, int], result: Ancestry, depths: list[int]
) -> None:
    # One comment leads into one circle at most, and that one is open now.
    for place in reversed(walked):
        _measure(place, place_of, result, depths)


def _break_circle(circle: list[int], result: Ancestry) -> None:
    first = min(circle)
    del result.parent_of[first]
    result.warnings[first] = "it answers its own answers, so it opens a thread"
