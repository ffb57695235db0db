"""Whether one worker's memory stays flat: `python -m bench.endurance --minutes 5`.

Readers ask for all kinds of pages, more of them than the page store has room for, and for
discussions and old addresses beside them. The analyser of the search is not loaded.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from pathlib import Path
from urllib.parse import quote, urlsplit

from bench import servers
from bench.answers import HOST, ask
from bench.consumption import private_megabytes, resident_megabytes
from bench.data_set import Size, SqliteData, manage
from bench.load import Target, press
from bench.machine import TOP, BenchError
from bench.servers import Addresses
from bench.tables import rate, table
from tests.stack.processes import StackError

_OTHERS = ("/", "/articles/", "/feed/", "/feed.json", "/archive/", "/sitemap.xml", "/no-such-page/")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.endurance", description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seconds", type=int, default=15, help="between two looks")
    parser.add_argument("--port", type=int, default=18560)
    parser.add_argument("--folder", type=Path, default=TOP / "var/bench")
    options = parser.parse_args()
    folder = options.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        print(_watched(Addresses(options.port), folder, options.minutes * 60, options.seconds))
    except (BenchError, StackError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _watched(addresses: Addresses, folder: Path, seconds: float, pause: int) -> str:
    """Return a row for each look at the worker."""
    url = SqliteData(folder).url_of(Size(1_000, 20))
    manage(url, "collectstatic", "--no-input", "--verbosity", "0")
    port = addresses.other(0)
    # So little that pages come and go all the time.
    environment = servers.site_environment(url, port, PAGE_STORE_MEGABYTES="16")
    server = servers.site("endurance", port, folder, environment, servers.WITHOUT_ANALYSER)
    rows = []
    with servers.running(server):
        target = Target(port, _paths(port), [server.pid], expects_errors=True)
        began, asked = time.monotonic(), 0
        while (passed := time.monotonic() - began) < seconds:
            figures = press(target, pause)
            asked += round(figures.rate * pause)
            row = [f"{passed + pause:.0f}", f"{asked:,}", rate(figures.rate)]
            row += [f"{look(server.pid):.1f}" for look in (resident_megabytes, private_megabytes)]
            rows.append(row)
            print(" | ".join(row), file=sys.stderr, flush=True)
    heads = ["seconds", "requests", "a second", "resident, MB", "its own, MB"]
    return f"One worker of http://{HOST}:{port}, 16 MB of pages:\n\n{table(heads, rows)}"


def _paths(port: int) -> list[str]:
    """Return articles, every tenth with its discussion, and pages of other kinds between them."""
    sitemap = ask(port, "/sitemap-articles.xml").body.decode()
    found = [urlsplit(address).path for address in re.findall(r"<loc>([^<]+)</loc>", sitemap)]
    paths: list[str] = []
    for number, path in enumerate(quote(path, safe="/%") for path in found):
        paths.append(path)
        if number % 10 == 0:
            paths += [f"{path}comments/", _OTHERS[number // 10 % len(_OTHERS)]]
    return paths


if __name__ == "__main__":
    sys.exit(main())
