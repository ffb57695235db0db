"""Let Redis hang, vanish or answer late while people read, write and sign in: nobody waits for it.

`python -m tests.faults.drills.hang_redis [PORT [HARM …]]` brings the stack of `make stack` up in a
temporary folder. Each thing that anybody does takes two seconds at most, although a request asks
Redis up to a dozen times; only `/readyz` is 503, and says which is away. What was written
meanwhile is there, and Redis is used again by itself. Its packets are lost only where root has
`nft`. Exit status 1 tells of a promise that was not kept.
"""

from __future__ import annotations

import json
import re
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

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
from tests.faults.drills.scale import PATH, comment, demo_account, publish
from tests.faults.drills.scale_storage import set_environment
from tests.stack.clients import Client
from tests.stack.configuration import HOST
from tests.stack.topology import Stack, running_stack

# What is promised, and a second for a machine that does other things as well.
SOON = 1 + 1
# Longer than a cache is left alone (`config.caches`).
BACK = 12
READS_ARE_STORED = 20
COUNT_READS = """
from django.db.models import Sum
from articles.models import Article, DailyReads
article = Article.objects.get(slug='drill')
reads = DailyReads.objects.filter(article=article).aggregate(n=Sum('count'))['n'] or 0
print(article.pk, reads)
"""


class Relay:
    """What stands between the instances and Redis, and holds each answer back for `seconds`."""

    def __init__(self, port: int, target: int) -> None:
        self.seconds = 0.0
        self._target = target
        self._listener = socket.create_server((HOST, port))
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection((HOST, self._target))
                for pair in ((client, server, False), (server, client, True)):
                    threading.Thread(target=self._pass_on, args=pair, daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket, is_answer: bool) -> None:
        with source, target, suppress(OSError):
            while data := source.recv(65536):
                if is_answer and self.seconds:
                    time.sleep(self.seconds)
                target.sendall(data)


@contextmanager
def server_stopped(stack: Stack, relay: Relay) -> Iterator[None]:
    with stopped(stack.processes["redis"].pid):
        yield


@contextmanager
def packets_lost(stack: Stack, relay: Relay) -> Iterator[None]:
    with lost(stack.ports.objects):
        yield


@contextmanager
def late(relay: Relay, seconds: float) -> Iterator[None]:
    relay.seconds = seconds
    try:
        yield
    finally:
        relay.seconds = 0


HARMS: dict[str, tuple[str, Callable[[Stack, Relay], AbstractContextManager[None]]]] = {
    "stopped": ("the server is stopped", server_stopped),
    "lost": ("its packets are lost", packets_lost),
    "late": ("each answer comes a second late", lambda _, relay: late(relay, 1.0)),
    # Within what is waited for, so that no question fails.
    "slow": ("each answer takes 0.3 s", lambda _, relay: late(relay, 0.3)),
}


class Visitor:
    """Does what people do, each thing at an instance and under an address of its own."""

    def __init__(self, stack: Stack, promises: Promises, number: int) -> None:
        self.stack = stack
        self.promises = promises
        self.number = number
        self.text = f"걸린 레디스 곁에서 쓴 댓글 {number}"
        self._address = 0

    def client(self) -> Client:
        self._address += 1
        port = self.stack.ports.instances[0]
        return Client(self.stack.ports, port, f"198.51.{self.number}.{self._address}")

    def judge(self, what: str, seen: object, wanted: object, took: float) -> None:
        kept = seen == wanted and took < SOON
        self.promises.judge(f"{what}: {wanted} within {SOON} s", kept, f"{seen} after {took:.1f} s")

    def timed(self, what: str, do: Callable[[], object], wanted: object, rest: float = 0) -> None:
        """Do it and judge the answer; `rest` is how many seconds of it were waited on purpose."""
        start = time.monotonic()
        seen = do()
        self.judge(what, seen, wanted, time.monotonic() - start - rest)

    def look_after_it(self) -> None:
        client = self.client()
        self.timed("/healthz", lambda: client.get("/healthz").status, 200)

        def ready() -> object:
            answer = client.get("/readyz")
            return answer.status, json.loads(answer.text)["failed"]

        self.timed("/readyz", ready, (503, ["cache"]))

    def write(self) -> None:
        client = self.client()
        self.timed("a comment", lambda: comment(client, self.text), 303, rest=4)
        self.timed("it is shown", lambda: self.text in client.get(PATH).text, True)

    def sign_in(self) -> None:
        words = re.search(r"as (\S+) with the password (\S+)", demo_account(self.stack))
        assert words is not None
        client = self.client()
        fields = {"login": words[1], "password": words[2]}
        self.timed("signing in", lambda: self._try(client, fields), 302)
        self.timed("the desk", lambda: client.get("/admin/").status, 200)

    def guess(self) -> None:
        client = self.client()
        fields = {"login": f"nobody-{self.number}@pildam.example", "password": "wrong"}
        for _ in range(5):
            self._try(client, fields)
        self.timed("the sixth wrong password", lambda: self._try(client, fields), 429)

    def report_a_read(self, article: int) -> None:
        client = self.client()

        def report() -> int:
            return client.request("POST", f"/reads/{article}/").status

        self.timed("a read", report, 204)
        self.timed("the same read again", report, 204)

    def subscribe(self) -> None:
        """Ask for the newsletter, and see its first letter leave."""
        letters = self.stack.folder / "mail"
        before = len(list(letters.iterdir()))
        fields = {"email": f"drill-{self.number}@pildam.example", "agrees": "on"}
        fields |= {"targets": "site", "frequency": "each"}
        client = self.client()
        self.timed(
            "subscribing",
            lambda: client.submit("/newsletter/", fields, marked_by="email").status,
            303,
        )
        left = waited_for(lambda: len(list(letters.iterdir())) > before, 30)
        self.promises.judge("its letter leaves", left, "")

    @staticmethod
    def _try(client: Client, fields: dict[str, str]) -> int:
        return client.submit("/accounts/login/", fields, marked_by="login").status


def reads_of(stack: Stack) -> tuple[int, int]:
    """Return the article's key, and how many reads of it are stored."""
    key, count = stack.manage("shell", "--no-imports", "--command", COUNT_READS).split()[-2:]
    return int(key), int(count)


def hold(stack: Stack, promises: Promises, relay: Relay, harm: str, number: int) -> None:
    """Let it last while all that people do is done, and see what they get, and what is left."""
    name, cause = HARMS[harm]
    promises.begin(name)
    visitor = Visitor(stack, promises, number)
    reader = Client(stack.ports, stack.ports.instances[0])
    article, before = reads_of(stack)
    shown = [asked(reader, path)[0] for path in (PATH, PATH, new_page())]
    promises.judge("before, pages are shown", shown == [200, 200, 200], str(shown))
    with cause(stack, relay):
        with Readers(reader, PATH) as readers:
            time.sleep(15)
        judge(promises, "the stored page", readers.stored, 200, SOON)
        judge(promises, "others", readers.others, 200, SOON)
        if harm != "slow":
            visitor.look_after_it()
        visitor.write()
        visitor.sign_in()
        visitor.guess()
        visitor.report_a_read(article)
        visitor.subscribe()
    start = time.monotonic()
    back = waited_for(lambda: asked(reader, "/readyz")[0] == 200, BACK)
    promises.judge("/readyz is 200 again", back, f"after {time.monotonic() - start:.1f} s")
    promises.judge("the comment is there", visitor.text in reader.get(PATH).text, "")
    # Whoever read it at that time was counted once.
    counted = waited_for(lambda: reads_of(stack)[1] == before + 1, READS_ARE_STORED)
    promises.judge("the read was counted once", counted, f"{reads_of(stack)[1] - before}")


def main(base: int, chosen: list[str]) -> int:
    """Do the harms of these names, or all."""
    promises = Promises()
    with TemporaryDirectory(prefix="pildam-hang-") as folder:
        # PostgreSQL has an account of its own, which must be able to look.
        Path(folder).chmod(0o755)
        with running_stack(Path(folder), base) as stack:
            relay = Relay(stack.ports.objects, stack.ports.redis)
            set_environment(stack, CACHE_URL=f"redis://{HOST}:{stack.ports.objects}/0")
            publish(stack, "걸린 레디스")
            # What its worker still finds to do would let pages be made anew.
            stack.manage("make_renditions")
            for number, harm in enumerate(chosen or HARMS):
                if harm == "lost" and not may_lose_packets():
                    print("SKIPPED: losing packets takes root and nft (Debian: nftables)")
                else:
                    hold(stack, promises, relay, harm, number)
            relay.close()
    return promises.broken


if __name__ == "__main__":
    port, *chosen = sys.argv[1:] or ["18480"]
    sys.exit(min(1, main(int(port), chosen)))
