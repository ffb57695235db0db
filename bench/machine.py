"""What is measured on: cores, and the versions and commit that a table names in its head."""

from __future__ import annotations

import os
import platform
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
_CORES = sorted(os.sched_getaffinity(0))
SERVER_CORES = set(_CORES[:1])
LOAD_CORES = set(_CORES[1:2] or _CORES)


class BenchError(Exception):
    """Something could not be measured; the message says why and what to do."""


@contextmanager
def pinned_to(cores: set[int]) -> Iterator[None]:
    """Let this thread, and what it starts meanwhile, run on those cores alone."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def program(name: str, package: str = "") -> str:
    """Return where a program of Debian lies; raises BenchError if it is not installed."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if found is None:
        raise BenchError(f"{name} is missing: as root, run apt-get install {package or name}")
    return found


def head(engines: dict[str, str]) -> str:
    """Return the lines above the tables; `engines` are the databases with their versions."""
    memory = _first(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())
    model = _first(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    databases = ", ".join(f"{name} {number}" for name, number in engines.items())
    load = ", ".join(f"{average:.1f}" for average in os.getloadavg())
    lines = [
        f"machine: {model}, {len(_CORES)} cores ({_pinning()}), {int(memory or 0) // 1024**2} GB",
        f"load before the run: {load}",
        f"Python {platform.python_version()}, Django {version('django')}",
        f"gunicorn {version('gunicorn')} (1 worker, 8 threads), nginx {_nginx_version()}",
        f"wrk {_wrk_version()}, {databases}",
        f"commit {_commit()}",
    ]
    return "\n".join(f"- {line}" for line in lines)


def sqlite_version() -> str:
    return sqlite3.sqlite_version


def _pinning() -> str:
    if SERVER_CORES == LOAD_CORES:
        return "servers and load share them"
    return "servers on one, load on the other"


def _nginx_version() -> str:
    said = subprocess.run([program("nginx"), "-v"], capture_output=True, text=True, check=False)
    return _first(r"nginx/(\S+)", said.stderr)


def _wrk_version() -> str:
    said = subprocess.run([program("wrk"), "-v"], capture_output=True, text=True, check=False)
    return _first(r"wrk (?:debian/)?(\S+)", said.stdout + said.stderr)


def _commit() -> str:
    def git(*arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=TOP, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    changed = " with changes" if git("status", "--porcelain", "--untracked-files=no") else ""
    return f"{git('rev-parse', '--short=10', 'HEAD') or 'unknown'}{changed}"


def _first(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    return found[1] if found else ""
