"""What pages cost in a large archive beside a small one: `python -m bench.growth`.

Nothing is stored. One client asks, so that nobody waits for another; rounds go from one archive to
the other. The data sets are made when they are missing, the large one in minutes.
"""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path

from bench import machine, servers
from bench.answers import ask
from bench.data_set import Data, PostgresqlData, Size, SqliteData, manage
from bench.load import Target, interleaved, press
from bench.machine import TOP, BenchError
from bench.pages import Page, pages_of
from bench.servers import Addresses
from bench.tables import milliseconds, table
from tests.stack.processes import StackError
from tests.stack.topology import Stack, install_packages

# Of the issue: how many times a large archive's p50 may be a small one's.
_MOST = 1.5


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description=__doc__)
    parser.add_argument("--articles", type=int, nargs=2, default=[1_000, 100_000])
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=2)
    parser.add_argument("--port", type=int, default=18500)
    parser.add_argument("--folder", type=Path, default=TOP / "var/bench")
    options = parser.parse_args()
    folder, addresses = options.folder.resolve(), Addresses(options.port)
    folder.mkdir(parents=True, exist_ok=True)
    stack = Stack(folder, addresses.stack)
    try:
        data: Data = SqliteData(folder)
        if options.engine == "postgresql":
            install_packages()
            stack.prepare()
            with machine.pinned_to(machine.SERVER_CORES):
                stack.start_databases()
            data = PostgresqlData(stack)
        print(machine.head({data.engine: data.version}))
        print()
        print(_compared(data, options.articles, addresses, folder, options))
    except (BenchError, StackError) as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        stack.stop()
    return 0


def _compared(
    data: Data,
    articles: list[int],
    addresses: Addresses,
    folder: Path,
    options: argparse.Namespace,
) -> str:
    sites, ports = [], [addresses.other(number) for number in range(len(articles))]
    for count, port in zip(articles, ports, strict=True):
        url = data.url_of(Size(count, 20))
        environment = servers.site_environment(url, port, PAGE_STORE_MEGABYTES="0")
        sites.append(servers.site(f"growth-{count}", port, folder, environment))
    manage(url, "collectstatic", "--no-input", "--verbosity", "0")
    with servers.running(*sites):
        found = [pages_of(port) for port in ports]
        rows = [
            _row(both, ports, [[site.pid, *data.pids] for site in sites], options)
            for both in zip(*found, strict=True)
        ]
    small, large = (f"{count:,}" for count in articles)
    heads = [f"p50, ms, {data.engine}", small, large, "ratio", f"processor, ms, {small}"]
    return table([*heads, f"processor, ms, {large}", f"at most {_MOST}"], rows)


def _row(
    both: tuple[Page, ...], ports: list[int], pids: list[list[int]], options: argparse.Namespace
) -> list[str]:
    targets = {
        str(port): Target(port, page.paths, own)
        for port, page, own in zip(ports, both, pids, strict=True)
    }
    for target in targets.values():
        for path in target.paths * 3:
            ask(target.port, path)
    works = {
        name: partial(press, target, options.seconds, connections=1)
        for name, target in targets.items()
    }
    rounds = interleaved(works, options.rounds)
    small, large = (rounds.middle(name) for name in targets)
    ratio = large.p50 / small.p50
    return [
        both[0].name,
        milliseconds(small.p50),
        milliseconds(large.p50),
        f"{ratio:.2f}",
        milliseconds(small.processor),
        milliseconds(large.processor),
        "yes" if ratio <= _MOST else "**no**",
    ]


if __name__ == "__main__":
    sys.exit(main())
