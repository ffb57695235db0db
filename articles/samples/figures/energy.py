"""Scenes of the power grid and the life of a battery."""

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
from articles.samples.figures.geometry import arc, bezier, polar, rectangle, sag, shifted, turned


def pylons(canvas: Canvas) -> None:
    """Pylons walk over the hills at dusk towards a building that keeps its lights on."""
    canvas.fill(canvas.rect_mask((0, 0, 1600, 640)), OCHRE)
    canvas.stipple(canvas.rect_mask((0, 0, 1600, 420)), NAVY, angle=180, strength=1.0)
    canvas.stipple(canvas.rect_mask((0, 240, 1600, 660)), VERMILION, angle=0, strength=0.95)
    canvas.circle((640, 560), 190, CREAM)
    canvas.stipple(canvas.circle_mask((640, 560), 190), OCHRE, angle=0, strength=1.0)
    _hill(canvas, (620, 560, 600, 640), VERMILION, OCHRE)
    feet = [
        (1010.0, 650.0, 160.0),
        (820.0, 668.0, 240.0),
        (560.0, 710.0, 350.0),
        (190.0, 815.0, 570.0),
    ]
    _data_centre(canvas, (1120, 470))
    _hill(canvas, (690, 600, 690, 640), SLATE, SAGE)
    for near, far in zip(reversed(feet), reversed(feet[:-1]), strict=False):
        _wires(canvas, near, far)
    for x, y, height in feet:
        _pylon(canvas, (x, y), height)
    _hill(canvas, (800, 770, 800, 740), NAVY, SLATE)
    canvas.hatch(canvas.rect_mask((0, 858, 1600, 900)), SLATE, angle=-8, gap=11, width=2.4)


def _hill(canvas: Canvas, heights: tuple[float, float, float, float], ink: Ink, tint: Ink) -> None:
    first, second, third, last = heights
    ridge = bezier((0, first), (500, second), (1050, third), (1600, last))
    land = [*ridge, (1600, 900), (0, 900)]
    canvas.polygon(land, ink)
    canvas.stipple(canvas.polygon_mask(land), tint, angle=180, strength=0.35)


def _arms(foot: tuple[float, float, float]) -> list[Point]:
    """Where the six wires hang, left and right of each of three arms."""
    x, y, height = foot
    tips = []
    for level, reach in ((0.9, 0.17), (0.76, 0.22), (0.62, 0.18)):
        for side in (-1, 1):
            tips.append((x + side * height * reach, y - height * (level - 0.05)))
    return tips


def _wires(
    canvas: Canvas, near: tuple[float, float, float], far: tuple[float, float, float]
) -> None:
    for start, end in zip(_arms(near), _arms(far), strict=True):
        canvas.stroke(sag(start, end, near[2] * 0.07), max(1.2, near[2] / 190), NAVY)
    if near[2] > 500:
        for tip in _arms(near):
            canvas.stroke(sag(tip, (-80, tip[1] - 60), 40), 2.8, NAVY)


def _pylon(canvas: Canvas, foot: Point, height: float) -> None:
    x, y = foot
    weight = max(1.8, height / 85)
    levels = [0.0, 0.2, 0.38, 0.53, 0.62, 0.76, 0.9]
    half = [0.17, 0.125, 0.085, 0.05, 0.042, 0.036, 0.03]
    for side in (-1, 1):
        legs = [
            (x + side * height * w, y - height * level)
            for level, w in zip(levels, half, strict=True)
        ]
        canvas.stroke([*legs, (x, y - height)], weight, NAVY)
        others = [(2 * x - px, py) for px, py in legs]
        for number in range(len(legs) - 1):
            canvas.stroke([legs[number], others[number + 1]], weight * 0.55, NAVY)
    for level, reach in ((0.9, 0.17), (0.76, 0.22), (0.62, 0.18)):
        arm = y - height * level
        for side in (-1, 1):
            tip = (x + side * height * reach, arm)
            canvas.stroke([(x, arm - height * 0.035), tip, (x, arm)], weight * 0.7, NAVY)
            canvas.stroke([tip, (tip[0], arm + height * 0.05)], weight * 0.8, NAVY)


def _data_centre(canvas: Canvas, corner: Point) -> None:
    left, top = corner
    canvas.polygon([(left, top), (left + 400, top), (left + 400, 760), (left, 760)], NAVY)
    canvas.stipple(canvas.rect_mask((left, top, left + 400, 660)), SLATE, angle=270, strength=0.7)
    canvas.rect((left + 250, top - 34, left + 360, top), NAVY)
    for x in (left + 262, left + 300, left + 338):
        canvas.circle((x, top - 34), 12, SLATE)
    for row in range(5):
        for column in range(13):
            x, y = left + 24 + column * 28, top + 24 + row * 30
            lit = (row * 5 + column * 3) % 11
            canvas.rect((x, y, x + 16, y + 14), CREAM if lit == 0 else OCHRE, 2)


def balance(canvas: Canvas) -> None:
    """A schematic: supply and demand on one beam, and the needle between them."""
    canvas.rect((0, 640, 1200, 800), SAND)
    canvas.stipple(canvas.rect_mask((0, 640, 1200, 800)), SLATE, angle=0, strength=0.35)
    canvas.polygon([(520, 660), (580, 330), (620, 330), (680, 660)], NAVY)
    canvas.stipple(canvas.polygon_mask([(520, 660), (580, 330), (620, 330), (680, 660)]), SLATE, 90)
    canvas.rect((440, 650, 760, 676), NAVY, 8)
    canvas.rect((190, 296, 1010, 318), NAVY, 10)
    for x in (230, 970):
        canvas.stroke([(x, 312), (x - 120, 500)], 4, NAVY)
        canvas.stroke([(x, 312), (x + 120, 500)], 4, NAVY)
        canvas.polygon([*arc((x, 500), 140, 0, 180), (x - 140, 500)], VERMILION)
        canvas.stipple(canvas.polygon_mask(arc((x, 500), 140, 0, 180)), NAVY, angle=0, strength=0.6)
        canvas.rect((x - 150, 492, x + 150, 506), NAVY, 6)
    _turbine(canvas, (230, 400))
    _building(canvas, (970, 492))
    _dial(canvas, (600, 250))


def _turbine(canvas: Canvas, centre: Point) -> None:
    canvas.polygon([(218, 492), (225, 400), (235, 400), (242, 492)], NAVY)
    for angle in (-90, 30, 150):
        blade = [centre, polar(centre, 36, angle - 14), polar(centre, 122, angle)]
        canvas.polygon([*blade, polar(centre, 26, angle + 22)], SAGE)
        canvas.stipple(canvas.polygon_mask(blade), NAVY, angle=90, strength=0.5)
    canvas.circle(centre, 15, NAVY)
    canvas.circle(centre, 6, CREAM)


def _building(canvas: Canvas, foot: Point) -> None:
    x, y = foot
    for left, height, ink in ((-88, 128, SLATE), (-26, 190, NAVY), (40, 96, SLATE)):
        box = (x + left, y - height, x + left + 56, y)
        canvas.rect(box, ink)
        for row in range(int(height / 30)):
            for column in range(2):
                corner = (x + left + 11 + column * 20, y - height + 14 + row * 28)
                lit = (row + column * 2 + left) % 3
                canvas.rect((*corner, corner[0] + 12, corner[1] + 14), SAND if lit else OCHRE, 2)


def _dial(canvas: Canvas, centre: Point) -> None:
    canvas.circle(centre, 172, NAVY)
    canvas.circle(centre, 156, CREAM)
    canvas.stipple(canvas.circle_mask(centre, 156), SAND, angle=45, strength=0.8)
    for number in range(13):
        angle = -90 + (number - 6) * 14
        inner = 112 if number == 6 else 124 if number % 3 == 0 else 132
        canvas.stroke([polar(centre, inner, angle), polar(centre, 144, angle)], 5, NAVY)
    canvas.stroke(arc(centre, 96, -132, -104), 12, VERMILION)
    canvas.stroke(arc(centre, 96, -100, -80), 12, SAGE)
    canvas.stroke(arc(centre, 96, -76, -48), 12, VERMILION)
    canvas.stroke([polar(centre, 34, 90), polar(centre, 126, -90)], 8, VERMILION)
    canvas.circle(centre, 22, NAVY)
    canvas.circle(centre, 8, OCHRE)


def batteries(canvas: Canvas) -> None:
    """Twelve cells in a ring run down and fill again."""
    centre = (800.0, 450.0)
    canvas.stipple(canvas.rect_mask((0, 0, 1600, 900)), SLATE, angle=20, strength=0.4)
    canvas.circle(centre, 196, VERMILION)
    canvas.stipple(canvas.circle_mask(centre, 196), OCHRE, angle=210, strength=0.9)
    for number in range(12):
        level = (0.92, 0.84, 0.74, 0.64, 0.52, 0.4, 0.28, 0.17, 0.08, 0.3, 0.58, 0.8)[number]
        _cell(canvas, centre, -90 + number * 30, level)
    _arrow(canvas, centre, 122, -60, 190)
    canvas.circle(centre, 34, NAVY)
    canvas.circle(centre, 14, CREAM)
    for x, y, size in (
        (210, 250, 7),
        (300, 690, 11),
        (1370, 200, 10),
        (1300, 720, 6),
        (180, 480, 5),
    ):
        canvas.circle((x, y), size, OCHRE)


def _cell(canvas: Canvas, centre: Point, angle: float, level: float) -> None:
    """A cell that points away from ``centre``, ``level`` of it full."""
    middle = polar(centre, 318, angle)
    body = rectangle(middle, 92, 176, angle + 90)
    cap = rectangle(polar(centre, 414, angle), 40, 20, angle + 90)
    canvas.polygon([shifted(point, (9, 12)) for point in body], NAVY)
    canvas.polygon(cap, SAND)
    canvas.polygon(body, PAPER)
    canvas.stipple(canvas.polygon_mask(body), SAND, angle=90, strength=0.9)
    height = 160 * level
    charge = rectangle(polar(centre, 318 - 80 + height / 2, angle), 76, height, angle + 90)
    ink = SAGE if level > 0.45 else OCHRE if level > 0.2 else VERMILION
    canvas.polygon(charge, ink)
    canvas.stipple(canvas.polygon_mask(charge), NAVY, angle=45, strength=0.55)


def _arrow(canvas: Canvas, centre: Point, radius: float, start: float, end: float) -> None:
    canvas.stroke(arc(centre, radius, start, end), 18, CREAM)
    tip = polar(centre, radius, end)
    head = [(-34, -6), (34, -6), (0, 44)]
    canvas.polygon([shifted(tip, turned(point, end)) for point in head], CREAM)
