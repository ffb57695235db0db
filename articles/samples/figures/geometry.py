"""Curves and turns as lists of points."""

import math
from collections.abc import Sequence

from articles.samples.figures.canvas import Point


def rectangle(centre: Point, width: float, height: float, angle: float = 0) -> list[Point]:
    """The four corners of a box turned ``angle`` degrees about its centre."""
    x, y = width / 2, height / 2
    corners = [(-x, -y), (x, -y), (x, y), (-x, y)]
    return [shifted(turned(corner, angle), centre) for corner in corners]


def turned(point: Point, angle: float) -> Point:
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return (point[0] * cosine - point[1] * sine, point[0] * sine + point[1] * cosine)


def shifted(point: Point, offset: Point) -> Point:
    return (point[0] + offset[0], point[1] + offset[1])


def polar(centre: Point, radius: float, angle: float) -> Point:
    """The point ``radius`` away from ``centre``; 0 degrees is east, 90 is south."""
    return (
        centre[0] + radius * math.cos(math.radians(angle)),
        centre[1] + radius * math.sin(math.radians(angle)),
    )


def arc(centre: Point, radius: float, start: float, end: float, steps: int = 80) -> list[Point]:
    return [
        polar(centre, radius, start + (end - start) * step / steps) for step in range(steps + 1)
    ]


def bezier(start: Point, first: Point, second: Point, end: Point, steps: int = 60) -> list[Point]:
    """A cubic curve from ``start`` to ``end``."""
    path = []
    for step in range(steps + 1):
        t = step / steps
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        corners = (start, first, second, end)
        path.append(
            (
                sum(w * corner[0] for w, corner in zip(weights, corners, strict=True)),
                sum(w * corner[1] for w, corner in zip(weights, corners, strict=True)),
            )
        )
    return path


def sag(start: Point, end: Point, depth: float, steps: int = 40) -> list[Point]:
    """A wire hung between two points, ``depth`` pixels low in the middle."""
    path = []
    for step in range(steps + 1):
        t = step / steps
        x = start[0] + (end[0] - start[0]) * t
        y = start[1] + (end[1] - start[1]) * t + depth * 4 * t * (1 - t)
        path.append((x, y))
    return path


def wave(left: float, right: float, y: float, height: float, length: float) -> list[Point]:
    """A sine line between two x positions, ``length`` pixels from crest to crest."""
    steps = max(2, int((right - left) / 6))
    return [
        (
            left + (right - left) * step / steps,
            y + height * math.sin(2 * math.pi * (right - left) * step / steps / length),
        )
        for step in range(steps + 1)
    ]


def blob(centre: Point, radius: float, wobble: Sequence[tuple[int, float, float]]) -> list[Point]:
    """A closed shore line: a circle bent by ``(lobes, depth, phase in degrees)`` waves."""
    path = []
    for degree in range(0, 360, 2):
        bend = sum(
            depth * math.sin(math.radians(lobes * degree + phase)) for lobes, depth, phase in wobble
        )
        path.append(polar(centre, radius * (1 + bend), degree))
    return path
