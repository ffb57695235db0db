"""Let PostgreSQL hang, vanish or wait for a forgotten lock while readers ask: nobody waits for it.

`python -m tests.faults.drills.hang_postgresql [PORT [HARM …]]` brings the stack of `make stack` up in a
temporary folder. Pages that an instance has stored stay quick, whatever else is asked of it; others
are 503 within five seconds, and all are there again soon after the server is. Its packets are lost
only where root has `nft`. Exit status 1 tells of a promise that was not kept.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from tests.faults.drills.hanging import (
    Readers,
    asked,
    judge,
    lost,
    may_lose_packets,
    new_page,
    stopped,
)
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


@contextmanager
def server_stopped(stack: Stack) -> Iterator[int]:
    with stopped(stack.processes["postgresql"].pid):
        yield OUTAGE_SECONDS


@contextmanager
def packets_lost(stack: Stack) -> Iterator[int]:
    with lost(stack.ports.postgresql):
        yield OUTAGE_SECONDS


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
    with cause(stack) as seconds, Readers(client, PATH) as readers:
        time.sleep(seconds - 10)
        told, others = list(readers.stored), list(readers.others)
        time.sleep(10)
    judge(promises, "the stored page", told, 200, 1)
    judge(promises, "others", others, 503, SOON)
    start = time.monotonic()
    back = waited_for(lambda: asked(client, new_page())[0] == 200, 60)
    took = time.monotonic() - start
    promises.judge("all are shown again", back and took < 2 * SOON, f"after {took:.1f} s")


HARMS = {
    "stopped": ("the server is stopped", server_stopped),
    "lost": ("its packets are lost", packets_lost),
    "locked": ("a forgotten session holds a lock", locked),
}


def main(base: int, chosen: list[str]) -> int:
    """Do the harms of these names, or all."""
    promises = Promises()
    with TemporaryDirectory(prefix="pildam-hang-") as folder:
        # PostgreSQL has an account of its own, which must be able to look.
        Path(folder).chmod(0o755)
        with running_stack(Path(folder), base) as stack:
            publish(stack, "걸린 데이터베이스")
            # What its worker still finds to do would let pages be made anew.
            stack.manage("make_renditions")
            for harm in chosen or HARMS:
                if harm == "lost" and not may_lose_packets():
                    print("SKIPPED: losing packets takes root and nft (Debian: nftables)")
                else:
                    hold(stack, promises, *HARMS[harm])
    return promises.broken


if __name__ == "__main__":
    port, *chosen = sys.argv[1:] or ["18470"]
    sys.exit(min(1, main(int(port), chosen)))
