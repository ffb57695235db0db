"""Making the smaller copies of a picture that browsers choose from: bytes in, bytes out."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image as PillowImage

from articles.pictures import FORMATS, in_srgb

# Raise it when the same picture is to give other copies, so that old ones can be found.
RENDITIONS_VERSION = 1
# A portrait, a card in a list, a phone, a phone with a dense screen, a desk.
WIDTHS = (240, 480, 800, 1200, 1600)
# The first that a browser knows is taken.
MEDIA_TYPES = {"avif": "image/avif", "webp": "image/webp"}
_OPTIONS: dict[str, dict[str, Any]] = {
    "avif": {"quality": 60, "speed": 7},
    "webp": {"quality": 78, "method": 4},
}


@dataclass(frozen=True, slots=True)
class RenditionFile:
    """One copy; `suffix` is that of its kind, without a dot."""

    width: int
    suffix: str
    data: bytes


def rendition_widths(width: int) -> list[int]:
    """Return the widths that a picture of this width is offered in, never wider than it is."""
    smaller = [step for step in WIDTHS if step < width]
    return [*smaller, width] if width <= WIDTHS[-1] else smaller


def rendition_name(name: str, width: int, version: int, suffix: str) -> str:
    """Return the storage name of a copy, from that of its original: it is as lasting as that."""
    stem, _, _ = name.rpartition(".")
    return f"{stem}-r{version}-{width}.{suffix}"


def make_renditions(data: bytes) -> Iterator[RenditionFile]:
    """Yield all copies of a picture that was cleaned before, the widest first.

    An animation has none, because a browser would be shown its first frame. Raises OSError or
    ValueError for what cannot be decoded.
    """
    with PillowImage.open(BytesIO(data), formats=FORMATS) as opened:
        if getattr(opened, "n_frames", 1) > 1:
            return
        widths = rendition_widths(opened.width)
        ratio = opened.height / opened.width
        # A JPEG is decoded at a fraction of its size where that is enough.
        opened.draft("RGB", (widths[-1], round(widths[-1] * ratio)))
        image = _with_plain_pixels(opened)
        for width in reversed(widths):
            size = (width, max(1, round(width * ratio)))
            # Each is made from the one before, which is sharp enough and much smaller.
            image = image.resize(size, PillowImage.Resampling.LANCZOS)
            for suffix, options in _OPTIONS.items():
                target = BytesIO()
                image.save(target, suffix.upper(), **options)
                yield RenditionFile(width, suffix, target.getvalue())


def _with_plain_pixels(image: PillowImage.Image) -> PillowImage.Image:
    plain = in_srgb(image)
    if plain.mode in {"RGB", "RGBA"}:
        return plain
    return plain.convert("RGBA" if plain.has_transparency_data else "RGB")
