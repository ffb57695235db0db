"""Run all drills, or those that are named: `python -m tests.faults.drills [--list] [NAME …]`.

A drill is a module of this folder that can be run by itself; its exit status says whether all
that it was to show was seen. Each says in its first line what it does.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import time
from pathlib import Path

FOLDER = Path(__file__).parent


def drills() -> dict[str, str]:
    """Return the names of all drills and what each does."""
    found = {}
    for module in sorted(FOLDER.glob("[!_]*.py")):
        source = module.read_text(encoding="utf-8")
        if 'if __name__ == "__main__":' in source:
            docstring = ast.get_docstring(ast.parse(source)) or ""
            found[module.stem] = docstring.partition("\n")[0]
    return found


def main(names: list[str]) -> int:
    known = drills()
    if names == ["--list"]:
        print(*(f"{name:<20} {what}" for name, what in known.items()), sep="\n")
        return 0
    if unknown := set(names) - known.keys():
        print(f"There is no drill called {', '.join(sorted(unknown))}.", *known, sep="\n  ")
        return 2
    results = []
    for name in names or known:
        print(f"\n== {name}: {known[name]}", flush=True)
        start = time.monotonic()
        run = subprocess.run([sys.executable, "-m", f"{__package__}.{name}"], check=False)
        results.append((name, run.returncode, time.monotonic() - start))
    print()
    for name, status, seconds in results:
        print(f"{'kept  ' if status == 0 else 'BROKEN'} {name:<20} {seconds:6.0f} s")
    return int(any(status for _, status, _ in results))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
