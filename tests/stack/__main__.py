"""`make stack`: the whole topology until Ctrl-C, from a fresh clone, as root or as anybody."""

import argparse
import signal
import sys
from pathlib import Path
from threading import Event

from tests.stack.processes import StackError
from tests.stack.topology import TOP, running_stack


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.stack", description=__doc__)
    parser.add_argument("--port", type=int, default=18400, help="the first of ten loopback ports")
    parser.add_argument("--folder", type=Path, default=TOP / "var/stack", help="where it writes")
    options = parser.parse_args()
    stopping = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    try:
        with running_stack(options.folder, options.port) as stack:
            print(
                f"Pildam is on {stack.ports.site_url}/ (its certificate is its own; Ctrl-C stops)"
            )
            print((stack.folder / "demo-account.txt").read_text().rstrip())
            print(
                f"Logs are in {stack.folder}/log; instances on {stack.ports.instances}.", flush=True
            )
            while not stopping.wait(1):
                pass
            print("Stopping …", flush=True)
    except StackError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
