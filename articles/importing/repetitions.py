"""Documents that were named twice: a path given again, or a folder and a file in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from articles.importing.sources import DiskFolder, Source, UnreadableSource


def different_paths(paths: Iterable[Path]) -> list[Path]:
    """Return the paths without those that lead where one before them does."""
    found: dict[Path, Path] = {}
    for path in paths:
        found.setdefault(_resolved(path), path)
    return list(found.values())


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path


def without_repetitions(
    sources: Sequence[Source | UnreadableSource],
) -> list[Source | UnreadableSource]:
    """Keep each file on disk once, under the identity that says most of where it is from."""
    kept: dict[object, Source | UnreadableSource] = {}
    for source in sources:
        key = _file_of(source)
        before = kept.get(key)
        if (
            not isinstance(before, Source)
            or not isinstance(source, Source)
            or len(source.ref) > len(before.ref)
        ):
            kept[key] = source
    return list(kept.values())


def _file_of(source: Source | UnreadableSource) -> object:
    if isinstance(source, UnreadableSource):
        return source
    folder = source.folder
    path = folder.path_of(source.name) if isinstance(folder, DiskFolder) else None
    return path or (id(folder), source.name)
