"""What pages cost in a large archive beside a small one: `python -m bench.growth`.

Nothing is stored. One client asks, so that nobody waits for another; rounds go from one archive to
the other. The data sets are made when they are missing, the large one in minutes.
"""

from __future__ import annotations

import argparse
import re
import sys
from functools import partial
from pathlib import Path
from urllib.parse import quote

from bench import desk, machine, servers
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
    sites, cookies = [], []
    ports = [addresses.other(number) for number in range(len(articles))]
    for count, port in zip(articles, ports, strict=True):
        url = data.url_of(Size(count, 20))
        environment = servers.site_environment(url, port, PAGE_STORE_MEGABYTES="0")
        sites.append(servers.site(f"growth-{count}", port, folder, environment))
        cookies.append(desk.cookie_for(url))
    manage(url, "collectstatic", "--no-input", "--verbosity", "0")
    with servers.running(*sites):
        found = [[*pages_of(port), *_more_pages(port)] for port in ports]
        pids = [[site.pid, *data.pids] for site in sites]
        rows = [
            _row(both, _targets(both, ports, pids), options) for both in zip(*found, strict=True)
        ]
        for page in desk.PAGES:
            both = (page, page)
            rows.append(_row(both, _targets(both, ports, pids, desk.SCRIPT), options, cookies))
    small, large = (f"{count:,}" for count in articles)
    heads = [f"p50, ms, {data.engine}", small, large, "ratio", f"processor, ms, {small}"]
    return table([*heads, f"processor, ms, {large}", f"at most {_MOST}"], rows)


def _more_pages(port: int) -> list[Page]:
    """Find the pages that `pages_of` leaves out, whose length is the same in both archives."""
    sitemap = ask(port, "/sitemap.xml").body.decode()
    part = re.search(r"<loc>[^<]*(/sitemap-articles\.xml[^<]*)</loc>", sitemap)
    category = re.search(r'href="(/categories/[^"/]+/)"', ask(port, "/").body.decode())
    if part is None or category is None:
        raise BenchError("The site has no category, or no sitemap of its articles.")
    return [
        Page("category", [quote(category[1], safe="/%")], is_stored=True),
        Page("archive", ["/archive/"], is_stored=True),
        Page("sitemap, index", ["/sitemap.xml"], is_stored=True),
        Page("sitemap, a part", [part[1]], is_stored=True),
    ]


def _targets(
    both: tuple[Page, ...], ports: list[int], pids: list[list[int]], script: Path | None = None
) -> list[Target]:
    return [
        Target(port, page.paths, own, script=script)
        for port, page, own in zip(ports, both, pids, strict=True)
    ]


def _row(
    both: tuple[Page, ...],
    targets: list[Target],
    options: argparse.Namespace,
    cookies: list[str] | None = None,
) -> list[str]:
    """Measure a page in both archives, by an editor with these cookies or by anybody."""
    works = {}
    for place, target in enumerate(targets):
        cookie = cookies[place] if cookies else ""
        for path in target.paths * 3:
            ask(target.port, path, {"Cookie": cookie} if cookie else None)
        pressing = partial(desk.press_as_editor, cookie=cookie)
        if not cookie:
            pressing = partial(press, connections=1)
        works[str(target.port)] = partial(pressing, target, options.seconds)
    rounds = interleaved(works, options.rounds)
    small, large = (rounds.middle(name) for name in works)
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
