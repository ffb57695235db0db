"""Let PostgreSQL hang, vanish or wait for a forgotten lock while readers ask: nobody waits for it.

`python -m tests.faults.drills.hang_postgresql [PORT [HARM …]]` brings the stack of `make stack` up in a
temporary folder. Pages that an instance has stored stay quick, whatever else is asked of it; others
are 503 within five seconds, and all are there again soon after the server is. Its packets are lost
only where root has `nft`. Exit status 1 tells of a promise that was not kept.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import psycopg

from tests.faults.drills.promises import Promises, waited_for
from tests.faults.drills.scale import PATH, publish
from tests.stack.clients import Client
from tests.stack.configuration import HOST
from tests.stack.topology import Stack, running_stack

# What is promised, and a second for a machine that does other things as well.
SOON = 5 + 1
# Longer than the pools and the kernel try by themselves.
OUTAGE_SECONDS = 40
# deploy/postgresql ends a transaction in which nothing happens after a minute.
FORGOTTEN_SECONDS = 62

Answer = tuple[int, float]


class Readers:
    """At an instance, some ask for a stored page, others for ever new ones that nobody has."""

    def __init__(self, client: Client) -> None:
        self.stored: list[Answer] = []
        self.others: list[Answer] = []
        self._client = client
        self._is_over = threading.Event()
        self._threads = [threading.Thread(target=self._read_stored) for _ in range(2)]
        self._threads += [threading.Thread(target=self._read_others) for _ in range(6)]

    def __enter__(self) -> Readers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        for thread in self._threads:
            thread.join()

    def _read_stored(self) -> None:
        while not self._is_over.wait(0.2):
            self.stored.append(asked(self._client, PATH))

    def _read_others(self) -> None:
        while not self._is_over.wait(0.5):
            self.others.append(asked(self._client, new_page()))


def new_page() -> str:
    return f"/articles/?drill={time.monotonic_ns()}"


def asked(client: Client, path: str) -> Answer:
    """Return the status, 0 for none, and after how many seconds it came."""
    start, status = time.monotonic(), 0
    with suppress(OSError):
        status = client.get(path).status
    return status, time.monotonic() - start


@contextmanager
def stopped(stack: Stack) -> Iterator[int]:
    """SIGSTOP to every process of the server: its kernel goes on accepting and acknowledging."""
    server = psutil.Process(stack.processes["postgresql"].pid)
    family = [server, *server.children(recursive=True)]
    for process in family:
        process.suspend()
    try:
        yield OUTAGE_SECONDS
    finally:
        for process in family:
            process.resume()


@contextmanager
def lost(stack: Stack) -> Iterator[int]:
    """Every packet to the server is lost, as if somebody had pulled the cable."""
    table = f"pildam_drill_{stack.ports.postgresql}"
    rules = f"""table inet {table} {{ chain input {{
        type filter hook input priority 0;
        tcp dport {stack.ports.postgresql} drop
    }}
    }}
    """
    subprocess.run(["nft", "--file", "-"], input=rules, text=True, check=True)
    try:
        yield OUTAGE_SECONDS
    finally:
        subprocess.run(["nft", "delete", "table", "inet", table], check=True)


@contextmanager
def locked(stack: Stack) -> Iterator[int]:
    """Somebody has opened psql, locked the articles, and gone to lunch."""
    password = stack.secrets()["root"]
    session = psycopg.connect(
        host=HOST,
        port=stack.ports.postgresql,
        user="postgres",
        password=password,
        dbname="pildam",
    )
    try:
        session.execute("LOCK TABLE articles_article IN ACCESS EXCLUSIVE MODE")
        yield FORGOTTEN_SECONDS
        # It is still there: the server has to end it.
    finally:
        session.close()


def hold(
    stack: Stack,
    promises: Promises,
    name: str,
    cause: Callable[[Stack], AbstractContextManager[int]],
) -> None:
    """Let it last, with readers, and see what they get, and what they get afterwards."""
    promises.begin(name)
    client = Client(stack.ports, stack.ports.instances[0])
    before = [asked(client, path)[0] for path in (PATH, PATH, new_page())]
    promises.judge("before, pages are shown", before == [200, 200, 200], str(before))
    with cause(stack) as seconds, Readers(client) as readers:
        time.sleep(seconds - 10)
        told, others = list(readers.stored), list(readers.others)
        time.sleep(10)
    judge(promises, "the stored page", told, 200, 1)
    judge(promises, "others", others, 503, SOON)
    start = time.monotonic()
    back = waited_for(lambda: asked(client, new_page())[0] == 200, 60)
    took = time.monotonic() - start
    promises.judge("all are shown again", back and took < 2 * SOON, f"after {took:.1f} s")


def judge(promises: Promises, whose: str, seen: list[Answer], wanted: int, within: float) -> None:
    statuses = {status for status, _ in seen}
    slowest = max((took for _, took in seen), default=0)
    promises.judge(
        f"{whose}: {wanted} within {within} s",
        statuses == {wanted} and slowest < within,
        f"{len(seen)} answers, {statuses}, slowest {slowest:.1f} s",
    )


HARMS = {
    "stopped": ("the server is stopped", stopped),
    "lost": ("its packets are lost", lost),
    "locked": ("a forgotten session holds a lock", locked),
}


def main(base: int, chosen: list[str]) -> int:
    """Do the harms of these names, or all."""
    promises = Promises()
    may_lose = os.geteuid() == 0 and shutil.which("nft")
    with TemporaryDirectory(prefix="pildam-hang-") as folder:
        # PostgreSQL has an account of its own, which must be able to look.
        Path(folder).chmod(0o755)
        with running_stack(Path(folder), base) as stack:
            publish(stack, "걸린 데이터베이스")
            # What its worker still finds to do would let pages be made anew.
            stack.manage("make_renditions")
            for harm in chosen or HARMS:
                if harm == "lost" and not may_lose:
                    print("SKIPPED: losing packets takes root and nft (Debian: nftables)")
                else:
                    hold(stack, promises, *HARMS[harm])
    return promises.broken


if __name__ == "__main__":
    port, *chosen = sys.argv[1:] or ["18470"]
    sys.exit(min(1, main(int(port), chosen)))
