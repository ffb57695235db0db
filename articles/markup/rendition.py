"""What rendering takes and gives."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceSet:
    """The copies of a picture in one kind of file; `srcset` as HTML writes it."""

    media_type: str
    srcset: str


@dataclass(frozen=True, slots=True)
class KnownImage:
    """A picture of ours: width and height in pixels, and the copies to choose from.

    `address` is where it is now, when that is not where the text says.
    """

    width: int
    height: int
    address: str = ""
    source_sets: tuple[SourceSet, ...] = ()


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
