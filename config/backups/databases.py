"""The database as one file, taken while others write, and back.

SQLite by its own backup interface, PostgreSQL by pg_dump and pg_restore.
"""

from __future__ import annotations

import gzip
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.migrations.recorder import MigrationRecorder

from config.backups.errors import BackupError

SQLITE_MEMBER = "database.sqlite3.gz"
POSTGRESQL_MEMBER = "database.dump"

Counts = dict[str, int]


def engine() -> str:
    return connection.vendor


def snapshot(folder: Path) -> tuple[str, Path, Counts]:
    """Write what is committed at this moment; returns the member's name, its file, and row counts."""
    if engine() == "sqlite":
        return _sqlite_snapshot(folder)
    return _postgresql_snapshot(folder)


def applied_migrations() -> list[str]:
    """Return what the database has been migrated to, as "app.name"; nothing for an empty one."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


def holds_content(alias: str = DEFAULT_DB_ALIAS) -> bool:
    """Whether anybody could miss what is in a database; migrating alone writes nothing of that."""
    tables = connections[alias].introspection.table_names()
    with connections[alias].cursor() as cursor:
        return any(
            _first(cursor, f'SELECT EXISTS (SELECT 1 FROM "{table}")')  # noqa: S608
            for table in ("articles_article", "accounts_user", "comments_comment")
            if table in tables
        )


def make_way(kind: str) -> None:
    """Raise BackupError unless a backup of that engine can be restored to the configured database.

    `copy_database` leads from SQLite to PostgreSQL. A file that others have open cannot be
    replaced: they would go on writing to the old one.
    """
    if kind != engine():
        raise BackupError(
            f"The backup is of {kind}, DATABASE_URL names {engine()}. Restore it to {kind}, "
            "then run copy_database."
        )
    if kind == "sqlite":
        connection.close()
        _empty_sqlite_log(_sqlite_path())


def restore(folder: Path) -> None:
    """Put the unpacked database in the place of the one that is configured, as a whole."""
    if engine() == "sqlite":
        _restore_sqlite(folder / SQLITE_MEMBER)
    else:
        _restore_postgresql(folder / POSTGRESQL_MEMBER)


def row_counts() -> Counts:
    """Return how many rows each table of the configured database has."""
    with connection.cursor() as cursor:
        return _counts(cursor, connection.introspection.table_names(cursor))


def take_your_time(alias: str) -> None:
    """Lift the server's limits of time from the transaction that is open, which may take hours."""
    if connections[alias].vendor != "postgresql":
        return
    with connections[alias].cursor() as cursor:
        for limit in ("statement_timeout", "idle_in_transaction_session_timeout", "lock_timeout"):
            cursor.execute(f"SET LOCAL {limit} = 0")


# SQLite


def _sqlite_snapshot(folder: Path) -> tuple[str, Path, Counts]:
    copy = folder / "database.sqlite3"
    with (
        closing(sqlite3.connect(f"file:{_sqlite_path()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        # All pages in one step: with several, each writer in between would start it anew.
        source.backup(target)
        counts = _judged_sqlite(target)
    packed = folder / SQLITE_MEMBER
    with copy.open("rb") as plain, gzip.open(packed, "wb", compresslevel=3) as file:
        shutil.copyfileobj(plain, file, 1 << 20)
    copy.unlink()
    return SQLITE_MEMBER, packed, counts


def _judged_sqlite(database: sqlite3.Connection) -> Counts:
    """Return the row counts of a sound database; raises BackupError for another."""
    found = database.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        raise BackupError(f"The database is damaged: {found}")
    tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return _counts(database.cursor(), [name for (name,) in tables])


def _restore_sqlite(packed: Path) -> None:
    plain = packed.with_suffix("")
    with gzip.open(packed, "rb") as file, plain.open("wb") as target:
        shutil.copyfileobj(file, target, 1 << 20)
    with closing(sqlite3.connect(plain)) as database:
        _judged_sqlite(database)
        # What the pages of a WAL database cannot say for themselves when it is moved.
        database.execute("PRAGMA journal_mode=DELETE")
    connection.close()
    path = _sqlite_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.restored")
    shutil.move(plain, new)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    new.replace(path)


def _empty_sqlite_log(path: Path) -> None:
    """Move what the log holds into the database, which thereby stays whole without it."""
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(path, timeout=1)) as database:
            database.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise
        raise BackupError("The database is in use. Stop the site first.") from error
    except sqlite3.DatabaseError:
        # It is damaged, which may be why another is to take its place.
        return


def _sqlite_path() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


# PostgreSQL


def _postgresql_snapshot(folder: Path) -> tuple[str, Path, Counts]:
    dump = folder / POSTGRESQL_MEMBER
    # The counts come from the very snapshot that is dumped.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            take_your_time(DEFAULT_DB_ALIAS)
            snapshot_id = _first(cursor, "SELECT pg_export_snapshot()")
            counts = _counts(cursor, connection.introspection.table_names(cursor))
            _run(
                "pg_dump",
                "--format=custom",
                "--no-owner",
                "--no-privileges",
                f"--snapshot={snapshot_id}",
                f"--file={dump}",
            )
        finally:
            cursor.execute("ROLLBACK")
    _run("pg_restore", "--list", str(dump), connect=False)
    return POSTGRESQL_MEMBER, dump, counts


def _restore_postgresql(dump: Path) -> None:
    script = dump.with_suffix(".sql")
    _run(
        "pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(dump), connect=False
    )
    connection.close()
    # In one transaction: a restore that fails half-way leaves what was there.
    _run(
        "psql", "--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1",
        "--command=DROP SCHEMA public CASCADE", "--command=CREATE SCHEMA public",
        f"--file={script}",
    )  # fmt: skip
    script.unlink()


def _run(program: str, *arguments: str, connect: bool = True) -> None:
    if shutil.which(program) is None:
        raise BackupError(f"{program} is missing (Debian: apt install postgresql-client).")
    environment = os.environ | (_connection_environment() if connect else {})
    run = subprocess.run(  # noqa: S603
        [program, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if run.returncode:
        reason = " ".join(run.stderr.split())[:500] or "no reason given"
        raise BackupError(reason if program in reason else f"{program}: {reason}")


def _connection_environment() -> dict[str, str]:
    """Return how PostgreSQL's programs reach the database; a password on no command line."""
    told: dict[str, Any] = connection.get_connection_params()
    names = {"dbname": "PGDATABASE", "sslmode": "PGSSLMODE"} | {
        name: f"PG{name.upper()}" for name in ("user", "password", "host", "port")
    }
    return {names[key]: str(told[key]) for key in names if told.get(key)}


# Both


def _counts(cursor: Any, tables: list[str]) -> Counts:
    return {
        table: int(_first(cursor, f'SELECT count(*) FROM "{table}"'))  # noqa: S608
        for table in sorted(tables)
        if _is_content(table)
    }


def _is_content(table: str) -> bool:
    """Leave out what an engine keeps for itself, and the shadow tables of SQLite's index."""
    return not table.startswith(("sqlite_", "articles_search_fts"))


def _first(cursor: Any, sql: str) -> Any:
    execute: Callable[[str], Any] = cursor.execute
    execute(sql)
    return cursor.fetchone()[0]
