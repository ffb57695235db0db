"""A sheet of warm paper, five inks and the few marks every scene is made of.

Scenes speak in final pixels. The sheet is drawn ``SCALE`` times larger and
reduced once, at the end, which is what makes Pillow's edges clean.
"""

import io
import math
import random
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw, ImageOps

Point = tuple[float, float]
Ink = tuple[int, int, int]

PAPER: Ink = (243, 234, 219)
CREAM: Ink = (251, 246, 236)
SAND: Ink = (226, 209, 180)
NAVY: Ink = (27, 40, 66)
SLATE: Ink = (62, 84, 116)
VERMILION: Ink = (207, 71, 46)
OCHRE: Ink = (221, 163, 60)
SAGE: Ink = (137, 163, 140)

SCALE = 3
GRAIN = 0.45


class Canvas:
    """One picture in progress; ``seed`` fixes its grain so that a redraw is identical."""

    def __init__(self, width: int, height: int, paper: Ink = PAPER, seed: int = 1) -> None:
        self.width = width
        self.height = height
        self.image = Image.new("RGB", (width * SCALE, height * SCALE), paper)
        self.chance = random.Random(seed)  # noqa: S311 - grain, not a secret

    def polygon(self, points: Sequence[Point], ink: Ink) -> None:
        ImageDraw.Draw(self.image).polygon(_scaled(points), fill=ink)

    def rect(self, box: tuple[float, float, float, float], ink: Ink, radius: float = 0) -> None:
        left, top, right, bottom = (value * SCALE for value in box)
        ImageDraw.Draw(self.image).rounded_rectangle(
            (left, top, right - 1, bottom - 1), radius * SCALE, fill=ink
        )

    def circle(self, centre: Point, radius: float, ink: Ink) -> None:
        ImageDraw.Draw(self.image).ellipse(_box_around(centre, radius), fill=ink)

    def ring(self, centre: Point, radius: float, width: float, ink: Ink) -> None:
        ImageDraw.Draw(self.image).ellipse(
            _box_around(centre, radius + width / 2), outline=ink, width=round(width * SCALE)
        )

    def stroke(self, points: Sequence[Point], width: float, ink: Ink) -> None:
        """A line with round ends and joints through ``points``."""
        draw = ImageDraw.Draw(self.image)
        path = _scaled(points)
        draw.line(path, fill=ink, width=max(1, round(width * SCALE)), joint="curve")
        if width > 2:
            radius = width * SCALE / 2
            for x, y in (path[0], path[-1]):
                draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=ink)

    def polygon_mask(self, points: Sequence[Point]) -> Image.Image:
        mask = self._empty_mask()
        ImageDraw.Draw(mask).polygon(_scaled(points), fill=255)
        return mask

    def rect_mask(self, box: tuple[float, float, float, float]) -> Image.Image:
        left, top, right, bottom = box
        return self.polygon_mask([(left, top), (right, top), (right, bottom), (left, bottom)])

    def circle_mask(self, centre: Point, radius: float) -> Image.Image:
        mask = self._empty_mask()
        ImageDraw.Draw(mask).ellipse(_box_around(centre, radius), fill=255)
        return mask

    def fill(self, mask: Image.Image, ink: Ink) -> None:
        self.image.paste(ink, (0, 0), mask)

    def stipple(self, mask: Image.Image, ink: Ink, angle: float = 0, strength: float = 0.7) -> None:
        """Spray ink over ``mask``: none at one side, ``strength`` of full cover at the other.

        ``angle`` turns the fade: 0 is densest at the bottom, 90 at the right,
        180 at the top and 270 at the left of the mask's bounding box.
        """
        bounds = mask.getbbox()
        if bounds is None:
            return
        size = (bounds[2] - bounds[0], bounds[3] - bounds[1])
        fade = _fade(size, angle).point(lambda value: int(value * strength))
        grain = ImageChops.multiply(self._noise(size), fade.point(_grain_room))
        spray = ImageChops.add(ImageChops.subtract(fade, fade.point(_half_grain)), grain)
        self.image.paste(ink, (bounds[0], bounds[1]), ImageChops.multiply(spray, mask.crop(bounds)))

    def hatch(
        self, mask: Image.Image, ink: Ink, angle: float = 45, gap: float = 10, width: float = 2
    ) -> None:
        """Rule parallel lines ``gap`` pixels apart at ``angle`` degrees inside ``mask``."""
        lines = self._empty_mask()
        draw = ImageDraw.Draw(lines)
        reach = math.hypot(self.width, self.height)
        along = (math.cos(math.radians(angle)), math.sin(math.radians(angle)))
        for step in range(int(-reach / gap), int(reach / gap) + 1):
            x = self.width / 2 - along[1] * step * gap
            y = self.height / 2 + along[0] * step * gap
            ends = [
                (x - along[0] * reach, y - along[1] * reach),
                (x + along[0] * reach, y + along[1] * reach),
            ]
            draw.line(_scaled(ends), fill=255, width=round(width * SCALE))
        self.fill(ImageChops.multiply(lines, mask), ink)

    def save(self, limit: int) -> bytes:
        """The finished picture as WebP in at most ``limit`` bytes."""
        picture = self.image.resize((self.width, self.height), Image.Resampling.LANCZOS)
        for quality in range(88, 8, -6):
            stream = io.BytesIO()
            picture.save(stream, "WEBP", quality=quality, method=6, use_sharp_yuv=True)
            if stream.tell() <= limit:
                return stream.getvalue()
        message = f"No WebP quality brings this picture under {limit} bytes."
        raise ValueError(message)

    def _empty_mask(self) -> Image.Image:
        return Image.new("L", self.image.size, 0)

    def _noise(self, size: tuple[int, int]) -> Image.Image:
        """Random grey in cells of four final pixels: grain fine enough to read as ink, coarse enough for WebP."""
        cell = SCALE * 4
        columns, rows = size[0] // cell + 1, size[1] // cell + 1
        grain = Image.frombytes("L", (columns, rows), self.chance.randbytes(columns * rows))
        return grain.resize((columns * cell, rows * cell), Image.Resampling.BICUBIC).crop(
            (0, 0, *size)
        )


def _grain_room(value: int) -> int:
    """How far grain may move a tone: most in the middle tones, never over either end."""
    return int(GRAIN * 2 * min(value, 255 - value))


def _half_grain(value: int) -> int:
    return _grain_room(value) // 2


def _scaled(points: Sequence[Point]) -> list[Point]:
    return [(x * SCALE, y * SCALE) for x, y in points]


def _box_around(centre: Point, radius: float) -> tuple[float, float, float, float]:
    x, y = centre[0] * SCALE, centre[1] * SCALE
    reach = radius * SCALE
    return (x - reach, y - reach, x + reach, y + reach)


def _fade(size: tuple[int, int], angle: float) -> Image.Image:
    """A ramp from black to white across ``size``, cut out of a turned square."""
    ramp = Image.linear_gradient("L").resize((362, 362)).rotate(angle, Image.Resampling.BICUBIC)
    square = ImageOps.autocontrast(ramp.crop((53, 53, 309, 309)))
    return square.resize(size, Image.Resampling.BICUBIC)
