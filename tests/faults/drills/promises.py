"""What a drill was to show, and whether it did."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class Promises:
    """Prints each promise as it is judged; `broken` counts those that were not kept."""

    broken: int = 0

    def begin(self, part: str) -> None:
        print(f"{part}:", flush=True)

    def judge(self, promise: str, kept: bool, seen: str) -> None:
        self.broken += not kept
        print(
            f"  {'kept  ' if kept else 'BROKEN'} {promise} {f'({seen})' if seen else ''}",
            flush=True,
        )


def waited_for(holds: Callable[[], bool], seconds: float) -> bool:
    """Ask again and again until it holds; returns whether it did in time."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True
