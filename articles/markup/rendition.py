"""What rendering takes and gives."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImageSize:
    """A known picture's width and height in pixels."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class TocEntry:
    """A heading of level 2 or 3.  `id` is its anchor, `title` plain text."""

    level: int
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Rendition:
    """A rendered body.

    `html` is sanitised.  `plain_text` has one line for each block.  `image_sources` are
    percent-decoded, NFC, in reading order, each once.
    """

    html: str
    toc: tuple[TocEntry, ...]
    plain_text: str
    reading_minutes: int
    image_sources: tuple[str, ...]
