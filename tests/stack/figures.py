"""What nginx's cache costs against nginx serving the same bytes from a file, on a running stack.

`python -m tests.stack.figures [--port 18400] [--folder var/stack] [--rounds 5]` while `make stack`
runs in another terminal. Needs wrk (Debian: apt install wrk). Rounds are interleaved, so that what
else the machine does falls on both; the table has medians, and of the rounds' ratios the median.
Then each page is asked for a thousand times a second, and how long answers take is shown (L1).
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from tests.stack.clients import Client
from tests.stack.configuration import Ports
from tests.stack.topology import TOP

CONNECTIONS = 8
# Connections of a steady load, each of which asks every this many milliseconds.
STEADY_CONNECTIONS, STEADY_PAUSE = 20, 20
_STEADY = Path(__file__).with_name("steady.lua")
_RATE = re.compile(r"Requests/sec:\s*([0-9.]+)")
_ERRORS = re.compile(r"Non-2xx|Socket errors")
_WAITS = re.compile(r"(50|99)%\s+([0-9.]+)(us|ms|s)\b")
_MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


def rate(ports: Ports, path: str, seconds: int) -> float:
    """Return how many requests a second are answered; raises RuntimeError for any that is not."""
    return _rate_in(_load(ports, path, seconds, "-t1", f"-c{CONNECTIONS}"))


def steady(ports: Ports, path: str, seconds: int) -> tuple[float, float, float]:
    """Ask about a thousand times a second; return the rate, and p50 and p99 in milliseconds."""
    told = _load(
        *(ports, path, seconds, "-t1", "--latency", f"-c{STEADY_CONNECTIONS}", "-s", str(_STEADY)),
        last=["--", str(STEADY_PAUSE)],
    )
    p50, p99 = (float(number) * _MILLISECONDS[unit] for _, number, unit in _WAITS.findall(told))
    return _rate_in(told), p50, p99


def _load(ports: Ports, path: str, seconds: int, *how: str, last: Sequence[str] = ()) -> str:
    """Return what wrk tells; raises RuntimeError where a request was not answered by 200."""
    command = ["wrk", *how, f"-d{seconds}s", f"{ports.site_url}{path}", *last]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if _ERRORS.search(told):
        raise RuntimeError(f"{path}: {told}")
    return told


def _rate_in(told: str) -> float:
    found = _RATE.search(told)
    if found is None:
        raise RuntimeError(told)
    return float(found[1])


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.stack.figures", description=__doc__)
    parser.add_argument("--port", type=int, default=18400)
    parser.add_argument("--folder", type=Path, default=TOP / "var/stack")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=4)
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        print("wrk is missing: as root, run apt-get install wrk", file=sys.stderr)
        return 1
    ports = Ports(options.port)
    client = Client(ports, ports.https)
    article = re.search(r'href="(/articles/[^"/]+/)"', client.get("/articles/").text)
    pages = {"front page": "/", "article": article[1] if article else "/", "feed": "/feed/"}
    print("| page | bytes | from the cache, a second | from a file, a second | ratio |")
    print("|---|---|---|---|---|")
    for number, (name, path) in enumerate(pages.items()):
        text = client.get(path).text
        file = options.folder / "static" / f"figures-{number}.html"
        file.write_text(text)
        try:
            rounds = [
                (
                    rate(ports, path, options.seconds),
                    rate(ports, f"/static/{file.name}", options.seconds),
                )
                for _ in range(options.rounds)
            ]
        finally:
            file.unlink()
        cached, plain = (median(column) for column in zip(*rounds, strict=True))
        ratio = median(first / second for first, second in rounds)
        size = len(text.encode())
        print(f"| {name} | {size:,} | {cached:,.0f} | {plain:,.0f} | {ratio:.2f} |", flush=True)
    print("\n| page | a second | p50 ms | p99 ms |\n|---|---|---|---|")
    for name, path in pages.items():
        asked, p50, p99 = steady(ports, path, options.seconds * options.rounds)
        print(f"| {name} | {asked:,.0f} | {p50:.1f} | {p99:.1f} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
