"""Scenes of factories, shipyards, power lines and cells."""

import math
from itertools import pairwise

from articles.samples.figures.canvas import (
    CREAM,
    NAVY,
    OCHRE,
    PAPER,
    SAGE,
    SAND,
    SLATE,
    VERMILION,
    Canvas,
    Point,
)
from articles.samples.figures.geometry import arc, polar, rectangle, shifted, wave


def wafer(canvas: Canvas) -> None:
    """A wafer half under water, with drops on their way down."""
    canvas.stipple(canvas.rect_mask((0, 0, 1600, 560)), SAND, angle=180, strength=0.8)
    centre, radius = (860.0, 470.0), 350.0
    disc = canvas.circle_mask(centre, radius)
    canvas.fill(disc, NAVY)
    _dies(canvas, centre, radius)
    canvas.ring(centre, radius - 8, 6, OCHRE)
    canvas.polygon(rectangle((860, 822), 44, 20), OCHRE)
    for level, (y, ink) in enumerate(
        ((560.0, SAGE), (640.0, SLATE), (730.0, SAGE), (812.0, SLATE), (870.0, NAVY))
    ):
        crest = wave(-60 - level * 70, 1660, y, 22, 320)
        water = [*crest, (1660, 900), (-60, 900)]
        canvas.polygon(water, ink)
        depth = canvas.polygon_mask(water)
        canvas.stipple(depth, NAVY, angle=0, strength=0.55 if ink == SAGE else 0.8)
        canvas.stroke([point for point in crest if -20 < point[0] < 1620], 4, CREAM)
    for x, y, size in ((250, 150, 44), (420, 330, 30), (1330, 190, 52), (1450, 410, 26)):
        _drop(canvas, (x, y), size)
    _drop(canvas, (140, 400), 22)
    canvas.circle((380, 120), 9, VERMILION)


def _dies(canvas: Canvas, centre: Point, radius: float) -> None:
    """Square dies inside the edge of the wafer, in a slow drift of inks."""
    inks = (SLATE, SAGE, OCHRE, VERMILION, SAND)
    for row in range(-6, 6):
        for column in range(-6, 6):
            left, top = centre[0] + column * 54 + 3, centre[1] + row * 54 + 3
            corners = ((left, top), (left + 48, top), (left, top + 48), (left + 48, top + 48))
            if max(math.dist(corner, centre) for corner in corners) > radius - 22:
                continue
            drift = math.sin(row * 0.55 + column * 0.35) + math.cos(column * 0.6 - row * 0.2)
            ink = inks[min(4, int((drift + 2) / 4 * 5))]
            canvas.rect((left, top, left + 48, top + 48), ink, 3)
            canvas.rect((left + 9, top + 9, left + 39, top + 15), NAVY)
            canvas.rect((left + 9, top + 22, left + 24, top + 39), NAVY)


def _drop(canvas: Canvas, centre: Point, size: float) -> None:
    body = [(centre[0], centre[1] - size * 1.9), *arc(centre, size, -28, 208)]
    canvas.polygon([shifted(point, (7, 9)) for point in body], SAND)
    canvas.polygon(body, SLATE)
    canvas.stipple(canvas.polygon_mask(body), NAVY, angle=330, strength=0.95)
    canvas.stroke(arc(centre, size * 0.62, 110, 175, 20), size * 0.13, CREAM)


def shipyard(canvas: Canvas) -> None:
    """A bow seen from the dock floor, one seam alight."""
    canvas.circle((1130, 330), 250, OCHRE)
    canvas.stipple(canvas.circle_mask((1130, 330), 250), VERMILION, angle=0, strength=0.9)
    _gantry(canvas)
    bow = [(0, 60), (700, 60), (1010, 96), (938, 330), (850, 560), (742, 800), (0, 800)]
    canvas.polygon(bow, NAVY)
    canvas.stipple(canvas.polygon_mask(bow), SLATE, angle=90, strength=0.75)
    waterline = [(0, 590), (838, 590), (742, 800), (0, 800)]
    canvas.polygon(waterline, VERMILION)
    canvas.stipple(canvas.polygon_mask(waterline), NAVY, angle=330, strength=0.85)
    for y, reach in ((180, 985), (310, 945), (440, 898), (590, 838), (700, 787)):
        canvas.stroke([(0, y), (reach, y)], 2.4, SAND)
    rows = (60, 180, 310, 440, 590, 700, 800)
    for row, (top, bottom) in enumerate(pairwise(rows)):
        for x in range(90 + 85 * (row % 2), int(930 - bottom * 0.3), 170):
            canvas.stroke([(x, max(top, 74)), (x, bottom)], 2.4, SAND if row > 3 else SLATE)
    for x in range(60, 760, 170):
        canvas.ring((x, 122), 15, 5, OCHRE)
    canvas.rect((0, 800, 1600, 900), SAND)
    canvas.stipple(canvas.rect_mask((0, 800, 1600, 900)), NAVY, angle=0, strength=0.4)
    canvas.hatch(canvas.rect_mask((0, 800, 860, 836)), NAVY, angle=30, gap=8, width=3)
    _spark(canvas, (872, 590))
    _welder(canvas, (985, 800))


def _gantry(canvas: Canvas) -> None:
    canvas.rect((1040, 118, 1600, 150), NAVY)
    for x in range(1050, 1600, 56):
        canvas.stroke([(x, 118), (x + 28, 78), (x + 56, 118)], 5, NAVY)
    canvas.stroke([(1040, 78), (1600, 78)], 6, NAVY)
    for x in (1380, 1470):
        canvas.polygon([(x, 150), (x + 16, 150), (x + 46, 800), (x + 22, 800)], NAVY)
    for y in range(190, 790, 100):
        canvas.stroke([(1390 + (y - 150) * 0.04, y), (1492, y + 60)], 5, NAVY)
    canvas.stroke([(1180, 150), (1180, 420)], 3, NAVY)
    canvas.rect((1130, 420, 1230, 500), SLATE)
    canvas.hatch(canvas.rect_mask((1130, 420, 1230, 500)), NAVY, angle=60, gap=9, width=2.4)
    canvas.stroke([(1130, 420), (1180, 380), (1230, 420)], 3, NAVY)


def _spark(canvas: Canvas, centre: Point) -> None:
    for number in range(26):
        angle = number * 137.5
        reach = 46 + (number * 29) % 92
        canvas.stroke(
            [polar(centre, 24, angle), polar(centre, reach, angle)], 3 + number % 3, OCHRE
        )
        canvas.circle(polar(centre, reach + 15, angle), 3.4, CREAM)
    canvas.circle(centre, 26, CREAM)
    canvas.circle(centre, 14, OCHRE)


def _welder(canvas: Canvas, foot: Point) -> None:
    """A person on a step, small against the plate."""
    x, y = foot
    canvas.rect((x - 60, y - 70, x + 70, y), NAVY, 4)
    canvas.hatch(canvas.rect_mask((x - 60, y - 70, x + 70, y)), SLATE, angle=90, gap=13, width=4)
    canvas.polygon(
        [(x - 24, y - 70), (x - 14, y - 170), (x + 34, y - 170), (x + 38, y - 70)], SLATE
    )
    canvas.stipple(
        canvas.rect_mask((x - 24, y - 170, x + 38, y - 70)), NAVY, angle=90, strength=0.8
    )
    canvas.stroke([(x + 8, y - 158), (x - 40, y - 178), (x - 86, y - 196)], 17, SLATE)
    canvas.stroke([(x - 80, y - 194), (x - 104, y - 204)], 8, OCHRE)
    canvas.circle((x + 8, y - 194), 26, OCHRE)
    canvas.polygon([(x - 22, y - 206), (x + 4, y - 212), (x + 2, y - 172), (x - 16, y - 174)], NAVY)


def weld_seam(canvas: Canvas) -> None:
    """A bead between two plates from above; one ripple is wider than its neighbours."""
    canvas.rect((0, 0, 1200, 800), SLATE)
    canvas.stipple(canvas.rect_mask((0, 0, 1200, 378)), NAVY, angle=0, strength=0.85)
    canvas.stipple(canvas.rect_mask((0, 422, 1200, 800)), NAVY, angle=180, strength=0.85)
    canvas.hatch(canvas.rect_mask((0, 0, 1200, 300)), NAVY, angle=12, gap=26, width=2)
    canvas.hatch(canvas.rect_mask((0, 500, 1200, 800)), NAVY, angle=-8, gap=26, width=2)
    heat = canvas.rect_mask((0, 300, 1200, 400))
    canvas.stipple(heat, VERMILION, angle=0, strength=0.8)
    canvas.stipple(canvas.rect_mask((0, 400, 1200, 500)), VERMILION, angle=180, strength=0.8)
    x, number = -40.0, 0
    while x < 820:
        step = 46.0 if number == 11 else 30.0
        size = 78.0 if number == 11 else 62.0
        ink = PAPER if x < 260 else SAND if x < 560 else OCHRE
        canvas.circle((x, 400), size, NAVY)
        canvas.circle((x, 400), size - 5, ink)
        ripple = canvas.circle_mask((x, 400), size - 5)
        canvas.stipple(ripple, VERMILION if x > 430 else SLATE, angle=300, strength=0.8)
        x, number = x + step, number + 1
    canvas.circle((842, 400), 66, VERMILION)
    canvas.circle((846, 400), 44, OCHRE)
    canvas.circle((850, 400), 22, CREAM)
    canvas.rect((880, 394, 1200, 406), NAVY)
    for number in range(14):
        angle = -70 + number * 10.5
        reach = 110 + (number * 37) % 70
        canvas.stroke([polar((850, 400), 82, angle), polar((850, 400), reach, angle)], 3.4, OCHRE)
