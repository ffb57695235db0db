"""`make bench`: everything that docs/benchmarks.md shows, beside what it is compared with.

`python -m bench.run --quick` tries all parts within a minute or two; its figures mean little.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bench import bulk, first_view, machine, posting
from bench.data_set import Data, PostgresqlData, Size, SqliteData, manage
from bench.machine import TOP, BenchError
from bench.reading import Pace, Reading
from bench.servers import Addresses
from tests.stack.processes import StackError
from tests.stack.topology import Stack, install_packages

PARTS = ("reading", "posting", "bulk", "first-view")


def main() -> int:
    options = _options()
    try:
        with _databases(options) as engines:
            for data in engines:
                data.url_of(options.size)
            manage(
                engines[0].url_of(options.size), "collectstatic", "--no-input", "--verbosity", "0"
            )
            if options.prepare:
                return 0
            head = machine.head({data.engine: data.version for data in engines})
            text = f"{head}\n\n" + "\n\n".join(_parts(options, engines))
    except (BenchError, StackError) as error:
        print(error, file=sys.stderr)
        return 1
    result = options.folder / f"{datetime.now(UTC):%Y%m%d-%H%M%S}.md"
    result.write_text(f"{text}\n")
    print(f"{text}\n\nWritten to {result}.")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.run", description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--comments", type=int, default=20, help="under each article")
    parser.add_argument("--posts", type=int, default=2_000, help="imported and indexed")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=2, help="of each load in each round")
    parser.add_argument("--port", type=int, default=18500, help="the first of forty on loopback")
    parser.add_argument("--folder", type=Path, default=TOP / "var/bench", help="where it writes")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, metavar="PART")
    parser.add_argument(
        "--engines", nargs="+", choices=("sqlite", "postgresql"), default=["sqlite", "postgresql"]
    )
    parser.add_argument("--prepare", action="store_true", help="make the data sets and stop")
    parser.add_argument("--quick", action="store_true", help="one round of a second, few posts")
    options = parser.parse_args()
    if options.quick:
        options.rounds, options.seconds, options.posts = 1, 1, 200
    options.folder = options.folder.resolve()
    options.size = Size(options.articles, options.comments)
    return options


@contextmanager
def _databases(options: argparse.Namespace) -> Iterator[list[Data]]:
    """Start what the engines need, and nginx's folders with it."""
    install_packages()
    options.folder.mkdir(parents=True, exist_ok=True)
    stack = Stack(options.folder, Addresses(options.port).stack)
    try:
        stack.prepare()
        engines: list[Data] = []
        if "sqlite" in options.engines:
            engines.append(SqliteData(options.folder))
        if "postgresql" in options.engines:
            with machine.pinned_to(machine.SERVER_CORES):
                stack.start_databases()
            engines.append(PostgresqlData(stack))
        yield engines
    finally:
        stack.stop()


def _parts(options: argparse.Namespace, engines: list[Data]) -> Iterator[str]:
    addresses = Addresses(options.port)
    pace = Pace(options.rounds, options.seconds)
    first = engines[0]
    if "reading" in options.only:
        for data in engines:
            yield f"### Reading, {data.engine}"
            url = data.url_of(options.size)
            is_beside_others = data is first
            yield Reading(data, url, addresses, options.folder, pace, is_beside_others).measure()
    if "posting" in options.only:
        yield "### Posting a comment, 8 clients"
        yield posting.measure(engines, options.size, addresses, options.folder, pace)
    if "bulk" in options.only:
        yield "### Import and search index"
        yield bulk.measure(SqliteData(options.folder), options.posts, options.folder)
    if "first-view" in options.only:
        yield "### First view in a browser, slow 4G"
        yield first_view.measure(first.url_of(options.size), addresses, options.folder)


if __name__ == "__main__":
    sys.exit(main())
