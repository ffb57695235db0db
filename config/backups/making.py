"""A backup made beside a running site, verified, and only then under its name."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db import Error

from config.backups import databases, encryption, media
from config.backups.archive import ArchiveWriter, Manifest, checksum_of, read_archive
from config.backups.errors import BackupError
from config.backups.workplace import workplace

PREFIX = "pildam-"
# Pictures that go while they are copied are looked for again.
TRIES = 3


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup: its file, SHA-256 in hexadecimal, and what it holds."""

    path: Path
    checksum: str
    manifest: Manifest


def make_backup(folder: Path, *, public_key: str = "") -> Backup:
    """Write database and media into one new file in the folder.

    Raises BackupError, leaving no file behind, for whatever keeps it from being whole.
    """
    if public_key:
        encryption.checked_recipient(public_key)
    made_at = datetime.now(UTC)
    suffix = ".tar" + (encryption.SUFFIX if public_key else "")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with workplace(folder, "pildam") as work:
            partial = work / f"backup{suffix}"
            with (
                encryption.written(partial, public_key) as stream,
                ArchiveWriter(stream) as archive,
            ):
                manifest = _write(archive, work, made_at)
            checksum = _verified(partial, manifest, encrypted=bool(public_key))
            path = _free_name(folder, f"{PREFIX}{made_at:%Y%m%d-%H%M%S}", suffix)
            note = work / "sha256"
            note.write_text(f"{checksum}  {path.name}\n")
            # First the note: no backup ever stands there that nobody can check.
            note.replace(path.with_name(f"{path.name}.sha256"))
            partial.replace(path)
    except OSError as error:
        raise BackupError(f"{folder} cannot be written to: {error}") from error
    except (sqlite3.Error, Error) as error:
        raise BackupError(f"The database cannot be copied: {error}") from error
    return Backup(path, checksum, manifest)


def backups_in(folder: Path) -> list[Path]:
    """Return the finished backups of a folder, the oldest first. Raises OSError."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.name.startswith(PREFIX) and path.name.endswith((".tar", f".tar{encryption.SUFFIX}"))
    )


def forget_old(folder: Path, keep: int) -> list[Path]:
    """Delete all but the newest `keep` backups of a folder; returns what is gone."""
    backups = backups_in(folder)
    old = backups[: max(len(backups) - keep, 0)]
    for path in old:
        # Somebody else may be tidying up as well.
        path.unlink(missing_ok=True)
        path.with_name(f"{path.name}.sha256").unlink(missing_ok=True)
    return old


def _write(archive: ArchiveWriter, work: Path, made_at: datetime) -> Manifest:
    """Copy pictures, then the database, then what has come meanwhile.

    Pictures never change under their name. What a row in the database names was there either
    before it was taken or is there after it.
    """
    _add_media(archive)
    member, path, counts = databases.snapshot(work)
    archive.add(member, path)
    path.unlink()
    for _ in range(TRIES):
        _add_media(archive)
        if not _missed(archive):
            break
    manifest = Manifest(
        made_at=made_at.isoformat(),
        engine=databases.engine(),
        migrations=databases.applied_migrations(),
        counts=counts,
        checksums=archive.checksums,
    )
    archive.finish(manifest)
    return manifest


def _missed(archive: ArchiveWriter) -> set[str]:
    """Return the files that rows name and the archive lacks; `doctor` tells of those lost before."""
    there = {name for name, _ in media.files()}
    return (media.referenced() & there) - archive.checksums.keys()


def _add_media(archive: ArchiveWriter) -> None:
    for name, path in media.files():
        if name not in archive.checksums:
            try:
                archive.add(name, path)
            except FileNotFoundError:
                continue


def _verified(path: Path, manifest: Manifest, *, encrypted: bool) -> str:
    """Read back what was written; returns its SHA-256.

    What is encrypted can only be read by whoever has the key: `restore --check` does.
    """
    if not encrypted:
        with path.open("rb") as stream:
            if read_archive(stream) != manifest:
                raise BackupError("The backup is not what was written: is the disk failing?")
    return checksum_of(path)


def _free_name(folder: Path, stem: str, suffix: str) -> Path:
    path = folder / f"{stem}{suffix}"
    number = 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}{suffix}"
    return path
