"""Resolve template tags that may enclose text, and one another, from the innermost outwards."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from articles.importing.code_spans import unmasked

Pair = Callable[[re.Match[str], str], str]
Single = Callable[[re.Match[str]], str]


class Role(NamedTuple):
    """What a tag of that name does: it `closes` what was opened, or else may open something."""

    name: str
    closes: bool
    opens: bool


def resolve_nested(
    text: str, matches: Sequence[re.Match[str]], roles: Sequence[Role], pair: Pair, single: Single
) -> str:
    """Return the text with its tags replaced.

    `pair` gets an opening tag and the content up to the one that closes it, in which everything is
    resolved already; `single` any other tag. The matches may be those of masked text: code in the
    groups that `pair` and `single` see comes out as it was.
    """
    closed = _pairs(roles)
    pieces: list[list[str]] = [[]]
    opened: list[tuple[re.Match[str], int]] = []
    end = 0
    for index, match in enumerate(matches):
        pieces[-1].append(text[end : match.start()])
        end = match.end()
        if index in closed:
            opened.append((match, closed[index]))
            pieces.append([])
        elif opened and opened[-1][1] == index:
            opening, _ = opened.pop()
            content = "".join(pieces.pop())
            made = pair(opening, content)
            pieces[-1].append(unmasked(made, opening, text, otherwise=content))
        else:
            kept = text[match.start() : match.end()]
            pieces[-1].append(unmasked(single(match), match, text, otherwise=kept))
    pieces[-1].append(text[end:])
    return "".join(pieces[0])


def _pairs(roles: Sequence[Role]) -> dict[int, int]:
    """Return by the number of each opening tag the number of the one that closes it."""
    closed: dict[int, int] = {}
    waiting: dict[str, list[int]] = {}
    for index, role in enumerate(roles):
        if role.closes:
            if waiting.get(role.name):
                closed[waiting[role.name].pop()] = index
        elif role.opens:
            waiting.setdefault(role.name, []).append(index)
    # What is opened within a pair and closed outside of it is no pair.
    ends: list[int] = []
    kept: dict[int, int] = {}
    for opening in sorted(closed):
        while ends and ends[-1] < opening:
            ends.pop()
        if not ends or closed[opening] < ends[-1]:
            kept[opening] = closed[opening]
            ends.append(closed[opening])
    return kept
