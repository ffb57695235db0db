"""What an export is written into: a folder or a zip archive, whole under its name or not there."""

from __future__ import annotations

import hashlib
import os
import shutil
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile, mkdtemp
from typing import IO

# Of every file the same, so that the same content gives the same archive.
_TIME = (1980, 1, 1, 0, 0, 0)
_MODE = 0o600


class TargetError(Exception):
    """There is something else where the export is to be; the message is one English line."""


class Target(ABC):
    """Takes files one after the other; `sums` holds the SHA-256 of each by its name."""

    def __init__(self) -> None:
        self.sums: dict[str, str] = {}

    def add(self, name: str, pieces: Iterable[bytes], *, is_packed: bool = False) -> int:
        """Write a file and return in how many pieces; `is_packed` is what no zip makes smaller."""
        digest, count = hashlib.sha256(), 0
        with self._opened(name, is_packed) as file:
            for piece in pieces:
                file.write(piece)
                digest.update(piece)
                count += 1
        self.sums[name] = digest.hexdigest()
        return count

    @abstractmethod
    def _opened(self, name: str, is_packed: bool) -> AbstractContextManager[IO[bytes]]: ...


class _Zip(Target):
    def __init__(self, archive: zipfile.ZipFile) -> None:
        super().__init__()
        self._archive = archive

    def _opened(self, name: str, is_packed: bool) -> AbstractContextManager[IO[bytes]]:
        entry = zipfile.ZipInfo(name, _TIME)
        entry.create_system = 3
        entry.external_attr = _MODE << 16
        entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
        # Whether a file will be larger than 4 GB is not known before it is written.
        return self._archive.open(entry, "w", force_zip64=True)


class _Folder(Target):
    def __init__(self, top: Path) -> None:
        super().__init__()
        self._top = top

    def _opened(self, name: str, is_packed: bool) -> AbstractContextManager[IO[bytes]]:
        path = self._top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("xb")


def opened_target(path: Path) -> AbstractContextManager[Target]:
    """Return what is written at `path`: a zip archive if it is called so, or else a folder.

    Raises TargetError before anything is written that would take the place of something else.
    """
    if path.suffix.lower() == ".zip":
        if path.is_dir() or (path.exists() and not zipfile.is_zipfile(path)):
            raise TargetError("there is something else that is no zip archive")
        return _new_zip(path)
    if path.exists() and not path.is_dir():
        raise TargetError("there is a file of this name; a folder or a name in .zip is needed")
    if path.is_dir() and any(path.iterdir()):
        raise TargetError("the folder is not empty")
    return _new_folder(path)


@contextmanager
def _new_zip(path: Path) -> Iterator[Target]:
    # Readable by its owner alone, as temporary files are: there are addresses in it.
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as unfinished:
        try:
            with zipfile.ZipFile(unfinished, "w") as archive:
                yield _Zip(archive)
            unfinished.flush()
            os.fsync(unfinished.fileno())
            Path(unfinished.name).replace(path)
        except BaseException:
            Path(unfinished.name).unlink(missing_ok=True)
            raise


@contextmanager
def _new_folder(path: Path) -> Iterator[Target]:
    unfinished = Path(mkdtemp(dir=path.parent, prefix=f".{path.name}."))
    try:
        yield _Folder(unfinished)
        unfinished.replace(path)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
