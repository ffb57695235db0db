"""One import at a time: a lock that frees itself when its holder is killed."""

from __future__ import annotations

import fcntl
import json
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Protocol

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

_SECONDS_BETWEEN_TRIES = 0.5
# The lock's number in PostgreSQL, where advisory locks belong to one database.
_ADVISORY_LOCK = 0x70696C64616D01
# What PostgreSQL keeps of the name that a connection gives itself.
_LONGEST_NAME = 63


class AnotherImportRunning(Exception):  # noqa: N818 - reads as what it says
    """Another import has its turn: `since` then, if that is known, and `who` says whose it is."""

    def __init__(self, since: datetime | None, who: str) -> None:
        told = ", ".join(filter(None, (_clock(since), who)))
        super().__init__(f"Another import is running{f' ({told})' if told else ''}")
        self.since = since
        self.who = who


@contextmanager
def import_turn(
    *, wait: bool = True, tell: Callable[[AnotherImportRunning], None] = lambda other: None
) -> Iterator[None]:
    """Hold the turn to import into this database; whoever comes second waits.

    `tell` hears once of the import that is waited for. Without `wait`, raises AnotherImportRunning.
    """
    turn = _turn_of(connection)
    try:
        other = turn.take()
        if other and not wait:
            raise other
        if other:
            tell(other)
        while other:
            time.sleep(_SECONDS_BETWEEN_TRIES)
            other = turn.take()
        yield
    finally:
        turn.leave()


class _Turn(Protocol):
    def take(self) -> AnotherImportRunning | None:
        """Take the turn, or say who has it."""
        ...

    def leave(self) -> None:
        """Let the turn go, if it was taken."""
        ...


def _turn_of(database: BaseDatabaseWrapper) -> _Turn:
    if database.vendor == "postgresql":
        return _SessionTurn(database)
    if database.is_in_memory_db():  # type: ignore[attr-defined]
        return _ProcessTurn()
    return _FileTurn(Path(database.settings_dict["NAME"]))


class _FileTurn:
    """A lock on a file beside the database, which stays there: removing it would be a race."""

    def __init__(self, database: Path) -> None:
        database = database.resolve()
        path = database.with_name(f"{database.name}-import")
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
            _give_to_owner_of(database, self._file)
        except PermissionError:
            # Somebody else's: it can be locked, and not be written.
            self._file = os.open(path, os.O_RDONLY)

    def take(self) -> AnotherImportRunning | None:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return self._holder()
        note = json.dumps({"since": timezone.now().isoformat(), "who": _own_name()})
        with suppress(OSError):
            os.pwrite(self._file, note.encode(), 0)
            os.ftruncate(self._file, len(note))
        return None

    def _holder(self) -> AnotherImportRunning:
        try:
            note = json.loads(os.pread(self._file, 1000, 0))
            return AnotherImportRunning(datetime.fromisoformat(note["since"]), str(note["who"]))
        except (OSError, ValueError, TypeError, KeyError):
            return AnotherImportRunning(None, "")

    def leave(self) -> None:
        os.close(self._file)


def _give_to_owner_of(database: Path, file: int) -> None:
    """Let whoever may write the database write the lock's file too, whoever came first."""
    with suppress(OSError):
        status = database.stat()
        if os.geteuid() == 0:
            os.fchown(file, status.st_uid, status.st_gid)
        os.fchmod(file, status.st_mode & 0o666)


class _ProcessTurn:
    """For a database in memory, which no other process sees."""

    _lock = threading.Lock()
    _since: datetime | None = None

    def __init__(self) -> None:
        self._is_ours = False

    def take(self) -> AnotherImportRunning | None:
        self._is_ours = _ProcessTurn._lock.acquire(blocking=False)
        if not self._is_ours:
            return AnotherImportRunning(_ProcessTurn._since, _own_name())
        _ProcessTurn._since = timezone.now()
        return None

    def leave(self) -> None:
        if self._is_ours:
            _ProcessTurn._lock.release()


class _SessionTurn:
    """An advisory lock of a connection of its own, outside the pool and every transaction."""

    def __init__(self, database: BaseDatabaseWrapper) -> None:
        self._own = database.copy("import_turn")
        self._own.settings_dict["OPTIONS"] = {
            name: value
            for name, value in database.settings_dict["OPTIONS"].items()
            if name != "pool"
        }

    def take(self) -> AnotherImportRunning | None:
        with self._own.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [_ADVISORY_LOCK])
            if cursor.fetchone()[0]:
                name = f"{_own_name()} {timezone.now():%Y-%m-%dT%H:%M%z}"
                cursor.execute("SELECT set_config('application_name', %s, false)", [name])
                return None
            cursor.execute(
                "SELECT application_name FROM pg_stat_activity JOIN pg_locks USING (pid)"
                " WHERE locktype = 'advisory' AND granted AND database ="
                " (SELECT oid FROM pg_database WHERE datname = current_database())"
                " AND (classid::bigint << 32 | objid::bigint) = %s",
                [_ADVISORY_LOCK],
            )
            row = cursor.fetchone()
        return _named(row[0] if row else "")

    def leave(self) -> None:
        # The server frees what its session has locked.
        self._own.close()


def _named(name: str) -> AnotherImportRunning:
    who, _, since = name.rpartition(" ")
    try:
        return AnotherImportRunning(datetime.fromisoformat(since), who)
    except ValueError:
        return AnotherImportRunning(None, name)


def _own_name() -> str:
    room = _LONGEST_NAME - len("process 1234567 on  2026-01-01T00:00+0000")
    host = socket.gethostname().encode("ascii", "replace").decode()
    return f"process {os.getpid()} on {host[:room]}"


def _clock(since: datetime | None) -> str:
    if since is None:
        return ""
    local = timezone.localtime(since)
    is_today = local.date() == timezone.localdate()
    return f"since {local:%H:%M}" if is_today else f"since {local:%Y-%m-%d %H:%M}"
