"""A server that hangs or cannot be reached, and readers who ask an instance meanwhile."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psutil

from tests.faults.drills.promises import Promises
from tests.stack.clients import Client

# A status, 0 for none, and after how many seconds it came.
Answer = tuple[int, float]


class Readers:
    """At an instance, some ask for a stored page, others for ever new ones that nobody has."""

    def __init__(self, client: Client, stored_path: str) -> None:
        self.stored: list[Answer] = []
        self.others: list[Answer] = []
        self._client = client
        self._stored_path = stored_path
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
            self.stored.append(asked(self._client, self._stored_path))

    def _read_others(self) -> None:
        while not self._is_over.wait(0.5):
            self.others.append(asked(self._client, new_page()))


def new_page() -> str:
    return f"/articles/?drill={time.monotonic_ns()}"


def asked(client: Client, path: str) -> Answer:
    start, status = time.monotonic(), 0
    with suppress(OSError):
        status = client.get(path).status
    return status, time.monotonic() - start


def judge(promises: Promises, whose: str, seen: list[Answer], wanted: int, within: float) -> None:
    statuses = {status for status, _ in seen}
    slowest = max((took for _, took in seen), default=0)
    promises.judge(
        f"{whose}: {wanted} within {within} s",
        statuses == {wanted} and slowest < within,
        f"{len(seen)} answers, {statuses}, slowest {slowest:.1f} s",
    )


@contextmanager
def stopped(pid: int) -> Iterator[None]:
    """SIGSTOP to every process of a server: its kernel goes on accepting and acknowledging."""
    server = psutil.Process(pid)
    family = [server, *server.children(recursive=True)]
    for process in family:
        process.suspend()
    try:
        yield
    finally:
        for process in family:
            process.resume()


def may_lose_packets() -> bool:
    return os.geteuid() == 0 and shutil.which("nft") is not None


@contextmanager
def lost(port: int) -> Iterator[None]:
    """Every packet to a port is lost, as if somebody had pulled the cable."""
    table = f"pildam_drill_{port}"
    rules = f"""table inet {table} {{ chain input {{
        type filter hook input priority 0;
        tcp dport {port} drop
    }}
    }}
    """
    subprocess.run(["nft", "--file", "-"], input=rules, text=True, check=True)
    try:
        yield
    finally:
        subprocess.run(["nft", "delete", "table", "inet", table], check=True)
