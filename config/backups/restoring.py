"""A backup brought back: checked whole before anything is touched."""

from __future__ import annotations

import sqlite3
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from config.backups import databases, encryption, media
from config.backups.archive import Manifest, read_archive
from config.backups.errors import BackupError
from config.backups.workplace import workplace


def check_backup(path: Path, *, identity: Path | None = None) -> Manifest:
    """Read a backup to its end; raises BackupError if it is not whole or too new for this code."""
    with _opened(path, identity) as stream:
        manifest = read_archive(stream)
    _refuse_newer(manifest)
    return manifest


def restore_backup(path: Path, *, identity: Path | None = None, replace: bool = False) -> Manifest:
    """Put database and media of a backup in the place of those that are configured.

    Raises BackupError, and changes nothing, if the backup is not whole, is newer than this code,
    or there is content here and `replace` is not given.
    """
    if not replace and databases.holds_content():
        raise BackupError(
            "There are articles, accounts or comments here. Add --replace to lose them."
        )
    root = Path(settings.MEDIA_ROOT)
    try:
        root.mkdir(parents=True, exist_ok=True)
        with workplace(root.parent, "restore") as folder:
            with _opened(path, identity) as stream:
                manifest = read_archive(stream, folder)
            _refuse_newer(manifest)
            databases.make_way(manifest.engine)
            # Pictures that no row names harm nobody, should this end between the two.
            media.restore(folder)
            databases.restore(folder)
    except OSError as error:
        raise BackupError(f"The backup cannot be unpacked: {error}") from error
    except sqlite3.Error as error:
        raise BackupError(f"The database of the backup cannot be used: {error}") from error
    _refuse_other_counts(manifest)
    return manifest


def _opened(path: Path, identity: Path | None) -> AbstractContextManager[IO[bytes]]:
    try:
        # Asked here: what goes wrong while it is read is told as damage.
        path.open("rb").close()
    except OSError as error:
        raise BackupError(f"The backup cannot be read: {error}") from error
    return encryption.read(path, identity)


def _refuse_newer(manifest: Manifest) -> None:
    known = {f"{app}.{name}" for app, name in MigrationLoader(connection).disk_migrations}
    if unknown := sorted(set(manifest.migrations) - known):
        raise BackupError(
            f"The backup is newer than this program, which does not know {unknown[0]}. "
            "Install the version that made it, or a later one."
        )


def _refuse_other_counts(manifest: Manifest) -> None:
    counts = databases.row_counts()
    other = [table for table, count in manifest.counts.items() if counts.get(table) != count]
    if other:
        raise BackupError(f"Restored, but {', '.join(other)} has not as many rows as were saved.")
