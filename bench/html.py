"""The Nu Html Checker (npm `vnu-jar`, with the machine's Java) on every type of page."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from bench.site import fetch, npm_tool, origin_of_arguments, pages


def main() -> None:
    checker = npm_tool("vnu-jar") / "build" / "dist" / "vnu.jar"
    found = pages(origin_of_arguments())
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, address) in enumerate(found.items()):
            safe = "".join(c if c.isalnum() else "-" for c in name)
            Path(folder, f"{number}-{safe}.html").write_bytes(fetch(address))
        command = ["java", "-jar", str(checker), "--skip-non-html", folder]
        said = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = [line.rpartition(folder)[2] for line in said.stderr.splitlines()]
    print("\n".join(lines))
    errors = [line for line in lines if ": error: " in line]
    print(f"{len(found)} pages, {len(errors)} errors, {len(lines) - len(errors)} other lines")
    sys.exit(said.returncode != 0)


if __name__ == "__main__":
    main()
