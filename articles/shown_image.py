"""A picture by the columns that say how it is shown, without a row made of them."""

from __future__ import annotations

from typing import Any, NamedTuple

from articles.models import Image
from articles.rendering import SourceSet

_COLUMNS = (
    *("file", "alt", "width", "height", "focus_x", "focus_y"),
    *("rendition_widths", "renditions_version"),
)


class ShownImage(NamedTuple):
    """What is stored of a picture; the properties are those of `Image`, and cost what they say."""

    file: str
    alt: str
    width: int
    height: int
    focus_x: int
    focus_y: int
    rendition_widths: tuple[int, ...]
    renditions_version: int

    @property
    def url(self) -> str:
        return self._row.url

    @property
    def source_sets(self) -> tuple[SourceSet, ...]:
        return self._row.source_sets

    @property
    def focus_classes(self) -> str:
        return self._row.focus_classes

    @property
    def _row(self) -> Image:
        return Image(**self._asdict())


def image_columns(relation: str) -> tuple[str, ...]:
    """Return the names of the columns behind a relation, for `values_list` and `shown_image`."""
    return tuple(f"{relation}__{name}" for name in _COLUMNS)


def shown_image(values: tuple[Any, ...]) -> ShownImage | None:
    """Return the picture of these columns, or None where there is none."""
    file, *others, widths, version = values
    return ShownImage._make((file, *others, tuple(widths), version)) if file else None


def shown_image_of(image: Image) -> ShownImage:
    values = [getattr(image, name) for name in _COLUMNS]
    values[0], values[-2] = image.file.name, tuple(image.rendition_widths)
    return ShownImage._make(values)
