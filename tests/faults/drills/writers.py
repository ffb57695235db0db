"""A site in a process of its own, and readers who write comments to it at a steady rate."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType

import requests

from tests.databases import ENVIRONMENT

PER_SECOND = 20
# Seconds in which a busy machine has answered.
PATIENCE = 60
_FIELD = re.compile(r'name="(csrfmiddlewaretoken|form_token)" value="([^"]+)"')


class Server:
    """gunicorn on a database of its own, which can be killed and started again."""

    def __init__(self, folder: Path, database_url: str) -> None:
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.environment = os.environ | ENVIRONMENT | {
            "DATABASE_URL": database_url,
            "MEDIA_ROOT": str(folder / "media"),
            # Static files need not be collected then.
            "DEBUG": "true",
            "ALLOWED_HOSTS": "127.0.0.1",
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            # Each comment comes from a network of its own.
            "TRUSTED_PROXIES": "1",
            "PYTHONPATH": str(Path.cwd()),
        }  # fmt: skip
        self.gunicorn = [sys.executable, "-m", "gunicorn"]
        self._process: subprocess.Popen[bytes] | None = None

    def manage(self, *arguments: str) -> str:
        return self._run("manage.py", *arguments)

    def tries_to_manage(self, *arguments: str, **environment: str) -> bool:
        """Run a command with more variables, say what is wrong with it, and whether it succeeded."""
        command = [sys.executable, "manage.py", *arguments, "--verbosity", "0"]
        run = subprocess.run(
            command,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if run.returncode:
            print(f"    {run.stderr.strip().splitlines()[-1]}")
        return run.returncode == 0

    def python(self, script: str) -> str:
        return self._run("-c", f"import django; django.setup()\n{script}")

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def start(self) -> None:
        options = ["--bind", f"127.0.0.1:{self.port}", "--threads", "8", "--log-level", "error"]
        self._process = subprocess.Popen(
            [*self.gunicorn, "config.wsgi", *options],
            env=self.environment,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                if requests.get(self.url("/healthz"), timeout=PATIENCE).ok:
                    return
            except requests.RequestException:
                time.sleep(0.1)
        raise SystemExit("The server does not answer.")

    def stop(self, number: int = signal.SIGTERM) -> None:
        if self._process is not None:
            os.killpg(self._process.pid, number)
            self._process.wait()
            self._process = None

    @contextmanager
    def running(self) -> Iterator[None]:
        self.start()
        try:
            yield
        finally:
            self.stop()

    def _run(self, *arguments: str) -> str:
        command = [sys.executable, *arguments]
        run = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False
        )
        if run.returncode:
            raise SystemExit(f"{arguments[:2]}: {run.stderr[-2000:]}")
        return run.stdout


class Writers:
    """Write comments at a rate; `acknowledged` are those that the server said it has stored.

    `failures` are answers of 5xx; a server that is not there is none.
    """

    def __init__(self, server: Server, path: str, per_second: int = PER_SECOND) -> None:
        self.acknowledged: set[str] = set()
        self.failures: list[str] = []
        self.seconds: list[float] = []
        self._server, self._address = server, f"{path}comments/"
        self._pause, self._numbers = 1 / per_second, iter(range(10**9))
        self._lock, self._stopping = threading.Lock(), threading.Event()
        self._threads = [threading.Thread(target=self._write) for _ in range(8)]
        self._next = time.monotonic()

    def __enter__(self) -> Writers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    def slowest(self, share: float = 1) -> float:
        """Return the seconds within which that share of the answers came."""
        took = sorted(self.seconds) or [0.0]
        return took[max(0, int(len(took) * share) - 1)]

    def _write(self) -> None:
        while not self._stopping.is_set():
            with self._lock:
                number = next(self._numbers)
                self._next = max(self._next + self._pause, time.monotonic() - 1)
                wait = self._next - time.monotonic()
            self._stopping.wait(max(0, wait))
            try:
                self._send(number)
            except requests.RequestException:
                self._stopping.wait(0.2)

    def _send(self, number: int) -> None:
        session = requests.Session()
        session.headers["X-Forwarded-For"] = (
            f"198.{18 + number // 65536 % 2}.{number // 256 % 256}.{number % 256}"
        )
        url = self._server.url(self._address)
        form = dict(_FIELD.findall(session.get(url, timeout=PATIENCE).text))
        body = f"쓰인 {number}"
        fields = form | {"name": f"독자 {number}", "password": "바람과나무", "body": body}
        start = time.monotonic()
        answer = session.post(url, fields, timeout=PATIENCE, allow_redirects=False)
        self.seconds.append(time.monotonic() - start)
        if answer.status_code == 303:
            self.acknowledged.add(body)
        elif answer.status_code >= 500:
            self.failures.append(f"{answer.status_code}: {answer.text[:200]}")
