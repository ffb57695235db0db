"""A document, an archive or an export that comes through a pipe."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile
from typing import BinaryIO

from articles.importing.documents import MAX_REF_LENGTH, ImportFailure
from articles.importing.sources import (
    MAX_ARCHIVE_BYTES,
    DiskFolder,
    Source,
    ZipFolder,
)
from articles.text import normalised

STANDARD_INPUT = "-"
_PIECE = 1 << 20


@contextmanager
def spooled(stream: BinaryIO, limit: int = MAX_ARCHIVE_BYTES) -> Iterator[Path]:
    """Keep what comes in a temporary file; raises ImportFailure for more than `limit` bytes."""
    with NamedTemporaryFile(prefix="pildam-import-") as file:
        while piece := stream.read(_PIECE):
            if file.tell() + len(piece) > limit:
                raise ImportFailure(f"more than {limit:,} bytes came from standard input")
            file.write(piece)
        file.flush()
        yield Path(file.name)


def spooled_sources(path: Path, name: str) -> Iterator[Source]:
    """Yield the documents that came: all of an archive, of anything else the one.

    That one is known again by the file name `name`, or without one by its bytes. Raises
    ImportFailure for an archive that is refused.
    """
    if zipfile.is_zipfile(path):
        archive = ZipFolder(path)
        for document in archive.documents():
            yield Source(f"{STANDARD_INPUT}/{document}", document, document, archive)
        return
    name = normalised(PurePosixPath(name).name)[-MAX_REF_LENGTH:]
    ref = name or f"stdin:{_digest(path)}"
    yield Source(name or STANDARD_INPUT, ref, name or "stdin", SpooledFile(path, name or "stdin"))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:32]


class SpooledFile(DiskFolder):
    """The file alone: there is nothing around it in which to find pictures."""

    def __init__(self, path: Path, name: str) -> None:
        super().__init__(path.parent)
        self._path = path
        self._name = name

    def documents(self) -> Iterator[str]:
        return iter(())

    def named(self, file_name: str) -> list[str]:
        return []

    def path_of(self, name: str) -> Path | None:
        return self._path if name == self._name else None
