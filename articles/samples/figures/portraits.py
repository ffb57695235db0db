"""Five bylines as heads made of circles, arcs and one coat each."""

from dataclasses import dataclass

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
)
from articles.samples.figures.geometry import arc


@dataclass(frozen=True)
class Look:
    """What tells one byline from another."""

    ground: Ink
    disc: Ink
    coat: Ink
    hair: Ink
    cut: str
    glasses: bool = False


LOOKS = {
    "윤서진": Look(SAND, SAGE, NAVY, NAVY, "bob"),
    "한도경": Look(NAVY, OCHRE, SLATE, NAVY, "short", glasses=True),
    "박이든": Look(SAGE, PAPER, VERMILION, NAVY, "curls"),
    "오세린": Look(PAPER, VERMILION, OCHRE, NAVY, "knot", glasses=True),
    "정무열": Look(OCHRE, SAND, NAVY, SLATE, "cap"),
}


def portrait(canvas: Canvas, look: Look) -> None:
    """A head and shoulders, 400 by 400."""
    canvas.rect((0, 0, 400, 400), look.ground)
    canvas.circle((200, 196), 158, look.disc)
    canvas.stipple(canvas.circle_mask((200, 196), 158), look.ground, angle=30, strength=0.6)
    if look.cut == "bob":
        canvas.rect((112, 108, 288, 272), look.hair, 74)
    if look.cut == "knot":
        canvas.circle((200, 76), 36, look.hair)
    coat = [*arc((200, 424), 150, 180, 360), (350, 400), (50, 400)]
    canvas.polygon(coat, look.coat)
    canvas.stipple(canvas.polygon_mask(coat), NAVY if look.coat != NAVY else SLATE, 60, 0.6)
    canvas.rect((172, 232, 228, 306), SAND, 26)
    canvas.stipple(canvas.rect_mask((172, 246, 228, 282)), VERMILION, angle=180, strength=0.5)
    canvas.polygon([(150, 290), (200, 350), (168, 372), (128, 304)], CREAM)
    canvas.polygon([(250, 290), (200, 350), (232, 372), (272, 304)], CREAM)
    canvas.rect((134, 110, 266, 268), CREAM, 64)
    canvas.stipple(canvas.circle_mask((200, 200), 66), OCHRE, angle=45, strength=0.35)
    _hair(canvas, look)
    _face(canvas, look)


def _hair(canvas: Canvas, look: Look) -> None:
    if look.cut == "bob":
        canvas.polygon(
            [*arc((200, 176), 84, 180, 360), (284, 186), (176, 148), (116, 190)], look.hair
        )
    elif look.cut == "short":
        canvas.polygon(
            [*arc((200, 168), 76, 176, 364), (268, 176), (250, 138), (158, 142)], look.hair
        )
    elif look.cut == "curls":
        for x, y in (
            (138, 150),
            (154, 118),
            (184, 98),
            (218, 98),
            (248, 116),
            (264, 150),
            (200, 122),
        ):
            canvas.circle((x, y), 29, look.hair)
    elif look.cut == "knot":
        canvas.polygon(
            [*arc((200, 172), 74, 180, 360), (274, 178), (200, 128), (126, 178)], look.hair
        )
    else:
        canvas.polygon([*arc((200, 158), 80, 180, 360), (280, 162), (120, 162)], look.coat)
        canvas.rect((112, 150, 306, 168), VERMILION, 8)
        canvas.rect((128, 168, 142, 206), look.hair, 6)
        canvas.rect((258, 168, 272, 206), look.hair, 6)


def _face(canvas: Canvas, look: Look) -> None:
    for x in (172, 228):
        canvas.circle((x, 196), 6.5, NAVY)
        if look.glasses:
            canvas.ring((x, 196), 22, 4.5, VERMILION if look.disc != VERMILION else SLATE)
    if look.glasses:
        canvas.stroke([(194, 193), (206, 193)], 4.5, VERMILION if look.disc != VERMILION else SLATE)
    canvas.stroke([(201, 202), (194, 222), (204, 224)], 3.6, NAVY)
    canvas.stroke(arc((200, 236), 18, 30, 150, 20), 4.4, VERMILION)
