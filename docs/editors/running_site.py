"""A site of its own for the guide's pictures: in a temporary folder, gone afterwards."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# On a busy machine the first request waits for the whole of Django.
PATIENCE_IN_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Site:
    """Where it answers, and what all of its accounts sign in with."""

    url: str
    password: str


@contextmanager
def running_site() -> Iterator[Site]:
    """Build a site with a day's work on it, serve it, and take it away again."""
    with tempfile.TemporaryDirectory() as folder:
        port, password = _free_port(), secrets.token_urlsafe(12)
        environment = _environment(Path(folder), password)
        _build(Path(folder), environment)
        command = ["-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}"]
        command += ["--worker-class", "gthread", "--threads", "8", "--log-level", "warning"]
        server = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environment)
        try:
            site = Site(f"http://127.0.0.1:{port}", password)
            _wait_for(site, server)
            yield site
        finally:
            server.terminate()
            server.wait(timeout=PATIENCE_IN_SECONDS)


def _environment(folder: Path, password: str) -> dict[str, str]:
    """Everything that the site reads; DEBUG serves static files without collecting them."""
    return os.environ | {
        "ENV_FILE": "",
        "DEBUG": "true",
        # What pictures show of it; the site is reached by another name.
        "SITE_URL": "http://pildam.example",
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "IMPORT_ROOT": str(folder / "imports"),
        "EMAIL_URL": f"filemail://{folder / 'mail'}",
        "CACHE_URL": "locmemcache://guide",
        "GUIDE_PASSWORD": password,
        "PYTHONPATH": str(HERE),
    }


def _build(folder: Path, environment: dict[str, str]) -> None:
    credentials = str(folder / "account.txt")
    for arguments in (
        ["migrate", "--verbosity", "0"],
        ["prepare_demo", "--credentials", credentials],
        ["shell", "--no-imports", "--command", "import demo_desk; demo_desk.fill()"],
    ):
        command = [sys.executable, "manage.py", *arguments]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _wait_for(site: Site, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE_IN_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            with urlopen(f"{site.url}/healthz", timeout=5):
                return
        except URLError:
            time.sleep(0.2)
    raise RuntimeError("The site for the pictures did not start.")
