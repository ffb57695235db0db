"""One tar file: the database, the media, and last a manifest with the checksum of each.

Written and read as a stream, so that it need not fit into memory and can be encrypted on its way.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tarfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any, Self

from config.backups.errors import BackupError

# A line of JSON, and its SHA-256.
MANIFEST = "manifest"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    `engine` is "sqlite" or "postgresql"; `migrations` are "app.name"; `counts` rows by table;
    `checksums` SHA-256 in hexadecimal by the name of a member.
    """

    made_at: str
    engine: str
    migrations: list[str]
    counts: dict[str, int]
    checksums: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def extent(self) -> str:
        # One of the members is the database.
        return f"{sum(self.counts.values())} rows, {len(self.checksums) - 1} files"


class ArchiveWriter:
    """Writes members one after the other, and at the end the manifest."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._tar = tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115
        self.checksums: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        # One that was given up would otherwise be closed when its stream is gone already.
        with suppress(OSError):
            self._tar.close()

    def add(self, name: str, path: Path) -> None:
        """Add a file; raises FileNotFoundError, having written nothing, where there is none."""
        with path.open("rb") as file:
            info = self._tar.gettarinfo(arcname=name, fileobj=file)
            # Whose it was here means nothing elsewhere.
            info.uid = info.gid = 0
            info.uname = info.gname = ""
            self.checksums[name] = self._written(info, file)

    def finish(self, manifest: Manifest) -> None:
        text = json.dumps(asdict(manifest), ensure_ascii=False)
        data = f"{text}\n{_digest(text)}\n".encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size = len(data)
        self._written(info, io.BytesIO(data))
        self._tar.close()

    def _written(self, info: tarfile.TarInfo, file: IO[bytes]) -> str:
        reader = _HashingReader(file)
        self._tar.addfile(info, reader)
        return reader.digest.hexdigest()


def read_archive(stream: IO[bytes], folder: Path | None = None) -> Manifest:
    """Read all of an archive, into the folder if there is one, and return its manifest.

    Raises BackupError unless every member is what the manifest says, and nothing is missing.
    """
    checksums: dict[str, str] = {}
    told: dict[str, Any] | None = None
    try:
        with tarfile.open(fileobj=stream, mode="r|") as tar:
            for member in tar:
                content = _content_of(tar, member)
                if member.name == MANIFEST:
                    told = _told_by(content.read().decode())
                else:
                    checksums[member.name] = _unpacked(content, folder, member.name)
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise BackupError(f"The backup is damaged: {error}") from error
    return _judged(told, checksums)


def checksum_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _content_of(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    """Return the bytes of a member; raises ValueError for a link, a folder, or a name that leads out.

    Python's own filter for this came with 3.11.4.
    """
    path = PurePosixPath(member.name)
    content = tar.extractfile(member) if member.isreg() else None
    if content is None or path.is_absolute() or ".." in path.parts:
        raise ValueError(f"{member.name} is no file of a backup")
    return content


def _unpacked(content: IO[bytes], folder: Path | None, name: str) -> str:
    reader = _HashingReader(content)
    if folder is None:
        _exhaust(reader.read)
    else:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            shutil.copyfileobj(reader, file)
    return reader.digest.hexdigest()


def _told_by(text: str) -> dict[str, Any]:
    """Return what the manifest says; raises ValueError unless it is what its last line says."""
    told, digest, _ = text.split("\n")
    if digest != _digest(told):
        raise ValueError("its manifest has changed")
    manifest: dict[str, Any] = json.loads(told)
    return manifest


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _exhaust(read: Callable[[int], bytes]) -> None:
    while read(1 << 20):
        pass


def _judged(told: dict[str, Any] | None, checksums: dict[str, str]) -> Manifest:
    if told is None:
        raise BackupError("The backup is damaged: it ends before its manifest.")
    if told.get("format") != FORMAT:
        raise BackupError(
            f"The backup has format {told.get('format')}; this program reads {FORMAT}."
        )
    try:
        manifest = Manifest(**told)
    except TypeError as error:
        raise BackupError(f"The backup's manifest is not ours: {error}") from error
    wrong = {
        name
        for name in checksums.keys() | manifest.checksums.keys()
        if checksums.get(name) != manifest.checksums.get(name)
    }
    if wrong:
        raise BackupError(f"The backup is damaged: {len(wrong)} files differ, first {min(wrong)}.")
    return manifest


class _HashingReader:
    """Reads from a file and adds up what was read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.digest.update(data)
        return data
