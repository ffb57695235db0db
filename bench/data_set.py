"""The magazines that are measured: made once by `make_load_test_data`, and kept in a folder."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psycopg

from bench.consumption import parent_of
from bench.machine import TOP, BenchError, sqlite_version
from bench.servers import site_environment
from tests.stack.configuration import HOST
from tests.stack.topology import Stack

# Under the newest article, and under the one before.
DISCUSSIONS = (50_000, 2_000)


@dataclass(frozen=True, slots=True)
class Size:
    articles: int
    comments: int

    @property
    def name(self) -> str:
        return f"bench_{self.articles}_{self.comments}"


def manage(database_url: str, *arguments: str) -> str:
    """Run manage.py for a database, and return what it says; raises BenchError."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=TOP,
        env=site_environment(database_url, 80),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BenchError(f"manage.py {arguments[0]} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


@cache
def _fill(database_url: str, size: Size) -> None:
    """Bring a database up to date, and fill it if it is empty: once in a run."""
    manage(database_url, "migrate", "--verbosity", "0")
    asked = "from articles.models import Article; print(Article.objects.count())"
    if manage(database_url, "shell", "--no-imports", "-c", asked).strip() != "0":
        return
    discussions = map(str, DISCUSSIONS[: size.articles])
    counts = ["--articles", str(size.articles), "--comments", str(size.comments)]
    counts += ["--discussion", *discussions]
    print(f"Making {size.articles:,} articles with {size.comments} comments each …", flush=True)
    manage(database_url, "make_load_test_data", *counts, "--search")


class SqliteData:
    engine = "SQLite"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def version(self) -> str:
        return sqlite_version()

    @property
    def pids(self) -> list[int]:
        """Processes of the engine itself."""
        return []

    def url_of(self, size: Size) -> str:
        url = self._url(self._path(size.name))
        _fill(url, size)
        return url

    def copy_of(self, size: Size) -> str:
        """Return the address of a copy that may be written to, made anew."""
        self.url_of(size)
        copy = self._vacant("copy")
        source = self._path(size.name)
        subprocess.run(
            [sys.executable, "-c", _SQLITE_COPY, str(source), str(copy)], check=True, cwd=TOP
        )
        return self._url(copy)

    def empty(self) -> str:
        """Return the address of an empty database with all its tables."""
        path = self._vacant("empty")
        manage(self._url(path), "migrate", "--verbosity", "0")
        return self._url(path)

    def _vacant(self, name: str) -> Path:
        """Return the path of a database that is no longer there."""
        path = self._path(name)
        for ending in ("", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        return path

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.sqlite3"

    def _url(self, path: Path) -> str:
        return f"sqlite:///{path}"


# With what other processes have still in their write-ahead log.
_SQLITE_COPY = (
    "import sqlite3, sys; a, b = map(sqlite3.connect, sys.argv[1:]); a.backup(b); b.close()"
)


class PostgresqlData:
    """In a cluster of its own, as deploy/ sets it up, which `stack` has started."""

    engine = "PostgreSQL"

    def __init__(self, stack: Stack) -> None:
        self._stack = stack

    @property
    def version(self) -> str:
        return self._stack.query("SHOW server_version").split()[0]

    @property
    def pids(self) -> list[int]:
        return [self._stack.processes["postgresql"].pid]

    def url_of(self, size: Size) -> str:
        self._stack.query(
            f"SELECT 'CREATE DATABASE {size.name} OWNER pildam'"  # noqa: S608
            f" WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{size.name}') \\gexec\n"
        )
        _fill(self._url(size.name), size)
        return self._url(size.name)

    def copy_of(self, size: Size) -> str:
        """Return the address of a copy that may be written to, made anew."""
        self.url_of(size)
        self._stack.query("DROP DATABASE IF EXISTS copy WITH (FORCE)")
        self._stack.query(f"CREATE DATABASE copy OWNER pildam TEMPLATE {size.name}")
        return self._url("copy")

    def _url(self, database: str) -> str:
        password = self._stack.secrets()["database"]
        port = self._stack.ports.postgresql
        return f"postgres://pildam:{password}@{HOST}:{port}/{database}"


class StoredData:
    """Databases that somebody else has made, of one engine, by how many articles they hold."""

    def __init__(self, urls: dict[int, str]) -> None:
        self._urls = urls
        self._server, self.version = 0, sqlite_version()
        self.engine = "SQLite"
        if not next(iter(urls.values())).startswith("sqlite:"):
            self.engine = "PostgreSQL"
            self._server, self.version = _server_of(next(iter(urls.values())))

    @property
    def pids(self) -> list[int]:
        """The server, if it is one and runs on this machine."""
        return [self._server] if self._server else []

    def url_of(self, size: Size) -> str:
        return self._urls[size.articles]


def _server_of(url: str) -> tuple[int, str]:
    """Return the process of a PostgreSQL server on this machine, and its version."""
    with psycopg.connect(url) as session:
        version = str(session.execute("SHOW server_version").fetchone()[0]).split()[0]  # type: ignore[index]
        return parent_of(session.info.backend_pid), version


Data = SqliteData | PostgresqlData


def emptied(folder: Path) -> Path:
    """Return the folder with nothing in it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
