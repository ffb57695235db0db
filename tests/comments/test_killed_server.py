"""A server that is killed in a burst of comments keeps what it has acknowledged, once."""

import os
import re
import signal
import socket
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
from django.core.management import call_command
from django.db import connection

from comments.models import Comment
from tests.builders import make_article

# Seconds in which a busy machine has answered.
PATIENCE = 60
FORM_FIELD = re.compile(r'name="(csrfmiddlewaretoken|form_token)" value="([^"]+)"')


class Site:
    """gunicorn on the tests' database, with an article that takes comments."""

    def __init__(self, folder: Path) -> None:
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        # The site's own, but for the search's model, which nobody asks for.
        own = (settings.BASE_DIR / "gunicorn.conf.py").read_text()
        self.configuration = folder / "gunicorn.conf.py"
        self.configuration.write_text(f"{own}\nthreads = 8\ndel on_starting\n")
        self.environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
            "MEDIA_ROOT": str(folder / "media"),
            # Static files need not be collected then.
            "DEBUG": "true",
            "ALLOWED_HOSTS": "127.0.0.1",
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            # Each thread is a reader in a network of its own.
            "TRUSTED_PROXIES": "1",
        }
        self.path = make_article().get_absolute_url()

    def serve(self) -> subprocess.Popen[bytes]:
        options = ["--config", str(self.configuration), "--log-level", "error"]
        options += ["--bind", f"127.0.0.1:{self.port}"]
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "config.wsgi", *options],
            cwd=settings.BASE_DIR,
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
def site(tmp_path: Path, transactional_db: None) -> Site:
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


@pytest.mark.any_engine
@pytest.mark.promise("F3")
@pytest.mark.long
def test_acknowledged_comments_survive_a_kill(
    site: Site, server: subprocess.Popen[bytes], capsys: pytest.CaptureFixture[str]
):
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
    # As a process that comes afterwards finds them.
    connection.close()
    stored = list(Comment.objects.values_list("body", flat=True))
    assert 20 <= len(acknowledged) < 80, "nothing is proven by a kill before or after the burst"
    assert all(stored.count(body) == 1 for body in acknowledged)
    call_command("recount_comments", "--check")
    assert "All counts are right." in capsys.readouterr().out
