"""A server that is killed in a burst of comments keeps what it has acknowledged, once."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import requests
from django.conf import settings

PROJECT = Path(__file__).resolve().parents[2]
# Seconds in which a busy machine has answered.
PATIENCE = 60
FORM_FIELD = re.compile(r'name="(csrfmiddlewaretoken|form_token)" value="([^"]+)"')
SET_UP = """
from tests.builders import make_article
article = make_article()
print(article.get_absolute_url())
"""


class Site:
    """A site of its own in a folder: a copy of the tests' database, gunicorn, and commands."""

    def __init__(self, folder: Path) -> None:
        self.database = folder / "site.sqlite3"
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{self.database}",
            "MEDIA_ROOT": str(folder / "media"),
            # Static files need not be collected then.
            "DEBUG": "true",
            "ALLOWED_HOSTS": "127.0.0.1",
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            # Each thread is a reader in a network of its own.
            "TRUSTED_PROXIES": "1",
        }
        migrated = sqlite3.connect(settings.DATABASES["default"]["NAME"])
        with closing(migrated), closing(sqlite3.connect(self.database)) as copy:
            migrated.backup(copy)
        self.path = self.run("shell", "--no-imports", "-c", SET_UP).strip()

    def run(self, *command: str) -> str:
        manage = [sys.executable, "manage.py", *command]
        done = subprocess.run(
            manage, cwd=PROJECT, env=self.environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    def comments(self) -> list[str]:
        with closing(sqlite3.connect(self.database)) as connection:
            return [body for (body,) in connection.execute("SELECT body FROM comments_comment")]

    def serve(self) -> subprocess.Popen[bytes]:
        options = ["--bind", f"127.0.0.1:{self.port}", "--threads", "8", "--log-level", "error"]
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "config.wsgi", *options],
            cwd=PROJECT,
            env=self.environment,
            start_new_session=True,
        )
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                if requests.get(self.url("/healthz"), timeout=PATIENCE).ok:
                    return server
            except requests.RequestException:
                time.sleep(0.1)
        raise AssertionError("the server does not answer")

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@pytest.fixture
def site(tmp_path: Path, django_db_setup: None) -> Site:
    return Site(tmp_path)


@pytest.fixture
def server(site: Site) -> Iterator[subprocess.Popen[bytes]]:
    server = site.serve()
    yield server
    if server.poll() is None:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def write_until_it_breaks(site: Site, number: int, acknowledged: list[str]) -> None:
    """Post comments one after the other, keeping those that were answered as stored."""
    session = requests.Session()
    session.headers["X-Forwarded-For"] = f"192.0.2.{number}"
    discussion = site.url(f"{site.path}comments/")
    for count in range(10):
        body = f"글 {number}-{count}"
        try:
            fields = dict(FORM_FIELD.findall(session.get(discussion, timeout=PATIENCE).text))
            fields |= {"name": f"독자 {number}", "password": "바람과나무", "body": body}
            answer = session.post(discussion, fields, timeout=PATIENCE, allow_redirects=False)
        except requests.RequestException:
            return
        if answer.status_code == 303:
            acknowledged.append(body)


@pytest.mark.promise("F3")
@pytest.mark.long
def test_acknowledged_comments_survive_a_kill(site: Site, server: subprocess.Popen[bytes]):
    acknowledged: list[str] = []
    writers = [
        threading.Thread(target=write_until_it_breaks, args=(site, number, acknowledged))
        for number in range(8)
    ]
    for writer in writers:
        writer.start()
    while len(acknowledged) < 20 and any(writer.is_alive() for writer in writers):
        time.sleep(0.01)
    os.killpg(server.pid, signal.SIGKILL)
    for writer in writers:
        writer.join()
    server.wait()
    stored = site.comments()
    assert 20 <= len(acknowledged) < 80, "nothing is proven by a kill before or after the burst"
    assert all(stored.count(body) == 1 for body in acknowledged)
    assert "All counts are right." in site.run("recount_comments", "--check")
