"""Scenes of branches, keys and syllables."""

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
from articles.samples.figures.geometry import bezier, shifted, turned
from articles.samples.figures.letters import CONSONANTS, VOWELS, draw_letter


def branches(canvas: Canvas) -> None:
    """Many lines leave the trunk; few come back, and those through one gate."""
    canvas.stipple(canvas.rect_mask((0, 0, 1600, 900)), SLATE, angle=120, strength=0.5)
    strands: list[tuple[float, float, float, Ink]] = [
        (60, 130, 18, VERMILION), (200, 230, 18, SAGE), (120, 340, 20, OCHRE), (20, 560, 20, SAGE),
        (160, 670, 18, OCHRE), (60, 780, 18, SAND),
    ]  # fmt: skip
    for start, height, width, ink in strands:
        _strand(canvas, (start, height), width, ink)
    canvas.stroke([(-20, 450), (1620, 450)], 30, CREAM)
    for x in (90, 240, 420, 1250, 1370, 1500):
        canvas.circle((x, 450), 26, NAVY)
        canvas.circle((x, 450), 17, CREAM)
    canvas.circle((1010, 450), 148, VERMILION)
    canvas.stipple(canvas.circle_mask((1010, 450), 148), NAVY, angle=0, strength=0.5)
    canvas.circle((1010, 450), 108, NAVY)
    canvas.circle((1010, 450), 92, CREAM)
    canvas.stipple(canvas.circle_mask((1010, 450), 92), SAND, angle=45, strength=0.8)
    canvas.stroke([(966, 452), (998, 486), (1058, 416)], 22, VERMILION)


def _strand(canvas: Canvas, start: Point, width: float, ink: Ink) -> None:
    """A branch that bends into the gate, with its own few commits on the way."""
    x, y = start
    side = -1 if y < 450 else 1
    lead = (540 + abs(y - 450) * 0.3, y)
    bend = bezier(lead, (lead[0] + 260, y), (800, 450 + side * 70), (1010, 450 + side * 18))
    leave = bezier((x, 450), (x + 130, 450), (x + 90, y), (x + 250, y))
    canvas.stroke([*leave, lead, *bend], width, ink)
    for number in range(3):
        spot = x + 270 + number * 92
        if spot < lead[0] + 30:
            canvas.circle((spot, y), 20, NAVY)
            canvas.circle((spot, y), 12, ink)
    if y < 200 or y > 700:
        canvas.stroke(
            bezier((lead[0], y), (1000, y), (1200, y + side * 10), (1640, y - side * 30)), 4, ink
        )


def merge(canvas: Canvas) -> None:
    """A tree of branches; a single small knot where they join the trunk."""
    canvas.circle((600, 330), 280, SAND)
    canvas.stipple(canvas.circle_mask((600, 330), 280), OCHRE, angle=0, strength=0.7)
    canvas.stroke([(600, 800), (600, 560)], 40, NAVY)
    tips: list[tuple[float, float, Ink]] = [
        (180, 250, SAGE), (290, 130, SLATE), (420, 210, NAVY), (520, 90, VERMILION),
        (650, 170, SLATE), (760, 80, SAGE), (850, 220, NAVY), (1000, 150, OCHRE), (1050, 310, SLATE),
        (130, 400, OCHRE),
    ]  # fmt: skip
    for x, y, ink in tips:
        canvas.stroke(bezier((600, 570), (600, 400), (x, y + 220), (x, y)), 12, NAVY)
        canvas.circle((x, y), 42, NAVY)
        canvas.circle((x, y), 33, ink)
        canvas.stipple(canvas.circle_mask((x, y), 33), CREAM, angle=215, strength=0.5)
    canvas.circle((600, 566), 54, VERMILION)
    canvas.circle((600, 566), 36, CREAM)
    canvas.circle((600, 566), 14, NAVY)
    canvas.rect((0, 742, 1200, 800), NAVY)
    canvas.hatch(canvas.rect_mask((0, 742, 1200, 756)), OCHRE, angle=45, gap=9, width=2.4)


def keyboard(canvas: Canvas) -> None:
    """Key tops on a slant: consonants to the left hand, vowels to the right."""
    canvas.stipple(canvas.rect_mask((0, 0, 1600, 900)), OCHRE, angle=30, strength=0.55)
    rows = [
        "...........",
        "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ.",
        "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ..",
        ".ㅋㅌㅊㅍㅠㅜㅡ...",
        "...........",
    ]
    starts = (-960, -750, -706, -800, -850)
    for row, letters in enumerate(rows):
        for column, letter in enumerate(letters):
            middle = (starts[row] + column * 172 + row * 10, -400 + row * 172)
            _key(canvas, middle, letter, pressed=letter == "ㅎ")


def _key(canvas: Canvas, middle: Point, letter: str, *, pressed: bool) -> None:
    """One key in the tilted plane of the keyboard, with a skirt to the lower right."""

    def place(x: float, y: float, lift: float = 0) -> Point:
        return shifted((800, 450 - lift), turned((middle[0] + x, middle[1] + y), -11))

    lift = 8 if pressed else 26
    vowel = letter in VOWELS
    base = [place(-76, -76), place(76, -76), place(76, 76), place(-76, 76)]
    canvas.polygon([shifted(point, (16, 26)) for point in base], SAND if pressed else OCHRE)
    skirt = SLATE if vowel else NAVY
    canvas.polygon(base, skirt)
    canvas.polygon([base[2], base[3], place(-66, 60, lift), place(66, 60, lift)], skirt)
    canvas.polygon([base[1], base[2], place(66, 60, lift), place(66, -70, lift)], skirt)
    top = [place(x, y, lift) for x, y in ((-66, -72), (66, -72), (66, 60), (-66, 60))]
    plain = letter not in CONSONANTS and not vowel
    face = VERMILION if pressed else CREAM if vowel else SLATE if plain else SAGE
    canvas.polygon(top, face)
    tint = NAVY if pressed or plain else SAND if vowel else SLATE
    canvas.stipple(canvas.polygon_mask(top), tint, angle=30, strength=0.5)
    if plain:
        return
    right = turned((62, 0), -11)
    down = turned((0, 62), -11)
    ink = CREAM if pressed else VERMILION if vowel else NAVY
    draw_letter(canvas, letter, place(-31, -37, lift), right, down, 11, ink)


def wandering_final(canvas: Canvas) -> None:
    """A schematic: the final consonant of one syllable becomes the initial of the next."""
    canvas.stipple(canvas.rect_mask((0, 0, 1200, 800)), SAND, angle=0, strength=0.6)
    for number, letter in enumerate("ㄱㅏㄴㅏ"):
        left = 190 + number * 204 + 40 * (number == 3)
        canvas.rect((left + 8, 88, left + 176, 246), NAVY, 18)
        canvas.rect((left, 76, left + 168, 232), OCHRE if number == 3 else CREAM, 18)
        ink = VERMILION if letter == "ㄴ" else NAVY
        draw_letter(canvas, letter, (left + 46, 114), (76, 0), (0, 80), 13, ink)
    _block(canvas, (150, 400), "ㄱㅏㄴ")
    _block(canvas, (640, 400), "ㄱㅏ")
    _block(canvas, (894, 400), "ㄴㅏ")
    canvas.stroke([(452, 530), (560, 530)], 12, NAVY)
    canvas.polygon([(552, 496), (612, 530), (552, 564)], NAVY)
    hop = bezier((330, 690), (470, 800), (820, 800), (934, 688))
    for number in range(0, len(hop) - 1, 5):
        canvas.circle(hop[number], 6 + number / 12, VERMILION)
    canvas.circle((934, 684), 13, VERMILION)


def _block(canvas: Canvas, corner: Point, letters: str) -> None:
    """One syllable square; the third letter of ``letters`` is its final."""
    x, y = corner
    canvas.rect((x + 10, y + 12, x + 252, y + 272), NAVY, 20)
    canvas.rect((x, y, x + 240, y + 258), PAPER, 20)
    canvas.stipple(canvas.rect_mask((x + 12, y + 12, x + 228, y + 246)), SAGE, strength=0.4)
    tall = 92 if len(letters) == 3 else 150
    first = VERMILION if letters[0] == "ㄴ" else NAVY
    draw_letter(canvas, letters[0], (x + 38, y + 44), (82, 0), (0, tall - 12), 15, first)
    draw_letter(canvas, letters[1], (x + 128, y + 26), (92, 0), (0, tall + 30), 15, NAVY)
    if len(letters) == 3:
        draw_letter(canvas, letters[2], (x + 58, y + 166), (130, 0), (0, 58), 15, VERMILION)
