"""Scenes of sea, land and the maps of both."""

import math

from PIL import Image, ImageChops

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
    Ink,
    Point,
)
from articles.samples.figures.geometry import bezier, blob, polar, rectangle, shifted, wave


def harbour(canvas: Canvas) -> None:
    """A sun that is a clock goes down over a sea ruled like a ledger."""
    canvas.fill(canvas.rect_mask((0, 0, 1600, 540)), SAND)
    canvas.stipple(canvas.rect_mask((0, 0, 1600, 540)), OCHRE, angle=0, strength=0.8)
    centre = (620.0, 470.0)
    canvas.circle(centre, 330, VERMILION)
    canvas.stipple(canvas.circle_mask(centre, 330), OCHRE, angle=180, strength=0.7)
    for hour in range(12):
        angle = hour * 30
        inner = 262 if hour % 3 == 0 else 284
        canvas.stroke([polar(centre, inner, angle), polar(centre, 306, angle)], 9, CREAM)
    canvas.stroke([polar(centre, 30, 120), polar(centre, 230, -60)], 12, CREAM)
    canvas.stroke([polar(centre, 24, 35), polar(centre, 150, -145)], 16, CREAM)
    canvas.circle(centre, 24, CREAM)
    _ledger_sea(canvas)
    _boat(canvas, (1020, 640), 1.0)
    _boat(canvas, (330, 578), 0.45)
    _lighthouse(canvas, (1380, 560))


def _ledger_sea(canvas: Canvas) -> None:
    canvas.rect((0, 540, 1600, 900), NAVY)
    canvas.stipple(canvas.rect_mask((0, 540, 1600, 900)), SLATE, angle=180, strength=0.9)
    for number in range(11):
        y = 556 + number * 6 + number * number * 2.7
        canvas.stroke(wave(-40, 1640, y, 2 + number * 0.5, 180 + number * 22), 3, SAND)
    canvas.stroke([(560, 540), (420, 900)], 3.4, VERMILION)
    canvas.stroke([(575, 540), (438, 900)], 3.4, VERMILION)
    canvas.stroke([(980, 540), (1130, 900)], 3.4, VERMILION)
    for number in range(16):
        y = 566 + number * 20
        reach = 40 + (number * 53) % 90
        canvas.rect((620 - number * 6, y, 620 - number * 6 + reach, y + 5), OCHRE, 2)


def _boat(canvas: Canvas, foot: Point, size: float) -> None:
    x, y = foot

    def place(points: list[Point]) -> list[Point]:
        return [(x + px * size, y + py * size) for px, py in points]

    canvas.polygon(place([(-110, -20), (120, -20), (84, 34), (-80, 34)]), CREAM)
    canvas.polygon(place([(-96, 4), (106, 4), (84, 34), (-80, 34)]), VERMILION)
    canvas.stroke(place([(0, -20), (0, -230)]), 7 * size, NAVY)
    sail = place([(10, -222), (10, -42), (132, -42)])
    canvas.polygon(sail, PAPER)
    canvas.stipple(canvas.polygon_mask(sail), SAGE, angle=60, strength=0.9)
    jib = place([(-10, -196), (-10, -42), (-88, -42)])
    canvas.polygon(jib, OCHRE)
    canvas.stipple(canvas.polygon_mask(jib), VERMILION, angle=0, strength=0.7)


def _lighthouse(canvas: Canvas, foot: Point) -> None:
    x, y = foot
    beam = [(x - 18, y - 330), (0, y - 470), (0, y - 250), (x - 18, y - 306)]
    light = canvas.polygon_mask(beam)
    canvas.stipple(light, CREAM, angle=90, strength=0.75)
    canvas.polygon(
        [
            (x - 190, y + 40),
            (x - 90, y - 22),
            (x + 110, y - 34),
            (1600, y + 20),
            (1600, y + 70),
            (x - 190, y + 70),
        ],
        NAVY,
    )
    tower = [(x - 52, y - 20), (x - 32, y - 280), (x + 32, y - 280), (x + 52, y - 20)]
    canvas.polygon(tower, CREAM)
    for low, high in ((0.16, 0.36), (0.58, 0.78)):
        band = [
            (x - 52 + 20 * low, y - 20 - 260 * low), (x - 52 + 20 * high, y - 20 - 260 * high),
            (x + 52 - 20 * high, y - 20 - 260 * high), (x + 52 - 20 * low, y - 20 - 260 * low),
        ]  # fmt: skip
        canvas.polygon(band, VERMILION)
    canvas.stipple(canvas.polygon_mask(tower), NAVY, angle=90, strength=0.7)
    canvas.rect((x - 44, y - 292, x + 44, y - 278), NAVY, 3)
    canvas.rect((x - 22, y - 342, x + 22, y - 292), OCHRE)
    canvas.polygon([(x - 34, y - 342), (x, y - 380), (x + 34, y - 342)], NAVY)


LEVELS = 13
SHORE = ((2, 0.16, 20.0), (3, 0.1, 80.0), (5, 0.045, 10.0), (7, 0.02, 140.0))


def contours(canvas: Canvas) -> None:
    """Contour lines round two summits, with one sheet of the survey left blank."""
    canvas.stipple(canvas.rect_mask((0, 0, 1600, 900)), SLATE, angle=160, strength=0.45)
    for number in range(LEVELS):
        height = number / (LEVELS - 1)
        line = 5.5 if number % 4 == 0 else 2.6
        canvas.fill(_land(canvas, number, line), _mixed(SAGE, CREAM, height))
        canvas.fill(_land(canvas, number, 0), _mixed(NAVY, SLATE, min(1, height * 2)))
    canvas.stipple(_land(canvas, 3, 0), SAGE, angle=200, strength=0.5)
    for number in range(4, LEVELS):
        line = 5.5 if number % 4 == 0 else 2.6
        ring = ImageChops.subtract(_land(canvas, number, line), _land(canvas, number, 0))
        canvas.fill(ring, _mixed(SAGE, CREAM, number / LEVELS))
    road = bezier((-20, 800), (420, 900), (760, 640), (1010, 640))
    road += bezier((1010, 640), (1240, 640), (1300, 780), (1640, 690))
    canvas.stroke(road, 15, NAVY)
    canvas.stroke(road, 9, OCHRE)
    for number in range(6, len(road), 9):
        canvas.circle(road[number], 12, NAVY)
        canvas.circle(road[number], 7, CREAM)
    _blank_sheet(canvas, (800, 360))


def _land(canvas: Canvas, number: int, line: float) -> Image.Image:
    """Everything above one level: both summits at once, so that contours never cross."""
    masks = []
    for centre, reach, turn in (((610.0, 470.0), 660.0, 0.0), ((1340.0, 330.0), 350.0, 130.0)):
        shore = [(lobes, depth, phase + turn + number * 4) for lobes, depth, phase in SHORE]
        radius = reach * (1 - number / LEVELS) + 14 + line
        masks.append(canvas.polygon_mask(blob(centre, radius, shore)))
    return ImageChops.lighter(masks[0], masks[1])


def _mixed(low: Ink, high: Ink, share: float) -> Ink:
    red, green, blue = (
        round(first + (second - first) * share) for first, second in zip(low, high, strict=True)
    )
    return (red, green, blue)


def _blank_sheet(canvas: Canvas, centre: Point) -> None:
    shadow = rectangle(shifted(centre, (14, 18)), 330, 330, -4)
    canvas.hatch(canvas.polygon_mask(shadow), NAVY, angle=45, gap=7, width=3.6)
    sheet = rectangle(centre, 330, 330, -4)
    canvas.polygon(sheet, CREAM)
    canvas.stipple(canvas.polygon_mask(sheet), SAND, angle=30, strength=0.5)
    for point in rectangle(centre, 286, 286, -4):
        canvas.stroke([shifted(point, (-13, 0)), shifted(point, (13, 0))], 4, SLATE)
        canvas.stroke([shifted(point, (0, -13)), shifted(point, (0, 13))], 4, SLATE)
    pin = (centre[0] + 14, centre[1] - 10)
    canvas.polygon(
        [(pin[0] - 34, pin[1] - 22), (pin[0] + 34, pin[1] - 22), (pin[0], pin[1] + 46)], VERMILION
    )
    canvas.circle((pin[0], pin[1] - 34), 38, VERMILION)
    canvas.circle((pin[0], pin[1] - 34), 15, CREAM)


RANGES: list[tuple[list[Point], Ink]] = [
    ([(760, 420), (900, 150), (960, 210), (1040, 84), (1110, 190), (1220, 110), (1220, 420)], SAGE),
    ([(540, 420), (650, 250), (700, 290), (800, 130), (850, 215), (905, 180), (1020, 420)], SLATE),
    (
        [(840, 420), (960, 268), (1010, 310), (1090, 214), (1160, 330), (1220, 290), (1220, 420)],
        NAVY,
    ),
]


def ten_ri(canvas: Canvas) -> None:
    """A road seen from the side and from above; equal walks, unequal spacing on the sheet."""
    canvas.rect((0, 0, 1200, 420), SAND)
    canvas.stipple(canvas.rect_mask((0, 0, 1200, 420)), OCHRE, angle=0, strength=0.5)
    canvas.circle((250, 170), 84, VERMILION)
    canvas.stipple(canvas.circle_mask((250, 170), 84), OCHRE, angle=0, strength=0.8)
    for ridge, ink in RANGES:
        canvas.polygon(ridge, ink)
        canvas.stipple(canvas.polygon_mask(ridge), NAVY, angle=60, strength=0.75)
    canvas.rect((0, 412, 1200, 424), NAVY)
    canvas.rect((0, 424, 1200, 800), PAPER)
    road = _mountain_road()
    canvas.stroke(road, 9, NAVY)
    for x in _marks():
        spot = min(road, key=lambda point: abs(point[0] - x))
        canvas.stroke([(x, 430), (x, spot[1] - 30)], 1.6, SLATE)
        canvas.circle(spot, 19, NAVY)
        canvas.circle(spot, 12, OCHRE if x < 540 else VERMILION)


def _mountain_road() -> list[Point]:
    """A calm line on the plain that starts to wind under the mountains."""
    path = []
    for x in range(-20, 1221, 4):
        wind = 0.0 if x < 500 else min(1.0, (x - 500) / 160)
        path.append((float(x), 620 + 14 * math.sin(x / 120) + wind * 52 * math.sin(x / 26)))
    return path


def _marks() -> list[int]:
    return [60, 200, 340, 478, 566, 636, 704, 768, 834, 898, 966, 1034, 1112]
