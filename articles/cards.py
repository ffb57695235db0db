"""Drawing what stands for a page without a picture where it is shared: words in, PNG out."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image as PillowImage
from PIL import ImageDraw, ImageFont
from pylopdf_fonts_ko import sans_path, serif_path

from articles.text import one_line

# Raise it when the same words are to give another picture, so that old ones are not shown.
CARD_VERSION = 1
SIZE = (1200, 630)

_PAPER, _INK, _MUTED, _RULE, _SEAL = "#f9f5ec", "#211d18", "#6b6355", "#dcd3c1", "#a92f1c"
_EDGE = 84
_MEASURE = SIZE[0] - 2 * _EDGE
_TITLE_TOP, _TITLE_BOTTOM, _FOOT = 160, 492, 552
# The largest in which the title fits is taken: points, and how many lines of them there are.
_TITLE_SIZES = ((88, 2), (76, 3), (64, 4), (54, 4))
_LEADING = 1.34
# The font has one weight; an outline of this part of its size makes it a heading.
_BOLDNESS = 0.012
_ELLIPSIS = "…"
# The seal of 필담 is made of upright rectangles. A house of another name goes without it.
_SEAL_FILE = Path(__file__).resolve().parent / "assets" / "icons" / "favicon.svg"
_SEAL_STROKE = re.compile(r"M([\d.]+) ([\d.]+)H([\d.]+)V([\d.]+)H[\d.]+Z")
_SEAL_SIDE, _SEAL_UNITS, _FINER = 56, 32, 6
_HOUSE_OF_THE_SEAL = "필담"


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says: where it belongs, its title, whose it is, and the name of the house."""

    kicker: str
    title: str
    foot: str
    house: str

    @property
    def digest(self) -> str:
        """Return what names the picture: other words, or another way to draw, change it."""
        words = "\x1f".join((str(CARD_VERSION), *astuple(self)))
        return hashlib.sha256(words.encode()).hexdigest()[:20]


class Face:
    """A font in one size, which knows how wide a text is without asking for it twice."""

    def __init__(self, path: Path, size: int) -> None:
        self.size = size
        self.font = ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
        self._widths: dict[str, float] = {}
        self._unknown = bytes(self.font.getmask("\uffff"))

    def known(self, text: str) -> str:
        """Leave out what the font cannot show, such as emoji, instead of drawing boxes."""
        return "".join(c if c.isspace() or self._width(c) else "" for c in text)

    def width(self, text: str) -> float:
        return sum(map(self._width, text))

    def fitting(self, text: str, measure: float) -> int:
        """Return how many characters of the text fit, at least one."""
        left = measure
        for number, character in enumerate(text):
            left -= self._width(character)
            if left < 0:
                return max(1, number)
        return len(text)

    def fitted(self, text: str, measure: float) -> str:
        """Return the text in one line of at most this width, with an ellipsis for the rest."""
        text = one_line(self.known(text))
        if self.width(text) <= measure:
            return text
        return text[: self.fitting(text, measure - self.width(_ELLIPSIS))].rstrip() + _ELLIPSIS

    def _width(self, character: str) -> float:
        """Return 0 for what the font does not know."""
        if character not in self._widths:
            is_known = bytes(self.font.getmask(character)) != self._unknown
            self._widths[character] = self.font.getlength(character) if is_known else 0
        return self._widths[character]


@lru_cache(maxsize=16)
def _face(path: Path, size: int) -> Face:
    return Face(path, size)


def draw(card: Card) -> bytes:
    """Return the card as a PNG of 1200 by 630 pixels; it takes a tenth of a second."""
    image = PillowImage.new("RGB", SIZE, _PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, SIZE[0], 11), fill=_SEAL)
    small = _face(sans_path(), 30)
    kicker = small.fitted(card.kicker, _MEASURE)
    pen.text((_EDGE, 92), kicker, _SEAL, small.font, "ls", stroke_width=0.4)
    _write_title(pen, card.title)
    pen.line((_EDGE, _FOOT - 44, SIZE[0] - _EDGE, _FOOT - 44), _RULE, 2)
    room = _MEASURE - _sign(image, card.house) - 40
    pen.text((_EDGE, _FOOT), small.fitted(card.foot, room), _MUTED, small.font, "lm")
    target = BytesIO()
    image.quantize(64).save(target, "PNG", optimize=True)
    return target.getvalue()


def _write_title(pen: ImageDraw.ImageDraw, title: str) -> None:
    face, lines = _laid_out(title)
    leading = face.size * _LEADING
    # Short titles stand in the middle of their room, a little high as the eye wants it.
    spare = _TITLE_BOTTOM - _TITLE_TOP - leading * len(lines)
    top = _TITLE_TOP + max(0.0, spare) * 0.42
    for number, line in enumerate(lines):
        place = (_EDGE, top + leading * (number + 0.5))
        pen.text(place, line, _INK, face.font, "lm", stroke_width=face.size * _BOLDNESS)


def _laid_out(title: str) -> tuple[Face, list[str]]:
    for size, most in _TITLE_SIZES:
        face = _face(serif_path(), size)
        lines = _balanced(face.known(title).split(), face)
        if len(lines) <= most:
            return face, lines
    kept = lines[:most]
    kept[-1] = face.fitted(kept[-1] + _ELLIPSIS, _MEASURE)
    return face, kept


def _balanced(words: Sequence[str], face: Face) -> list[str]:
    """Break into as few lines as there can be, none much longer than the others."""
    lines = list(_lines(words, face, _MEASURE))
    for measure in range(_MEASURE - 40, _MEASURE // 2, -40):
        narrower = list(_lines(words, face, measure))
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _lines(words: Sequence[str], face: Face, measure: int) -> Iterator[str]:
    """Break between words, as Korean is read, and inside one only where it fills a line."""
    line = ""
    for word in words:
        longer = f"{line} {word}".strip()
        if face.width(longer) <= measure:
            line = longer
            continue
        if line:
            yield line
        line = word
        while face.width(line) > measure:
            fitting = face.fitting(line, measure)
            yield line[:fitting]
            line = line[fitting:]
    if line:
        yield line


def _sign(image: PillowImage.Image, house: str) -> float:
    """Write the name of the house at the right, and return how much room it takes."""
    face = _face(serif_path(), 36)
    name = face.fitted(house, _MEASURE / 2)
    right = SIZE[0] - _EDGE
    pen = ImageDraw.Draw(image)
    pen.text((right, _FOOT), name, _INK, face.font, "rm", stroke_width=0.5)
    width = face.width(name)
    if house == _HOUSE_OF_THE_SEAL:
        width += 18 + _SEAL_SIDE
        _stamp(image, round(right - width), _FOOT - _SEAL_SIDE // 2)
    return width


def _stamp(image: PillowImage.Image, left: int, top: int) -> None:
    """Put the seal there, drawn larger first: its strokes are finer than pixels."""
    side = _SEAL_SIDE * _FINER
    scale = side / _SEAL_UNITS
    seal = PillowImage.new("RGB", (side, side), _SEAL)
    pen = ImageDraw.Draw(seal)
    for stroke in _SEAL_STROKE.finditer(_SEAL_FILE.read_text("utf-8")):
        x, y, to_x, to_y = (float(number) * scale for number in stroke.groups())
        pen.rectangle((x, y, to_x, to_y), _PAPER)
    shape = PillowImage.new("L", (side, side))
    ImageDraw.Draw(shape).rounded_rectangle((0, 0, side - 1, side - 1), 8 * _FINER, 255)
    size = (_SEAL_SIDE, _SEAL_SIDE)
    smooth = PillowImage.Resampling.LANCZOS
    image.paste(seal.resize(size, smooth), (left, top), shape.resize(size, smooth))
