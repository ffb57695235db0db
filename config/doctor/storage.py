"""Whether there is room to write, and a way back when everything is lost."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection
from django.utils import timezone

from config.backups.making import backups_in

SCARCE_BYTES = 1 << 30
SCARCE_FILES = 20_000
SCARCE_SHARE = 0.05
# A backup is made every night, and takes its time.
OLDEST_BACKUP = timedelta(hours=36)
# Where Debian's PostgreSQL writes; of another machine nothing can be seen from here.
POSTGRESQL_FOLDER = Path("/var/lib/postgresql")

_MADE_AT = re.compile(r"-(\d{8}-\d{6})")


def disk() -> Iterator[str]:
    """Look at each file system once, whatever lies on it."""
    on_disk: dict[int, list[Path]] = {}
    for folder in sorted(_written_to()):
        there = next(place for place in (folder, *folder.parents) if place.exists())
        on_disk.setdefault(there.stat().st_dev, []).append(there)
    for folders in on_disk.values():
        scarce = _scarce(os.statvfs(folders[0]))
        if scarce:
            yield (
                f"{', '.join(map(str, dict.fromkeys(folders)))}: {scarce}. Make room before "
                "writing fails: old releases, old backups, journalctl --vacuum-size=200M"
            )


def backups() -> Iterator[str]:
    folder = settings.BACKUP_FOLDER
    if folder is None:
        if settings.HTTPS:
            yield (
                "BACKUP_FOLDER is not set, so that nobody can tell whether backups are made. Name "
                "there where `manage.py backup` writes, every night (pildam-backup.timer)."
            )
        return
    found = backups_in(folder) if folder.exists() else []
    if not found:
        yield f"There is no backup in {folder}. {_MAKE_ONE}"
        return
    newest = max(found, key=_made_at)
    age = timezone.now() - _made_at(newest)
    if age > OLDEST_BACKUP:
        yield f"{newest} is the newest backup and {_in_words(age)} old. {_MAKE_ONE}"
    # The database is copied beside the new backup before it is written.
    wanted, volume = 2 * newest.stat().st_size, os.statvfs(folder)
    free = volume.f_bavail * volume.f_frsize
    if free < wanted:
        yield (
            f"{folder}: {free >> 20} MB are free, and the next backup may need "
            f"{wanted >> 20} MB. Keep fewer (backup --keep), or elsewhere."
        )


_MAKE_ONE = (
    "Make one now: manage.py backup; why none was made: systemctl list-timers "
    "pildam-backup.timer, journalctl -u pildam-backup"
)


def _written_to() -> set[Path]:
    folders = {Path(settings.IMPORT_ROOT), Path(tempfile.gettempdir())}
    if isinstance(default_storage._wrapped, FileSystemStorage):  # type: ignore[attr-defined]
        folders.add(Path(settings.MEDIA_ROOT))
    if settings.BACKUP_FOLDER is not None:
        folders.add(settings.BACKUP_FOLDER)
    if connection.vendor == "sqlite":
        folders.add(Path(str(connection.settings_dict["NAME"])).parent)
    elif POSTGRESQL_FOLDER.is_dir() and _is_here(str(connection.settings_dict["HOST"])):
        folders.add(POSTGRESQL_FOLDER)
    return {folder.absolute() for folder in folders}


def _is_here(host: str) -> bool:
    return host in {"", "localhost", "::1"} or host.startswith(("/", "127."))


def _scarce(volume: os.statvfs_result) -> str:
    """Say what of a file system is nearly used up, or nothing."""
    free, total = volume.f_bavail * volume.f_frsize, volume.f_blocks * volume.f_frsize
    if free < min(SCARCE_BYTES, total * SCARCE_SHARE):
        return f"{free >> 20} MB are free"
    # Some file systems make room for files as they come, and count none.
    if volume.f_files and volume.f_favail < min(SCARCE_FILES, volume.f_files * SCARCE_SHARE):
        return f"room for {volume.f_favail} more files (df --inodes)"
    return ""


def _made_at(backup: Path) -> datetime:
    """Return when a backup was made: its name says so, wherever it was copied since."""
    if match := _MADE_AT.search(backup.name):
        return datetime.strptime(match[1], "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
    return datetime.fromtimestamp(backup.stat().st_mtime, UTC)


def _in_words(age: timedelta) -> str:
    return f"{age.days} days" if age.days > 2 else f"{age.total_seconds() / 3600:.0f} hours"
