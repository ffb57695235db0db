"""Ask both databases how they find what every page asks for among a hundred thousand articles.

`python -m tests.faults.drills.explain_pages [URL …]` explains, and on PostgreSQL executes, every
statement of all pages of readers and the desk, the first time and when counts are kept. It uses the
archives of `bench.growth`, which takes half an hour to make them, or databases that are named. Exit
status 1 tells of a large table that is read from beginning to end. `--write` notes SQLite's statistics for
the suite's test of the same.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bench.data_set import PostgresqlData, Size, SqliteData
from bench.machine import TOP
from bench.servers import Addresses, site_environment
from tests.faults.drills.promises import Promises
from tests.stack.topology import Stack, install_packages

SIZE = Size(100_000, 20)
# Of a statement that every reader asks: as many as a list walks through to find its twenty.
MOST_ROWS = 30_000
# A word is looked for in the first 20,000 comments of a queue, for the list and for its length.
_MORE_ROWS = {"desk, queue by words": 100_000}


def explain(write: bool) -> int:
    """Judge the configured database; returns how many pages are wrong."""
    import django

    django.setup()

    from django.db import connection, transaction
    from django.test import Client

    from accounts.models import User
    from bench import addresses
    from tests.articles.large_archive import (
        COUNTED_SELDOM,
        STATISTICS,
        TABLES,
        written_down,
    )
    from tests.explained import questions, read_through, rows_looked_at

    promises = Promises()
    promises.begin(connection.vendor)
    with transaction.atomic():
        host = os.environ["ALLOWED_HOSTS"]
        reader, editor = Client(SERVER_NAME=host), Client(SERVER_NAME=host)
        editor.force_login(
            User.objects.create_superuser(email="drill@pildam.invalid", password=None)
        )
        for client, pages in ((reader, addresses.public()), (editor, addresses.desk())):
            for name, paths in pages.items():
                with questions() as first:
                    client.get(paths[0])
                with questions() as again:
                    client.get(paths[0])
                asked = [
                    each for each in first if not any(meant in each.sql for meant in COUNTED_SELDOM)
                ]
                through = {table for each in asked for table in read_through(each, TABLES)}
                most = max(map(rows_looked_at, again), default=0)
                promises.judge(
                    name,
                    not through and most <= _MORE_ROWS.get(name, MOST_ROWS),
                    f"{len(first)} statements, {most:,} rows {' '.join(sorted(through))}",
                )
        transaction.set_rollback(True)
    if write and connection.vendor == "sqlite":
        STATISTICS.write_text(written_down())
    return promises.broken


@contextmanager
def archives(urls: list[str]) -> Iterator[list[str]]:
    """Yield the addresses of databases with so many articles, made where none is named."""
    if urls:
        yield urls
        return
    install_packages()
    folder = TOP / "var/bench"
    folder.mkdir(parents=True, exist_ok=True)
    stack = Stack(folder, Addresses(18500).stack)
    try:
        stack.prepare()
        stack.start_databases()
        yield [SqliteData(folder).url_of(SIZE), PostgresqlData(stack).url_of(SIZE)]
    finally:
        stack.stop()


def main(arguments: list[str]) -> int:
    options = [argument for argument in arguments if argument.startswith("--")]
    if "--explain" in options:
        return min(1, explain("--write" in options))
    broken = 0
    with archives([argument for argument in arguments if argument not in options]) as urls:
        for url in urls:
            command = [sys.executable, "-m", __spec__.name, "--explain", *options]
            broken += subprocess.run(
                command, cwd=TOP, env=site_environment(url, 80), check=False
            ).returncode
    return min(1, broken)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
