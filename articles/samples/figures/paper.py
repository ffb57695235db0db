"""Scenes of sheets, books and metal type."""

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
from articles.samples.figures.geometry import polar, rectangle, shifted, turned
from articles.samples.figures.letters import draw_letter

# Brush marks that read as writing without being any word, centred on the origin.
SYLLABLES: list[list[list[Point]]] = [
    [[(-15, -12), (15, -14)], [(0, -14), (-2, 15)], [(-12, 2), (10, 0)]],
    [[(-12, -14), (-13, 12), (13, 12)], [(2, -14), (12, -4)]],
    [[(-14, -8), (14, -10)], [(0, -8), (-12, 14)], [(2, -2), (14, 14)]],
    [[(-10, -14), (-10, 14)], [(-10, 0), (4, -2)], [(12, -14), (12, 14)]],
    [[(0, -16), (0, -8)], [(-14, -6), (14, -7)], [(-9, 2), (9, 1)], [(-13, 12), (13, 12)]],
    [[(-12, -12), (12, -13), (9, 12), (-11, 13), (-12, -12)], [(-9, 0), (8, -1)]],
    [[(-14, -12), (12, -13)], [(12, -13), (4, 14)], [(-10, 4), (-2, 12)]],
    [[(-14, -4), (14, -6)], [(0, -16), (0, 15)]],
    [[(-13, -14), (-14, 14)], [(-13, -14), (13, -15), (13, 15)], [(-4, -2), (4, -2)]],
    [[(-4, -15), (-14, 0)], [(-10, -4), (-10, 15)], [(0, -6), (14, -8)], [(7, -8), (7, 15)]],
    [[(-14, 14), (14, 12)], [(0, -14), (0, 12)], [(-10, -2), (-10, 12)], [(10, -4), (10, 10)]],
]


def conversation(canvas: Canvas) -> None:
    """Two speech-shaped sheets face each other across a brush."""
    canvas.stipple(canvas.rect_mask((0, 0, 1600, 900)), SLATE, angle=150, strength=0.45)
    canvas.circle((800, 450), 318, VERMILION)
    canvas.stipple(canvas.circle_mask((800, 450), 318), OCHRE, angle=200, strength=0.8)
    left = [(190, 130), (860, 130), (860, 560), (560, 560), (430, 690), (430, 560), (190, 560)]
    right = [
        (740, 330),
        (1410, 330),
        (1410, 760),
        (1170, 760),
        (1170, 840),
        (1050, 760),
        (740, 760),
    ]
    for sheet, ink in ((left, CREAM), (right, PAPER)):
        shadow = [shifted(point, (16, 18)) for point in sheet]
        canvas.hatch(canvas.polygon_mask(shadow), NAVY, angle=45, gap=7, width=3.4)
        canvas.polygon(sheet, ink)
        canvas.stipple(canvas.polygon_mask(sheet), SAND, angle=45, strength=0.7)
    _columns(canvas, (790, 178), [5, 6, 4, 6, 5, 3], NAVY)
    _columns(canvas, (1340, 378), [6, 4, 5, 2], NAVY)
    canvas.rect((244, 470, 300, 526), VERMILION, 6)
    canvas.rect((258, 484, 286, 512), CREAM, 3)
    _brush(canvas, (880, 640), 560, -62)


def table(canvas: Canvas) -> None:
    """A low table from above: a sheet on either side, ink in the middle."""
    canvas.rect((110, 90, 1090, 710), SAND, 26)
    canvas.hatch(canvas.rect_mask((110, 690, 1090, 710)), NAVY, angle=90, gap=8, width=2)
    for x in (110, 1070):
        canvas.stipple(canvas.rect_mask((x, 110, x + 20, 690)), OCHRE, strength=0.6)
    for centre, tilt in (((355, 400), -5.0), ((845, 400), 4.0)):
        shadow = rectangle(shifted(centre, (12, 14)), 360, 480, tilt)
        canvas.hatch(canvas.polygon_mask(shadow), NAVY, angle=45, gap=7, width=2.6)
        sheet = rectangle(centre, 360, 480, tilt)
        canvas.polygon(sheet, CREAM)
        canvas.stipple(canvas.polygon_mask(sheet), SAND, angle=30, strength=0.5)
    _columns(canvas, (480, 196), [7, 6, 7, 5, 6], NAVY, -5)
    _columns(canvas, (1008, 222), [7, 4], NAVY, 4)
    canvas.rect((560, 320, 640, 470), NAVY, 30)
    canvas.circle((600, 365), 26, SLATE)
    canvas.stipple(canvas.rect_mask((566, 400, 634, 470)), SAGE, strength=0.5)
    _brush(canvas, (846, 452), 310, 34)
    canvas.circle((600, 200), 44, VERMILION)
    canvas.circle((600, 200), 32, OCHRE)
    canvas.stipple(canvas.circle_mask((600, 200), 32), VERMILION, angle=45, strength=0.8)


def _columns(canvas: Canvas, corner: Point, lengths: list[int], ink: Ink, tilt: float = 0) -> None:
    """Vertical writing from the right, each syllable a few strokes, no two alike in a row."""
    for column, length in enumerate(lengths):
        for row in range(length):
            middle = shifted(corner, turned((-column * 62 - 18, row * 54 + 18), tilt))
            for path in SYLLABLES[(row * row * 7 + row * 3 + column * 4) % len(SYLLABLES)]:
                strokes = [shifted(middle, turned(point, tilt)) for point in path]
                canvas.stroke(strokes, 6.5, ink)


def _brush(canvas: Canvas, tip: Point, length: float, angle: float) -> None:
    """A writing brush whose tip touches ``tip`` and whose handle leaves at ``angle``."""

    def along(distance: float, aside: float) -> Point:
        return shifted(tip, turned((distance, aside), angle))

    hair = [along(0, 0), along(40, -15), along(92, -19), along(120, -11)]
    hair += [along(120, 11), along(92, 19), along(40, 15)]
    handle = [along(118, -13), along(length, -9), along(length, 9), along(118, 13)]
    canvas.polygon([shifted(point, (10, 12)) for point in handle], SLATE)
    canvas.polygon(handle, OCHRE)
    canvas.stipple(canvas.polygon_mask(handle), VERMILION, angle=0, strength=0.75)
    canvas.polygon(hair, NAVY)
    collar = [along(116, -15), along(140, -15), along(140, 15), along(116, 15)]
    canvas.polygon(collar, VERMILION)
    canvas.circle(along(length + 8, 0), 11, VERMILION)


def bookshelf(canvas: Canvas) -> None:
    """Upright spines netted together by a recommender, and one that leans out of the net."""
    canvas.stipple(canvas.rect_mask((0, 0, 1600, 900)), SAND, angle=180, strength=0.75)
    canvas.rect((0, 776, 1600, 900), NAVY)
    canvas.hatch(canvas.rect_mask((0, 776, 1600, 790)), OCHRE, angle=0, gap=7, width=2)
    spines = _spines()
    for number, (left, top, width, ink) in enumerate(spines):
        _book(canvas, (left, top, left + width, 776), ink, number)
    _net(canvas, [(left + width / 2, top - 46) for left, top, width, _ in spines])
    canvas.polygon([(921, 776), (1105, 212), (1197, 242), (1019, 776)], NAVY)
    leaning = [(905, 776), (1088, 206), (1180, 236), (1003, 776)]
    canvas.polygon(leaning, VERMILION)
    canvas.stipple(canvas.polygon_mask(leaning), NAVY, angle=60, strength=0.35)
    canvas.polygon([(1040, 392), (1054, 349), (1134, 375), (1120, 418)], CREAM)
    canvas.polygon([(962, 634), (969, 612), (1049, 638), (1042, 660)], OCHRE)


def _spines() -> list[tuple[float, float, float, Ink]]:
    """``(left, top, width, ink)`` of every upright book."""
    widths = [74, 96, 58, 88, 110, 66, 92, 78, 104, 84]
    tops = [330, 252, 402, 300, 366, 276, 338, 420, 262, 350]
    inks = [NAVY, SAGE, OCHRE, SLATE, NAVY, SAND, SAGE, OCHRE, SLATE, NAVY]
    row: list[tuple[float, float, float, Ink]] = []
    left = 64.0
    for width, top, ink in zip(widths, tops, inks, strict=True):
        row.append((left, top, width, ink))
        left += width + 2
    left = 1210.0
    for width, top, ink in ((90, 300, SAGE), (70, 380, NAVY), (100, 268, SLATE), (64, 350, OCHRE)):
        row.append((left, top, width, ink))
        left += width + 2
    return row


def _book(canvas: Canvas, box: tuple[float, float, float, float], ink: Ink, number: int) -> None:
    left, top, right, bottom = box
    canvas.rect(box, ink)
    canvas.stipple(canvas.rect_mask(box), NAVY if ink != NAVY else SLATE, angle=90, strength=0.5)
    label = CREAM if number % 2 else OCHRE if ink != OCHRE else NAVY
    middle = (left + right) / 2
    canvas.rect((left + 12, top + 46, right - 12, top + 54), label)
    canvas.rect((left + 12, top + 64, right - 12, top + 68), label)
    for row in range(3 + number % 3):
        canvas.rect((middle - 9, top + 110 + row * 34, middle + 9, top + 130 + row * 34), label, 3)
    canvas.rect((left + 12, bottom - 60, right - 12, bottom - 54), label)


def _net(canvas: Canvas, knots: list[Point]) -> None:
    lifted = [(x, y - 70 * ((number * 3) % 4) / 3) for number, (x, y) in enumerate(knots)]
    for number, start in enumerate(lifted):
        for reach in (1, 2):
            if number + reach < len(lifted):
                canvas.stroke([start, lifted[number + reach]], 2.4, SLATE)
    for number, knot in enumerate(lifted):
        canvas.circle(knot, 13 if number % 3 else 19, NAVY)
        canvas.circle(knot, 7 if number % 3 else 11, OCHRE if number % 2 else CREAM)


def metal_type(canvas: Canvas) -> None:
    """Rows of type standing on a stone, every face mirrored, one sort pulled up."""
    canvas.stipple(canvas.rect_mask((0, 0, 1600, 900)), SLATE, angle=180, strength=0.4)
    letters = "ㅎㅏㄴㄱㅡㄹㅂㅗㄷㅈㅣㅅㅜㅁㅓㅇㅋㅕㅌㅍㅊㅛㄹㅠ"
    for row in range(5):
        for column in range(9):
            chosen = (row, column) == (2, 4)
            base = (
                150.0 + column * 172 - (row - 2) * 92,
                196.0 + row * 158 + (column - 4) * 17,
            )
            letter = letters[(row * 9 + column * 5) % len(letters)]
            _sort(canvas, base, "ㄱ" if chosen else letter, raised=chosen)


def _sort(canvas: Canvas, base: Point, letter: str, *, raised: bool) -> None:
    """One piece of type: a face seen from above, a front and a side."""
    across, deep = (146.0, 14.0), (-66.0, 112.0)
    tall = 150.0 if raised else 74.0
    top = (base[0], base[1] - (84 if raised else 0))
    corners = [top, shifted(top, across), shifted(shifted(top, across), deep), shifted(top, deep)]
    front = [corners[3], corners[2], shifted(corners[2], (0, tall)), shifted(corners[3], (0, tall))]
    side = [corners[1], corners[2], shifted(corners[2], (0, tall)), shifted(corners[1], (0, tall))]
    canvas.polygon(side, NAVY)
    canvas.polygon(front, VERMILION if raised else SLATE)
    canvas.stipple(canvas.polygon_mask(front), NAVY, angle=0, strength=0.95)
    canvas.polygon(corners, OCHRE if raised else SAND)
    light = canvas.polygon_mask(corners)
    canvas.stipple(light, VERMILION if raised else SAGE, angle=40, strength=0.55)
    start = (top[0] + across[0] * 0.76 + deep[0] * 0.22, top[1] + across[1] * 0.76 + deep[1] * 0.22)
    right = (-across[0] * 0.52, -across[1] * 0.52)
    down = (deep[0] * 0.56, deep[1] * 0.56)
    draw_letter(canvas, letter, start, right, down, 13, NAVY)


def page_forme(canvas: Canvas) -> None:
    """A newspaper page as the stone hand saw it: blocks locked in a frame, one lifted out."""
    canvas.rect((300, 40, 900, 760), NAVY, 10)
    canvas.stipple(canvas.rect_mask((300, 40, 900, 760)), SLATE, angle=45, strength=0.5)
    canvas.rect((330, 70, 870, 730), SAND)
    blocks = [
        ((340, 80, 860, 140), NAVY), ((340, 150, 640, 330), SAGE), ((650, 150, 860, 250), CREAM),
        ((650, 260, 860, 420), CREAM), ((340, 340, 490, 560), CREAM), ((500, 340, 640, 560), CREAM),
        ((650, 430, 860, 640), OCHRE), ((340, 570, 640, 720), CREAM), ((650, 650, 860, 720), NAVY),
    ]  # fmt: skip
    for box, ink in blocks:
        canvas.rect(box, ink)
        if ink == CREAM:
            _rule_lines(canvas, box)
        elif ink != NAVY:
            canvas.stipple(canvas.rect_mask(box), NAVY, angle=60, strength=0.5)
    canvas.rect((360, 98, 560, 122), CREAM)
    canvas.hatch(canvas.rect_mask((340, 640, 640, 720)), NAVY, angle=45, gap=9, width=2)
    lifted = rectangle((1010, 610), 300, 96, 12)
    canvas.hatch(
        canvas.polygon_mask([shifted(point, (12, 14)) for point in lifted]), NAVY, gap=7, width=2.6
    )
    canvas.polygon(lifted, VERMILION)
    for row in (-1, 0, 1):
        start, end = turned((-122, row * 26), 12), turned((122 - 60 * (row == 1), row * 26), 12)
        canvas.stroke([shifted(start, (1010, 610)), shifted(end, (1010, 610))], 7, CREAM)
    canvas.stroke([(650, 690), (760, 690)], 4, CREAM)
    _clock(canvas, (150, 190))


def _clock(canvas: Canvas, centre: Point) -> None:
    """Ten minutes to the deadline."""
    canvas.circle(centre, 82, NAVY)
    canvas.circle(centre, 70, OCHRE)
    canvas.stipple(canvas.circle_mask(centre, 70), VERMILION, angle=45, strength=0.85)
    for hour in range(12):
        canvas.circle(polar(centre, 57, hour * 30), 4 if hour % 3 else 6, NAVY)
    canvas.stroke([centre, polar(centre, 34, -95)], 9, NAVY)
    canvas.stroke([centre, polar(centre, 50, -150)], 6, NAVY)
    canvas.circle(centre, 8, CREAM)


def _rule_lines(canvas: Canvas, box: tuple[float, float, float, float]) -> None:
    left, top, right, bottom = box
    for number in range(int((bottom - top - 20) / 14)):
        y = top + 14 + number * 14
        canvas.rect((left + 12, y, right - 12 - 38 * (number % 5 == 4), y + 4), SLATE)
