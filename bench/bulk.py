"""What an import and the search index cost a core, in processes of their own as in production."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL, Popen

from bench.data_set import SqliteData, emptied
from bench.machine import TOP, BenchError
from bench.servers import site_environment
from bench.tables import rate, table
from tests.jekyll_archive import write_archive


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took: processor and clock in seconds, memory at its most in MB."""

    processor: float
    clock: float
    megabytes: float


def measure(data: SqliteData, count: int, folder: Path) -> str:
    """Import posts of 3 kB into an empty SQLite database, and index them for the search."""
    archive = emptied(folder / "archive") / "posts"
    write_archive(archive, count)
    url = data.empty()
    costs = {
        f"import of {count:,} posts": _cost(url, "import_articles", str(archive)),
        f"import of {count:,} posts that are there": _cost(url, "import_articles", str(archive)),
        f"search index of {count:,} articles": _cost(url, "rebuild_search", "--stale"),
    }
    rows = [
        [
            name,
            rate(count / cost.processor),
            f"{cost.processor:.1f}",
            f"{cost.clock:.1f}",
            f"{cost.megabytes:.0f}",
        ]
        for name, cost in costs.items()
    ]
    heads = ["SQLite, start of the process included", "articles a second of one core"]
    return table([*heads, "processor, s", "clock, s", "memory, MB"], rows)


def _cost(url: str, *arguments: str) -> Cost:
    began = time.perf_counter()
    child = Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=TOP,
        env=site_environment(url, 80),
        stdout=DEVNULL,
        stderr=DEVNULL,
    )
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise BenchError(f"manage.py {' '.join(arguments)} failed.")
    clock = time.perf_counter() - began
    return Cost(used.ru_utime + used.ru_stime, clock, used.ru_maxrss / 1024)
