"""What pages cost in a large archive beside a small one: `python -m bench.growth`.

Nothing is stored. One client asks, so that nobody waits for another; rounds go from one archive to
the other. The data sets are made when they are missing, the large one in minutes, unless databases
that are there already are named: `--databases SMALL LARGE`.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from bench import desk, machine, servers
from bench.answers import ask
from bench.data_set import Data, PostgresqlData, Size, SqliteData, StoredData, manage
from bench.load import Target, interleaved, press
from bench.machine import TOP, BenchError
from bench.pages import MISSING
from bench.servers import Addresses
from bench.tables import milliseconds, table
from tests.stack.processes import StackError
from tests.stack.topology import Stack, install_packages

# Of the issue: how many times a large archive's p50 may be a small one's.
_MOST = 1.5


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description=__doc__)
    parser.add_argument("--articles", type=int, nargs=2, default=[1_000, 100_000])
    parser.add_argument(
        "--databases", nargs=2, metavar="URL", help="a small and a large one instead of our own"
    )
    parser.add_argument("--only", default="", help="what the names of the pages hold")
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
        data: Data | StoredData = SqliteData(folder)
        if options.databases:
            data = StoredData(dict(zip(options.articles, options.databases, strict=True)))
        elif options.engine == "postgresql":
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
    data: Data | StoredData,
    articles: list[int],
    addresses: Addresses,
    folder: Path,
    options: argparse.Namespace,
) -> str:
    sites, pages = [], []
    ports = [addresses.other(number) for number in range(len(articles))]
    for count, port in zip(articles, ports, strict=True):
        url = data.url_of(Size(count, 20))
        environment = servers.site_environment(url, port, PAGE_STORE_MEGABYTES="0")
        sites.append(servers.site(f"growth-{count}", port, folder, environment))
        pages.append(_pages(url, options.only))
    manage(url, "collectstatic", "--no-input", "--verbosity", "0")
    with servers.running(*sites):
        pids = [[site.pid, *data.pids] for site in sites]
        rows = []
        for name in pages[0]:
            targets = [
                Target(port, found[name].paths, own, found[name].script, name == MISSING)
                for port, found, own in zip(ports, pages, pids, strict=True)
            ]
            cookies = [found[name].cookie for found in pages]
            rows.append(_row(name, targets, cookies, options))
            print(*rows[-1], sep="  ", file=sys.stderr, flush=True)
    small, large = (f"{count:,}" for count in articles)
    heads = [f"p50, ms, {data.engine}", small, large, "ratio", f"processor, ms, {small}"]
    return table([*heads, f"processor, ms, {large}", f"at most {_MOST}"], rows)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for in turn, and the editor's cookie, "" for anybody."""

    paths: list[str]
    cookie: str = ""

    @property
    def script(self) -> Path | None:
        return desk.SCRIPT if self.cookie else None


def _pages(url: str, wanted: str) -> dict[str, _Asked]:
    asked = "from bench.addresses import as_json; print(as_json())"
    said = manage(url, "shell", "--no-imports", "-c", asked)
    public, at_desk = json.loads(said.splitlines()[-1])
    cookie = desk.cookie_for(url)
    pages = {name: _Asked(paths) for name, paths in public.items()}
    pages |= {name: _Asked(paths, cookie) for name, paths in at_desk.items()}
    return {name: page for name, page in pages.items() if wanted in name}


def _row(
    name: str, targets: list[Target], cookies: list[str], options: argparse.Namespace
) -> list[str]:
    """Measure a page in both archives."""
    works = {}
    for target, cookie in zip(targets, cookies, strict=True):
        for path in target.paths * 3:
            ask(target.port, path, {"Cookie": cookie} if cookie else None)
        pressing = partial(desk.press_as_editor, cookie=cookie)
        if not cookie:
            pressing = partial(press, connections=1)
        works[str(target.port)] = partial(pressing, target, options.seconds)
    rounds = interleaved(works, options.rounds)
    small, large = (rounds.middle(name) for name in works)
    pairs = zip(*rounds.by_name.values(), strict=True)
    ratio = median(one.p50 / other.p50 for other, one in pairs)
    return [
        name,
        milliseconds(small.p50),
        milliseconds(large.p50),
        f"{ratio:.2f}",
        milliseconds(small.processor),
        milliseconds(large.processor),
        "yes" if ratio <= _MOST else "**no**",
    ]


if __name__ == "__main__":
    sys.exit(main())
