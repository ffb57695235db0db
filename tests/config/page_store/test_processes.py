"""A second process of the site, and what it shows of what is changed in this one."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from django.conf import settings
from django.db import connection

from articles.models import Article, FrontPage, SiteSettings
from comments.counting import recount
from tests.builders import make_article
from tests.comments.builders import make_comment


class OtherProcess:
    """gunicorn with its page store, on the tests' database."""

    def __init__(self, folder: Path) -> None:
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            self._origin = f"http://127.0.0.1:{free.getsockname()[1]}"
        name = str(connection.settings_dict["NAME"])
        url = f"sqlite:///{name}"
        if connection.vendor != "sqlite":
            url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
        # The search's model, which the site's own configuration loads, is not asked for.
        configuration = folder / "gunicorn.conf.py"
        configuration.write_text("threads = 4\n")
        self._server = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "config.wsgi", "--config", str(configuration)),
                *("--bind", urlsplit(self._origin).netloc, "--log-level", "error"),
            ],
            cwd=settings.BASE_DIR,
            env=os.environ
            | {
                "DATABASE_URL": url,
                "SITE_URL": self._origin,
                "ALLOWED_HOSTS": "127.0.0.1",
                # Static files need not be collected then.
                "DEBUG": "true",
                "PAGE_STORE_MEGABYTES": "8",
            },
        )

    def get(self, path: str = "/") -> tuple[str, str]:
        """Return the text of a page, and what the store says of it."""
        answer = requests.get(self._origin + path, timeout=60)
        assert answer.status_code == 200
        return answer.text, answer.headers["X-Cache"]

    def begin(self) -> None:
        for _ in range(300):
            try:
                requests.get(f"{self._origin}/healthz", timeout=60)
            except requests.ConnectionError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError("The other process does not answer.")

    def end(self) -> None:
        self._server.terminate()
        self._server.wait()


@pytest.fixture
def other(transactional_db: None, tmp_path: Path) -> Iterator[OtherProcess]:
    process = OtherProcess(tmp_path)
    try:
        process.begin()
        yield process
    finally:
        process.end()


@pytest.mark.promise("K5")
def test_the_next_reader_of_another_process_sees_a_change(other: OtherProcess) -> None:
    for number in range(10):
        article = make_article(f"글 {number}")
        assert shown(other, "/", article.title)
    assert kept(other, "/")
    assert shown(other, article.path, "댓글 <span data-comment-count>0</span>")
    recount(article.pk, [make_comment(article, body="잘 읽었습니다.")])
    assert shown(other, article.path, "잘 읽었습니다.")
    assert kept(other, article.path)
    assert other.get("/reading-list/")[1] == "miss"
    article.withdraw()
    assert gone(other, "/", article.title)
    SiteSettings(name="새 이름").save()
    assert shown(other, "/", "새 이름")
    assert kept(other, "/")
    # What nobody sees keeps the page.
    FrontPage.objects.filter(pk=0).update(edition=1)
    Article.objects.filter(pk=0).delete()
    assert other.get()[1] == "hit"


def shown(process: OtherProcess, path: str, text: str) -> bool:
    return soon(lambda: text in process.get(path)[0])


def gone(process: OtherProcess, path: str, text: str) -> bool:
    return soon(lambda: text not in process.get(path)[0])


def kept(process: OtherProcess, path: str) -> bool:
    return soon(lambda: process.get(path)[1] == "hit")


def soon(is_so: Callable[[], bool]) -> bool:
    """Ask once on SQLite. PostgreSQL tells its listeners in its own time, of milliseconds."""
    attempts = 1 if connection.vendor == "sqlite" else 100
    return any(is_so() or time.sleep(0.02) for _ in range(attempts))
