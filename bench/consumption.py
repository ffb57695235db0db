"""What processes have taken so far of processor and memory, as /proc tells."""

from __future__ import annotations

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def descendants(pid: int) -> list[int]:
    """Return the process, its children, theirs, and so on."""
    found = [pid]
    for parent in found:
        try:
            tasks = list(Path(f"/proc/{parent}/task").iterdir())
            for task in tasks:
                found += map(int, (task / "children").read_text().split())
        except OSError:
            # It ended while it was looked at.
            continue
    return found


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()[1])


def processor_seconds(pids: list[int]) -> float:
    """Return user and system time of the processes, their descendants and those that ended."""
    return sum(_seconds(found) for pid in pids for found in descendants(pid))


def resident_megabytes(pid: int) -> float:
    """Return the RSS of the largest process below `pid`: the worker of a server with one."""
    return max(_rollup(found, "Rss") for found in descendants(pid)) / 1024


def private_megabytes(pid: int) -> float:
    """Return what the largest process below `pid` shares with nobody."""
    largest = max(descendants(pid), key=lambda found: _rollup(found, "Rss"))
    return (_rollup(largest, "Private_Clean") + _rollup(largest, "Private_Dirty")) / 1024


def _seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    except OSError:
        return 0.0
    # utime, stime, cutime and cstime, counted from the state (proc_pid_stat(5)).
    return sum(map(int, fields[11:15])) / _TICKS


def _rollup(pid: int, name: str) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{name}:")), 0)
