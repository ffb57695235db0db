"""Run a program whose clock is put forward and back: `python -m tests.faults.moved_clock FILE PROGRAM …`.

FILE holds by how many seconds, and is read each time that somebody asks what time it is. The clock that
only goes forward (`time.monotonic`) stays as it is.
"""

import runpy
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone


def move(clock: Path) -> None:
    now, seconds = timezone.now, time.time

    def offset() -> float:
        return float(clock.read_text() or 0)

    def moved_now() -> datetime:
        return now() + timedelta(seconds=offset())

    timezone.now = moved_now
    time.time = lambda: seconds() + offset()


if __name__ == "__main__":
    move(Path(sys.argv[1]))
    sys.argv = sys.argv[2:]
    if sys.argv[0] == "-m":
        sys.argv = sys.argv[1:]
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
    else:
        sys.path.insert(0, str(Path.cwd()))
        runpy.run_path(sys.argv[0], run_name="__main__")
