"""Load by wrk, in rounds that go from one server to the next, so that disturbances fall on all."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.answers import HOST
from bench.consumption import processor_seconds
from bench.machine import LOAD_CORES, BenchError, pinned_to, program

CONNECTIONS = 8
_TURNS = Path(__file__).with_name("paths.lua")
_COUNT = re.compile(r"(\d+) requests in")
_RATE = re.compile(r"Requests/sec:\s*([0-9.]+)")
_MEDIAN = re.compile(r"50%\s+([0-9.]+)(us|ms|s)")
_ERRORS = re.compile(r"(Non-2xx or 3xx responses|Socket errors): .*")
_MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True, slots=True)
class Figures:
    """Requests a second, the servers' processor time for one (ms), and p50 as clients see it (ms)."""

    rate: float
    processor: float
    p50: float


@dataclass(frozen=True, slots=True)
class Target:
    """A server and what is asked of it; `pids` are charged with the processor time."""

    port: int
    paths: list[str]
    pids: list[int]
    script: Path | None = None
    # Whether answers that are no success are among those that were asked for.
    expects_errors: bool = False


def press(target: Target, seconds: int, connections: int = CONNECTIONS) -> Figures:
    """Ask for the paths in turn for so long; raises BenchError for any answer that is none."""
    command = [program("wrk"), "--latency", "--timeout", "30s", "-t1"]
    command += [f"-c{connections}", f"-d{seconds}s"]
    script = _TURNS if len(target.paths) > 1 else target.script
    if script is not None:
        command += ["-s", str(script)]
    command.append(f"http://{HOST}:{target.port}{target.paths[0]}")
    if len(target.paths) > 1:
        command += ["--", *target.paths]
    before = processor_seconds(target.pids)
    with pinned_to(LOAD_CORES):
        said = subprocess.run(command, capture_output=True, text=True, check=False)
    spent = processor_seconds(target.pids) - before
    figures = figures_of(said.stdout, spent)
    if said.returncode or figures is None:
        raise BenchError(f"wrk failed on {target.paths[0]}:\n{said.stdout}{said.stderr}")
    errors = _ERRORS.search(said.stdout)
    if errors and not (target.expects_errors and errors[1].startswith("Non-2xx")):
        raise BenchError(f"{target.paths[0]} on port {target.port}: {errors[0]}")
    return figures


def figures_of(said: str, spent: float) -> Figures | None:
    """Read what wrk has said, for processor time in seconds; None where nothing was answered."""
    count, rate, p50 = (found.search(said) for found in (_COUNT, _RATE, _MEDIAN))
    if not (count and rate and p50) or not int(count[1]):
        return None
    return Figures(
        float(rate[1]), spent * 1000 / int(count[1]), float(p50[1]) * _MILLISECONDS[p50[2]]
    )


@dataclass(slots=True)
class Rounds:
    """What each server came to in each round, by the server's name."""

    by_name: dict[str, list[Figures]]

    def middle(self, name: str) -> Figures:
        rounds = self.by_name[name]
        return Figures(
            median(one.rate for one in rounds),
            median(one.processor for one in rounds),
            median(one.p50 for one in rounds),
        )

    def ratio(self, name: str, other: str) -> float:
        """Return the median, over the rounds, of how many times the other's rate it has."""
        pairs = zip(self.by_name[name], self.by_name[other], strict=True)
        return median(first.rate / second.rate for first, second in pairs)


def interleaved(works: Mapping[str, Callable[[], Figures]], rounds: int) -> Rounds:
    """Do each work once a round, one after the other."""
    found: dict[str, list[Figures]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            found[name].append(work())
    return Rounds(found)
