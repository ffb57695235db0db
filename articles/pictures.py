"""Judging and cleaning uploaded or imported picture files: bytes in, safe bytes out."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image as PillowImage
from PIL import ImageOps, ImageSequence, UnidentifiedImageError

MAX_BYTES = 20_000_000
MAX_PIXELS = 40_000_000
# All frames of an animation are in memory at once, at up to eight bytes a pixel.
MAX_FRAME_PIXELS = 40_000_000
SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "GIF": ".gif"}
# What each kind is saved with; GIF knows no quality.
STILL_OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 90},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 90},
}


class PictureError(Exception):
    """The file is not a picture that may be shown; the message is Korean, for editors."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture made anew from its pixels: no metadata, no second file hidden inside."""

    data: bytes
    suffix: str
    width: int
    height: int


def cleaned_picture(data: bytes) -> Picture:
    """Return the picture re-encoded without metadata; width and height in pixels.

    The header is judged before any pixel is decoded, because 20 kB can hold a picture that
    unpacks to hundreds of megabytes. Raises PictureError.
    """
    if len(data) > MAX_BYTES:
        raise PictureError("그림 파일이 너무 큽니다. 20MB까지 올릴 수 있습니다.")
    try:
        with PillowImage.open(BytesIO(data), formats=tuple(SUFFIXES)) as opened:
            return _re_encoded(opened)
    except UnidentifiedImageError as error:
        raise PictureError("JPEG, PNG, WebP, GIF 그림만 쓸 수 있습니다.") from error
    except (OSError, SyntaxError, ValueError, PillowImage.DecompressionBombError) as error:
        raise PictureError("그림 파일이 깨져 있어 읽을 수 없습니다.") from error


def _re_encoded(opened: PillowImage.Image) -> Picture:
    width, height = opened.size
    frames = getattr(opened, "n_frames", 1)
    if width * height > MAX_PIXELS:
        raise PictureError("그림이 너무 큽니다. 4천만 화소까지 쓸 수 있습니다.")
    if width * height * frames > MAX_FRAME_PIXELS:
        raise PictureError("움직이는 그림의 장면이 너무 많습니다.")
    suffix = SUFFIXES[opened.format or ""]
    target = BytesIO()
    if frames > 1:
        _save_animation(opened, target)
    else:
        format_name = opened.format or ""
        # In place, because a copy of the largest picture would take 160 MB more.
        ImageOps.exif_transpose(opened, in_place=True)
        width, height = opened.size
        _save_still(opened, format_name, target)
    return Picture(target.getvalue(), suffix, width, height)


def _save_still(image: PillowImage.Image, format_name: str, target: BytesIO) -> None:
    icc = image.info.get("icc_profile")
    # A fresh image carries the pixels and the palette only; comments, EXIF and XMP stay behind.
    bare = image.copy()
    bare.info = {k: v for k, v in image.info.items() if k in {"transparency", "background"}}
    bare.save(target, format_name, icc_profile=icc, **STILL_OPTIONS.get(format_name, {}))


def _save_animation(opened: PillowImage.Image, target: BytesIO) -> None:
    frames = []
    durations = []
    for frame in ImageSequence.Iterator(opened):
        frames.append(frame.convert("RGBA"))
        durations.append(frame.info.get("duration", 100))
    frames[0].save(
        target,
        opened.format,
        save_all=True,
        append_images=frames[1:],
        duration=durations,
        loop=opened.info.get("loop", 0),
        disposal=2,
    )
