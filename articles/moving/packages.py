"""An export that is read again: recognised by its manifest, every file checked before it is used."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from articles.importing.documents import ImportFailure
from articles.importing.sources import (
    MAX_FILE_BYTES,
    ArchiveLimits,
    DiskFolder,
    ZipFolder,
    open_archive,
)
from articles.moving.layout import ARTICLES, FORMAT, MANIFEST, PENDING, SUMS, VERSION

# Nothing is unpacked as a whole, and what is read at once has a limit of its own. A file that is
# read line by line may be large, but then not packed as tightly as only a bomb is.
LIMITS = ArchiveLimits(files=200_000, total_bytes=100_000_000_000, any_ratio=MAX_FILE_BYTES)
# A picture as we have written it may be larger than the upload that it was made from.
MAX_PICTURE_BYTES = 100_000_000
MAX_LINE_BYTES = 1_000_000
_MAX_SUMS_BYTES = 100_000_000
_PIECE = 1 << 20


class Package:
    """The files of one export. What cannot be read, or is damaged, raises ImportFailure."""

    def __init__(self, folder: DiskFolder | ZipFolder, label: str, top: str = "") -> None:
        self.label = label.rstrip("/")
        self._folder = folder
        self._top = top
        self._sums = self._listed(_manifest(folder, top))

    def names(self, prefix: str) -> list[str]:
        """Return the names of the files that begin so, sorted."""
        return sorted(name for name in self._sums if name.startswith(prefix))

    def has(self, name: str) -> bool:
        return name in self._sums

    def strays(self) -> list[str]:
        """Return the documents that somebody has put beside those of the export."""
        own = (self._top + ARTICLES, self._top + PENDING)
        found = (path for path in self._folder.documents() if path.startswith(own))
        return [name for path in found if (name := path.removeprefix(self._top)) not in self._sums]

    def data(self, name: str, longest: int = MAX_FILE_BYTES) -> bytes:
        """Return the bytes of a file, which are those that were exported."""
        with self._folder.open(self._top + name) as file:
            data = _read(file, longest + 1)
        if len(data) > longest:
            raise ImportFailure(f"the file is larger than {longest // 1_000_000} MB")
        self._check(name, hashlib.sha256(data).hexdigest())
        return data

    def opened(self, name: str) -> BinaryIO:
        """Open a file of any size, after it was read once to see whether it is whole."""
        digest = hashlib.sha256()
        with self._folder.open(self._top + name) as file:
            while piece := _read(file, _PIECE):
                digest.update(piece)
        self._check(name, digest.hexdigest())
        return self._folder.open(self._top + name)

    def lines(self, name: str) -> Iterator[tuple[int, dict[str, Any] | None]]:
        """Yield the records of a file with their lines; None stands for what is no record."""
        if not self.has(name):
            return
        with self.opened(name) as file:
            number = 0
            while line := file.readline(MAX_LINE_BYTES):
                number += 1
                yield number, _record(line)

    def _check(self, name: str, digest: str) -> None:
        if self._sums.get(name) != digest:
            raise ImportFailure(f"the file is not as it was exported, {SUMS} says: damaged")

    def _listed(self, manifest: dict[str, Any]) -> dict[str, str]:
        with self._folder.open(self._top + SUMS) as file:
            data = _read(file, _MAX_SUMS_BYTES)
        if hashlib.sha256(data).hexdigest() != manifest.get("sums"):
            raise ImportFailure(f"{SUMS} is not as it was exported, {MANIFEST} says: damaged")
        lines = (line.split("  ", 1) for line in data.decode("utf-8", "replace").splitlines())
        return {pair[1]: pair[0] for pair in lines if len(pair) == 2}


def package_at(path: Path) -> Package | None:
    """Return the export at a path, None for anything else; raises ImportFailure if it is broken.

    An archive may hold the export below one folder, as programs pack a folder that was unpacked.
    """
    if path.is_dir():
        disk = DiskFolder(path)
        return Package(disk, str(path)) if _is_ours(disk) else None
    if not path.is_file() or not zipfile.is_zipfile(path) or not _names_manifest(path):
        return None
    archive = ZipFolder(path, LIMITS)
    tops = (name.removesuffix(MANIFEST) for name in archive.named(MANIFEST))
    for top in sorted(top for top in tops if top.count("/") <= 1):
        if _is_ours(archive, top):
            return Package(archive, str(path), top)
    return None


def _names_manifest(path: Path) -> bool:
    """Whether a zip archive is worth being read with the wide limits of our own."""
    try:
        with open_archive(path, LIMITS) as archive:
            return any(PurePosixPath(name).name == MANIFEST for name in archive.NameToInfo)
    except ImportFailure:
        # Reading it as a source says what is wrong with it.
        return False


def _is_ours(folder: DiskFolder | ZipFolder, top: str = "") -> bool:
    try:
        _manifest(folder, top)
    except _ForeignManifestError:
        return False
    return True


class _ForeignManifestError(ImportFailure):
    """A file of that name that other programs write, or none at all."""


def _manifest(folder: DiskFolder | ZipFolder, top: str) -> dict[str, Any]:
    if not folder.has(top + MANIFEST):
        raise _ForeignManifestError("there is no manifest")
    with folder.open(top + MANIFEST) as file:
        found = _record(_read(file, MAX_LINE_BYTES))
    if found is None or found.get("format") != FORMAT:
        raise _ForeignManifestError("the manifest is not ours")
    if found.get("version") != VERSION:
        raise ImportFailure(f"it has version {found.get('version')!r}, only {VERSION} is known")
    return found


def _record(line: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _read(file: BinaryIO, size: int) -> bytes:
    try:
        return file.read(size)
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error, RuntimeError) as error:
        raise ImportFailure(f"the file cannot be read: {error}") from error
