"""Kill a publication with SIGKILL at each of its steps: readers have wholly the old or the new.

`python -m tests.faults.drills.kill_publishing [STEPS]`, on SQLite in a temporary folder. After each
kill the site is read by another process; in the end one that was killed is done again. Exit status
1 tells of a mixture, or of an article that can no longer be published.
"""

import json
import os
import signal
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.databases import ENVIRONMENT
from tests.faults.drills.kill_imports import bring_back, in_child, keep


def main(top: Path, count: int) -> int:
    os.environ |= ENVIRONMENT | {
        "DATABASE_URL": f"sqlite:///{top / 'db.sqlite3'}",
        "MEDIA_ROOT": str(top / "media"),
        # Static files need not be collected then.
        "DEBUG": "true",
    }
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from tests.faults.publication import make_waiting_change

    call_command("migrate", verbosity=0)
    pk = make_waiting_change().pk
    connection.close()
    keep(top, "waiting")
    old = told(pk)
    steps = int(publish(pk))
    new = told(pk)
    if new == old:
        raise SystemExit("The publication has changed nothing.")
    outcomes = {"old": 0, "new": 0, "mixed": 0}
    for number in range(1, count + 1):
        bring_back(top, "waiting")
        publish(pk, kill_at=max(1, steps * number // (count + 1)))
        found = told(pk)
        outcomes["old" if found == old else "new" if found == new else "mixed"] += 1
    bring_back(top, "waiting")
    publish(pk, kill_at=steps // 2)
    publish(pk)
    outcomes["stuck"] = int(told(pk) != new)
    print(f"{steps} steps, killed at {count} of them: {outcomes}")
    return outcomes["mixed"] + outcomes["stuck"]


def publish(pk: int, kill_at: int = 0) -> str:
    """Publish in a process of its own; returns how many steps it took, "" if it was killed."""

    def published() -> str:
        from tests.faults.mixed_import import Steps
        from tests.faults.publication import publish_it

        steps = Steps(kill_at, lambda: os.kill(os.getpid(), signal.SIGKILL))
        with steps.watched():
            publish_it(pk)
        return str(steps.taken)

    return in_child(published)


def told(pk: int) -> str:
    def state() -> str:
        from tests.faults.publication import state

        return json.dumps(state(pk), ensure_ascii=False)

    found = in_child(state)
    if not found:
        raise SystemExit("The site cannot be read.")
    return found


if __name__ == "__main__":
    with TemporaryDirectory(prefix="pildam-drill-") as folder:
        sys.exit(min(1, main(Path(folder), int((sys.argv[1:] or ["20"])[0]))))
