"""A picture as plain facts, from the columns that say how it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from articles.models import Image
from articles.rendering import SourceSet

_COLUMNS = (
    *("file", "alt", "width", "height", "focus_x", "focus_y"),
    *("rendition_widths", "renditions_version"),
)


class ImageFacts(NamedTuple):
    """A picture as the properties of `Image` tell of it."""

    url: str
    alt: str
    width: int
    height: int
    focus_classes: str
    source_sets: tuple[SourceSet, ...]


def image_columns(relation: str) -> tuple[str, ...]:
    """Return the names of the columns behind a relation, for `values_list` and `stored_facts`."""
    return tuple(f"{relation}__{name}" for name in _COLUMNS)


def stored_facts(columns: Sequence[Any]) -> ImageFacts | None:
    """Return the picture of these columns, or None where there is none."""
    name, *facts, widths, version = columns
    return _facts(name, *facts, tuple(widths), version) if name else None


def image_facts(image: Image) -> ImageFacts:
    return ImageFacts(
        image.url, image.alt, image.width, image.height, image.focus_classes, image.source_sets
    )


@lru_cache(maxsize=1_024)
def _facts(*columns: Any) -> ImageFacts:
    return image_facts(Image(**dict(zip(_COLUMNS, columns, strict=True))))
