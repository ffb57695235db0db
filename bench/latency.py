"""How long after its commit a change is with the readers of every process.

`python -m bench.latency` changes an article again and again, while a reader of each of several
instances asks for it without pause. Counted is the time from the commit until the last request
that still got the old page was answered, and until the new page was there.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import pairwise
from pathlib import Path
from statistics import median

from bench import servers
from bench.answers import HOST
from bench.data_set import Data, PostgresqlData, Size, SqliteData, manage
from bench.machine import TOP, BenchError
from bench.servers import Addresses
from bench.tables import table
from tests.stack.processes import StackError
from tests.stack.topology import Stack, install_packages

INSTANCES = 3


@dataclass
class Reader:
    """Asks one instance for a page without pause; notes when each title was seen first."""

    port: int
    path: str
    seen: dict[str, int] = field(default_factory=dict)
    # When the last request was sent whose answer still had the title.
    last_asked: dict[str, int] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    is_over: bool = False

    def read(self) -> None:
        connection = HTTPConnection(HOST, self.port, timeout=60)
        while not self.is_over:
            asked = time.monotonic_ns()
            connection.request("GET", self.path)
            page = connection.getresponse().read().decode()
            answered = time.monotonic_ns()
            for title in self.titles[-2:]:
                if f"<title>{title}" in page:
                    self.seen.setdefault(title, answered)
                    self.last_asked[title] = asked
        connection.close()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.latency", description=__doc__)
    both = ("sqlite", "postgresql")
    parser.add_argument("--engines", nargs="+", choices=both, default=both)
    parser.add_argument("--changes", type=int, default=50)
    parser.add_argument("--port", type=int, default=18500)
    parser.add_argument("--folder", type=Path, default=TOP / "var/bench")
    options = parser.parse_args()
    folder, addresses = options.folder.resolve(), Addresses(options.port)
    install_packages()
    stack = Stack(folder, addresses.stack)
    try:
        engines: list[Data] = [SqliteData(folder)] if "sqlite" in options.engines else []
        if "postgresql" in options.engines:
            stack.prepare()
            stack.start_databases()
            engines.append(PostgresqlData(stack))
        rows = [row for data in engines for row in _rows(data, addresses, folder, options.changes)]
    except (BenchError, StackError) as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        stack.stop()
    heads = ["from commit to reader", "new page, p50 ms", "at most, ms"]
    print(table([*heads, "old page asked for after the commit, at most, ms"], rows))
    return 0


def _rows(data: Data, addresses: Addresses, folder: Path, changes: int) -> list[list[str]]:
    url = data.copy_of(Size(1_000, 20))
    manage(url, "collectstatic", "--no-input", "--verbosity", "0")
    ports = [addresses.other(number) for number in range(INSTANCES)]
    environment = servers.site_environment(url, ports[0])
    sites = [
        servers.site(f"latency-{port}", port, folder, environment, servers.WITHOUT_ANALYSER)
        for port in ports
    ]
    command = [sys.executable, "-m", "bench.publisher"]
    pipe = subprocess.PIPE
    with (
        servers.running(*sites),
        subprocess.Popen(
            command, cwd=TOP, env=environment, stdin=pipe, stdout=pipe, text=True
        ) as publisher,
    ):
        assert publisher.stdin is not None
        assert publisher.stdout is not None
        path = publisher.stdout.readline().strip()
        readers = [Reader(port, path) for port in ports]
        threads = [threading.Thread(target=reader.read) for reader in readers]
        for thread in threads:
            thread.start()
        committed: dict[str, int] = {}
        for number in range(changes):
            title = f"{number}번째로 고친 제목"
            for reader in readers:
                reader.titles.append(title)
            publisher.stdin.write(f"{title}\n")
            publisher.stdin.flush()
            committed[title] = int(publisher.stdout.readline())
            _wait_for(title, readers)
        for reader in readers:
            reader.is_over = True
        for thread in threads:
            thread.join()
        publisher.stdin.close()
    return [_row(data.engine, reader, committed) for reader in readers]


def _wait_for(title: str, readers: list[Reader]) -> None:
    deadline = time.monotonic() + 30
    while not all(title in reader.seen for reader in readers):
        if time.monotonic() > deadline:
            raise BenchError("A change did not reach every instance within 30 seconds.")
        time.sleep(0.01)
    # So that each reader has the new page stored before the next change.
    time.sleep(0.05)


def _row(engine: str, reader: Reader, committed: dict[str, int]) -> list[str]:
    titles = list(committed)
    new = [max(0, reader.seen[title] - committed[title]) / 1e6 for title in titles]
    old = [
        max(0, reader.last_asked[before] - committed[title]) / 1e6
        for before, title in pairwise(titles)
    ]
    name = f"{engine}, instance {reader.port}"
    return [name, f"{median(new):.1f}", f"{max(new):.1f}", f"{max(old, default=0):.1f}"]


if __name__ == "__main__":
    sys.exit(main())
