"""Processes that are started, watched over, and stopped again: what systemd does in production."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.stack.configuration import HOST

BOOT_SECONDS = 60
STOP_SECONDS = 40


class StackError(Exception):
    """The stack cannot be as it should; the message says why and what to do."""


@dataclass
class Process:
    """A program of the stack. `user` is whom root lets it run as, "" for root itself."""

    name: str
    command: list[str]
    log: Path
    environment: dict[str, str]
    folder: Path
    port: int | None = None
    user: str = ""
    stop_signal: signal.Signals = signal.SIGTERM
    # Whether it has nothing more to do when it ends without an error.
    is_done_at_0: bool = False
    is_wanted: bool = field(default=False, init=False)
    _child: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def pid(self) -> int:
        if self._child is None:
            raise StackError(f"{self.name} has not been started")
        return self._child.pid

    def start(self) -> None:
        """Start it, and return when its port answers."""
        if self.port is not None and answers(self.port):
            raise StackError(f"port {self.port} is taken: choose others by STACK_PORT")
        self._spawn()
        self.is_wanted = True
        if self.port is not None:
            self.wait_until_it_answers()

    def _spawn(self) -> None:
        # Whatever becomes of the stack's own process, its children end with it.
        switched = ["setpriv", "--pdeathsig", "TERM"]
        if self.user:
            switched += ["--reuid", self.user, "--regid", self.user, "--init-groups"]
        with self.log.open("ab") as log:
            self._child = subprocess.Popen(
                [*switched, "--", *self.command],
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait_until_it_answers(self) -> None:
        assert self.port is not None
        deadline = time.monotonic() + BOOT_SECONDS
        while not answers(self.port):
            if self._child is not None and self._child.poll() is not None:
                raise StackError(f"{self.name} ended as it began: see {self.log}")
            if time.monotonic() > deadline:
                raise StackError(f"{self.name} does not answer on port {self.port}: see {self.log}")
            time.sleep(0.05)

    def stop(self) -> None:
        """Ask it to end, wait, and insist in the end."""
        self.is_wanted = False
        if self._child is None or self._child.poll() is not None:
            return
        self._child.send_signal(self.stop_signal)
        try:
            self._child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End it and its children as kill -9 does; whoever watches starts it again."""
        if self._child is not None and self._child.poll() is None:
            os.killpg(self._child.pid, signal.SIGKILL)
            self._child.wait()

    def revive(self) -> bool:
        """Start it again if it should be there and is not; returns whether it was so."""
        if not self.is_wanted or self._child is None or (ended := self._child.poll()) is None:
            return False
        if ended == 0 and self.is_done_at_0:
            return False
        self._spawn()
        return True


class Watch:
    """Starts again what has ended, a second later, as `Restart=always` does."""

    def __init__(self, processes: list[Process]) -> None:
        self._processes = processes
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._go_on, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._is_over.set()
        if self._thread.is_alive():
            self._thread.join()

    def _go_on(self) -> None:
        while not self._is_over.wait(1):
            for process in list(self._processes):
                process.revive()


def answers(port: int) -> bool:
    """Whether something listens on the loopback port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0
