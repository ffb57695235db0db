"""Put the clock a day forward and back, again and again, while a server and its workers go on.

`python -m tests.faults.drills.move_clock`, on SQLite in a temporary folder: comments are written and
pages read all the while. Exit status 1 tells of a 5xx, of a worker that has ended, of a comment that is
lost, or of what shows too early or is missing once the clock is right.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import requests

from tests.faults.drills.migrate_under_load import SHOW
from tests.faults.drills.promises import Promises, waited_for
from tests.faults.drills.writers import PATIENCE, Server, Writers

DAY = 86_400
JUMPS = (DAY, 0, -DAY, 0, DAY, -DAY, 0)
SECONDS_EACH = 5
SITE = """
from datetime import timedelta
from django.utils import timezone
from tests.builders import make_article
from tests.comments.mail.builders import make_follow, make_recipient
now = timezone.now()
article = make_article("먹을 가는 시간")
make_follow(article, make_recipient())
print(article.get_absolute_url())
print(make_article("내일의 글", published_at=now + timedelta(hours=6)).get_absolute_url())
print(make_article("어제까지의 글", published_at=now - timedelta(hours=6)).get_absolute_url())
"""
WORKERS = (
    ("send_mail_queue", "--watch", "1"),
    ("send_newsletter", "--watch", "1"),
    ("make_renditions", "--watch", "1"),
    ("rebuild_search", "--stale", "--watch", "1"),
)
WAITING = (
    "from comments.models import OutgoingMail as M; print(M.objects.exclude(sent_at=None).count())"
)


class Clock:
    """What the site takes for the time."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "clock"
        self.move(0)

    def move(self, seconds: int) -> None:
        new = self.path.with_name("clock-new")
        new.write_text(str(seconds))
        new.replace(self.path)

    def command(self, *program: str) -> list[str]:
        return [sys.executable, "-m", "tests.faults.moved_clock", str(self.path), *program]


def main(top: Path) -> int:
    promises, clock = Promises(), Clock(top)
    server = Server(top, f"sqlite:///{top / 'site.sqlite3'}")
    server.environment["EMAIL_URL"] = f"filemail:///{top / 'mail'}"
    server.gunicorn = clock.command("-m", "gunicorn")
    server.manage("migrate", "--verbosity", "0")
    paths = server.python(SITE).split()
    commands = [clock.command("manage.py", *worker) for worker in WORKERS]
    with server.running():
        workers = [
            subprocess.Popen(command, env=server.environment, stdout=subprocess.DEVNULL)
            for command in commands
        ]
        try:
            go_on(server, clock, paths, promises)
            ended = [worker.args for worker in workers if worker.poll() is not None]
            promises.judge("workers have gone on", not ended, str(ended or ""))
        finally:
            for worker in workers:
                worker.terminate()
                worker.wait()
    return promises.broken


def go_on(server: Server, clock: Clock, paths: list[str], promises: Promises) -> None:
    past = paths[0]
    promises.judge("before, all is well", statuses(server, paths) == [200, 404, 200], "")
    with Writers(server, past) as writers:
        for seconds in JUMPS:
            clock.move(seconds)
            time.sleep(SECONDS_EACH)
            wanted = {DAY: [200, 200, 200], 0: [200, 404, 200], -DAY: [200, 404, 404]}[seconds]
            found = statuses(server, paths)
            name = f"{seconds // 3600:+} hours: what is to be seen then is"
            promises.judge(name, found == wanted, str(found))
    promises.judge("no 5xx", not writers.failures, f"{len(writers.seconds)} answers")
    for failure in writers.failures[:3]:
        print(f"    {failure}")
    lost = writers.acknowledged - set(server.python(SHOW).splitlines())
    told = f"{len(writers.acknowledged)} acknowledged"
    promises.judge("every acknowledged comment is there", bool(told) and not lost, told)
    sent = waited_for(lambda: int(server.python(WAITING)) > 0, 60)
    promises.judge("readers are told of comments", sent, "")
    check = server.manage("recount_comments", "--check")
    promises.judge("counts equal rows", "All counts are right." in check, "")


def statuses(server: Server, paths: list[str]) -> list[int]:
    return [requests.get(server.url(path), timeout=PATIENCE).status_code for path in paths]


if __name__ == "__main__":
    with TemporaryDirectory(prefix="pildam-drill-") as folder:
        sys.exit(min(1, main(Path(folder))))
