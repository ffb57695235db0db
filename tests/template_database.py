"""One migrated database for the workers of a parallel run to copy.

Migrating takes seconds of processor time. A process of its own does it once, while the workers
still collect; whoever needs the result waits for the lock, which falls when that process ends.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

_ROOT = Path(__file__).parent.parent
# The workers find here what the run has prepared.
_FOLDER_VARIABLE = "TEMPLATE_DATABASE_FOLDER"
_SQLITE_FILE = "template.sqlite3"
# Of the models that each migration makes anew, looking for what goes again is a fifth of the time.
_MIGRATE = """
import gc
from django.core.management import execute_from_command_line
gc.disable()
execute_from_command_line(["manage.py", "migrate", "--verbosity", "0"])
"""


@contextmanager
def template_database(url: str) -> Iterator[None]:
    """Begin to migrate a template on the engine of that address; it goes with the run."""
    with tempfile.TemporaryDirectory(prefix="pildam-template-") as folder:
        os.environ[_FOLDER_VARIABLE] = folder
        if _is_sqlite(url):
            template = f"sqlite:///{folder}/{_SQLITE_FILE}"
        else:
            template = urlsplit(url)._replace(path=f"/{_name_in(folder)}").geturl()
            _execute(url, f'CREATE DATABASE "{_name_in(folder)}"')
        migrating = _migrate(template, Path(folder))
        try:
            yield
        finally:
            migrating.kill()
            migrating.wait()
            if not _is_sqlite(url):
                _execute(url, f'DROP DATABASE IF EXISTS "{_name_in(folder)}"')
            del os.environ[_FOLDER_VARIABLE]


def begin_with_template(database: dict[str, Any]) -> bool:
    """Let the test database of these settings begin as a copy; returns whether it is there now.

    Without a template it begins empty. What the template lacks is migrated afterwards.
    """
    if (folder := os.environ.get(_FOLDER_VARIABLE)) is None:
        return False
    with _lock_in(Path(folder)).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
    if not database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["TEMPLATE"] = _name_in(folder)
        return False
    shutil.copyfile(Path(folder, _SQLITE_FILE), database["TEST"]["NAME"])
    return True


def _migrate(url: str, folder: Path) -> subprocess.Popen[bytes]:
    with _lock_in(folder).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return subprocess.Popen(
            [sys.executable, "-c", _MIGRATE],
            cwd=_ROOT,
            env=os.environ | {"DATABASE_URL": url},
            pass_fds=[lock.fileno()],
        )


def _lock_in(folder: Path) -> Path:
    return folder / "lock"


def _name_in(folder: str) -> str:
    """Return the name of the template on a server, which other runs may use as well."""
    return Path(folder).name.replace("-", "_").lower()


def _is_sqlite(url: str) -> bool:
    return url.startswith("sqlite:")


def _execute(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)
