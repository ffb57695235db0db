"""The folder in which one command at a time works, and what a killed one has left in it."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from config.backups.errors import BackupError


@contextmanager
def workplace(folder: Path, name: str) -> Iterator[Path]:
    """Yield a new folder inside `folder`, which is gone afterwards.

    What killed commands of that name have left there is removed: it may be large, and hold the
    database as plain text. Raises BackupError while another of them is at work.
    """
    with _lock_file(folder / f".{name}.lock") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupError(f"Another command is at work in {folder}.") from error
        for left in folder.glob(f".{name}-*"):
            shutil.rmtree(left)
        with tempfile.TemporaryDirectory(prefix=f".{name}-", dir=folder) as path:
            yield Path(path)


def _lock_file(path: Path) -> IO[bytes]:
    """Open a file that stays there: removing it would be a race."""
    try:
        return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o644), "rb")
    except PermissionError:
        # Somebody else's, such as root's: it can be locked, and not be written.
        return path.open("rb")
