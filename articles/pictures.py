"""Judging and cleaning uploaded or imported picture files: bytes in, safe bytes out."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image as PillowImage
from PIL import ImageCms, ImageOps, ImageSequence, UnidentifiedImageError

from articles.picture_structure import is_within_reason

MAX_BYTES = 20_000_000
MAX_PIXELS = 40_000_000
# Its warning would stand among what an import says; the header is judged here.
warnings.filterwarnings("ignore", category=PillowImage.DecompressionBombWarning)
# All frames of an animation may be in memory at once, at four bytes a pixel.
MAX_FRAME_PIXELS = 25_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
# What phones call MPO is a JPEG with a second picture behind it, which stays behind.
SUFFIXES = {"JPEG": ".jpg", "MPO": ".jpg", "PNG": ".png", "WEBP": ".webp", "GIF": ".gif"}
# What each kind is saved with; GIF knows no quality.
STILL_OPTIONS: dict[str, dict[str, Any]] = {"JPEG": {"quality": 90}, "WEBP": {"quality": 90}}
# What Pillow tells of a file that holds nothing but a picture.
_HARMLESS = frozenset(
    [
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "dpi",
        "progressive",
        "progression",
        "adobe",
        "adobe_transform",
        "transparency",
        "background",
        "duration",
        "loop",
        "timestamp",
        "version",
        "extension",
        "interlace",
        "gamma",
        "srgb",
        "default_image",
        "disposal",
        "blend",
        "bbox",
    ]
)
# The last few percent of a PNG are worth a second of waiting, but not ten.
_OPTIMISED_PIXELS = 4_000_000


class PictureError(Exception):
    """The file is not a picture that may be shown; the message is Korean, for editors."""


TOO_MANY_BYTES = "그림 파일이 너무 큽니다. 20MB까지 올릴 수 있습니다."
_TOO_MANY_PIXELS = "그림이 너무 큽니다. 4천만 화소까지 쓸 수 있습니다."
_TOO_MANY_FRAMES = "움직이는 그림의 장면이 너무 많습니다."
_TOO_MANY_BLOCKS = "그림 파일이 너무 잘게 나뉘어 있습니다. 다른 프로그램으로 다시 저장해 주세요."
_UNKNOWN = "JPEG, PNG, WebP, GIF 그림만 쓸 수 있습니다."
_BROKEN = "그림 파일이 깨져 있어 읽을 수 없습니다."


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture made anew from its pixels: no metadata, no second file hidden inside."""

    data: bytes
    suffix: str
    width: int
    height: int


def cleaned_picture(data: bytes) -> Picture:
    """Return the picture re-encoded without metadata, upright and in sRGB; sizes in pixels.

    The header is judged before any pixel is decoded, because 20 kB can hold a picture that
    unpacks to hundreds of megabytes. Raises PictureError.
    """
    if len(data) > MAX_BYTES:
        raise PictureError(TOO_MANY_BYTES)
    if not is_within_reason(data):
        raise PictureError(_TOO_MANY_BLOCKS)
    try:
        with PillowImage.open(BytesIO(data), formats=FORMATS) as opened:
            return _re_encoded(opened)
    except UnidentifiedImageError as error:
        raise PictureError(_UNKNOWN) from error
    except (PillowImage.DecompressionBombError, PillowImage.DecompressionBombWarning) as error:
        raise PictureError(_TOO_MANY_PIXELS) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise PictureError(_BROKEN) from error


def size_of(data: bytes) -> tuple[int, int]:
    """Return width and height as the file's header says. Raises PictureError for no picture."""
    if len(data) > MAX_BYTES:
        raise PictureError(TOO_MANY_BYTES)
    if not is_within_reason(data):
        raise PictureError(_TOO_MANY_BLOCKS)
    try:
        with PillowImage.open(BytesIO(data), formats=FORMATS) as opened:
            return opened.size
    except UnidentifiedImageError as error:
        raise PictureError(_UNKNOWN) from error
    except (PillowImage.DecompressionBombError, PillowImage.DecompressionBombWarning) as error:
        raise PictureError(_TOO_MANY_PIXELS) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise PictureError(_BROKEN) from error


def kept_picture(data: bytes) -> Picture:
    """Return a picture that we have made before just as it is; any other is made anew.

    A second encoding of a JPEG would be another file under the same name. Raises PictureError.
    """
    if not is_within_reason(data):
        raise PictureError(_TOO_MANY_BLOCKS)
    try:
        with PillowImage.open(BytesIO(data), formats=FORMATS) as opened:
            if _is_as_we_make_them(opened):
                return Picture(data, SUFFIXES[opened.format or ""], opened.width, opened.height)
    except (PillowImage.DecompressionBombError, PillowImage.DecompressionBombWarning) as error:
        raise PictureError(_TOO_MANY_PIXELS) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise PictureError(_BROKEN) from error
    return cleaned_picture(data)


def _is_as_we_make_them(opened: PillowImage.Image) -> bool:
    """Whether the file is sound and says nothing but its pixels."""
    frames = getattr(opened, "n_frames", 1)
    pixels = opened.width * opened.height
    if pixels > MAX_PIXELS or (frames > 1 and pixels * frames > MAX_FRAME_PIXELS):
        return False
    for frame in ImageSequence.Iterator(opened):
        frame.load()
        said = {str(key).lower() for key in frame.info} | set(getattr(frame, "text", {}))
        if frame.getexif() or any(key not in _HARMLESS for key in said):
            return False
    return opened.format != "MPO"


def _re_encoded(opened: PillowImage.Image) -> Picture:
    width, height = opened.size
    format_name = "JPEG" if opened.format == "MPO" else opened.format or ""
    frames = 1 if format_name == "JPEG" else getattr(opened, "n_frames", 1)
    if width * height > MAX_PIXELS:
        raise PictureError(_TOO_MANY_PIXELS)
    if frames > 1 and width * height * frames > MAX_FRAME_PIXELS:
        raise PictureError(_TOO_MANY_FRAMES)
    target = BytesIO()
    if frames > 1:
        _save_animation(opened, format_name, target)
    else:
        # In place, because a copy of the largest picture would take 160 MB more.
        ImageOps.exif_transpose(opened, in_place=True)
        width, height = opened.size
        _save_still(in_srgb(opened), format_name, target)
    return Picture(target.getvalue(), SUFFIXES[format_name], width, height)


def in_srgb(image: PillowImage.Image) -> PillowImage.Image:
    """Return the picture in the colours that every screen assumes, without its profile.

    A profile is a file inside the file, and one that cannot be read is no profile.
    """
    profile = image.info.pop("icc_profile", None)
    if image.mode.startswith("I"):
        # Sixteen bits of grey, of which a screen shows eight.
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode not in {"RGB", "RGBA", "CMYK"}:
        return image
    if profile:
        try:
            converted = ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB" if image.mode == "CMYK" else image.mode,
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = None
        if converted is not None:
            return converted
    return image.convert("RGB") if image.mode == "CMYK" else image


def _save_still(image: PillowImage.Image, format_name: str, target: BytesIO) -> None:
    # Pixels and palette stay; comments, EXIF and XMP, which some encoders copy, do not.
    image.info = {k: v for k, v in image.info.items() if k in {"transparency", "background"}}
    options = STILL_OPTIONS.get(format_name, {})
    if format_name == "PNG":
        options = {"optimize": image.width * image.height <= _OPTIMISED_PIXELS}
    image.save(target, format_name, icc_profile=None, **options)


def _save_animation(opened: PillowImage.Image, format_name: str, target: BytesIO) -> None:
    durations: list[int] = []

    def frames() -> Iterator[PillowImage.Image]:
        for frame in ImageSequence.Iterator(opened):
            durations.append(frame.info.get("duration", 100))
            yield frame.convert("RGBA")

    rest = frames()
    first = next(rest)
    first.info = {}
    first.save(
        target,
        format_name,
        save_all=True,
        append_images=rest,
        duration=durations,
        loop=opened.info.get("loop", 0),
        disposal=2,
    )
