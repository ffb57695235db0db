"""Places by name, as points of the forecasters' grid (5 km, Lambert's conic projection)."""

from __future__ import annotations

import re
from dataclasses import dataclass

# From the table of the service's guide, by the seat of each administration.
_GRID = {
    "서울": (60, 127),
    "부산": (98, 76),
    "대구": (89, 90),
    "인천": (55, 124),
    "광주": (58, 74),
    "대전": (67, 100),
    "울산": (102, 84),
    "세종": (66, 103),
    "수원": (60, 121),
    "춘천": (73, 134),
    "강릉": (92, 131),
    "청주": (69, 106),
    "전주": (63, 89),
    "목포": (50, 67),
    "여수": (73, 66),
    "포항": (102, 94),
    "창원": (90, 77),
    "제주": (52, 38),
}
# The grid has 149 by 253 points.
_WIDTH, _HEIGHT = 149, 253


@dataclass(frozen=True, slots=True)
class Place:
    """A name for readers, and the point of the grid that stands for it, counted from 1."""

    name: str
    x: int
    y: int


def place_of(text: str) -> Place | None:
    """Read a name that is known, or a name and its point: `파주:56,131`. None for anything else."""
    if text in _GRID:
        return Place(text, *_GRID[text])
    match = re.fullmatch(r"\s*([^:,]{1,20}?)\s*:\s*([0-9]{1,3})\s*,\s*([0-9]{1,3})\s*", text)
    if match is None:
        return None
    place = Place(match[1], int(match[2]), int(match[3]))
    return place if 1 <= place.x <= _WIDTH and 1 <= place.y <= _HEIGHT else None


def names() -> list[str]:
    return list(_GRID)
