"""Kill an import with SIGKILL at twenty steps, run it again, and compare what came of it.

`python -m tests.faults.drills.kill_imports [STEPS]`, on SQLite in a temporary folder: first an
import into an empty site, then one that updates what is there. Exit status 1 tells of a difference.
"""

import os
import shutil
import signal
import sys
import traceback
from contextlib import redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.databases import ENVIRONMENT


def main(top: Path, count: int) -> int:
    os.environ |= ENVIRONMENT | {
        "DATABASE_URL": f"sqlite:///{top / 'db.sqlite3'}",
        "MEDIA_ROOT": str(top / "media"),
    }
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from tests.faults.mixed_import import make_own_export, make_sources

    call_command("migrate", verbosity=0)
    connection.close()
    keep(top, "empty")
    package = make_own_export(top / "export.zip")
    connection.close()
    bring_back(top, "empty")
    folder = make_sources(top / "blog")
    command = [str(folder), str(package), "--status", "published"]
    failures = drill(top, "empty", command, count)
    run(command)
    keep(top, "full")
    make_sources(folder, words="먹을 갈고 종이를 편다.")
    return failures + drill(top, "full", command, count)


def drill(top: Path, start: str, command: list[str], count: int) -> int:
    """Return at how many steps the second run did not come to what one run comes to."""
    bring_back(top, start)
    steps, expected = int(run(command)), state()
    if not expected.endswith("strays: []"):
        raise SystemExit(f"{start}: the uninterrupted run came to: {expected}")
    failures = 0
    for number in range(1, count + 1):
        step = max(1, steps * number // (count + 1))
        bring_back(top, start)
        run(command, kill_at=step)
        run(command)
        found = state()
        failures += found != expected
        print(
            f"{start}: killed at step {step} of {steps}: {'same' if found == expected else found}"
        )
    return failures


def run(command: list[str], kill_at: int = 0) -> str:
    """Import in a process of its own; returns how many steps it took, "" if it was killed."""

    def imported() -> str:
        from django.core.management import call_command

        from tests.faults.mixed_import import Steps

        steps = Steps(kill_at, lambda: os.kill(os.getpid(), signal.SIGKILL))
        with steps.watched():
            call_command("import_articles", *command)
        return str(steps.taken)

    return in_child(imported)


def state() -> str:
    def told() -> str:
        from tests.faults.mixed_import import content, digest_of, strays

        return f"{digest_of(content())} strays: {sorted(strays())}"

    return in_child(told)


def in_child(work) -> str:
    reader, writer = os.pipe()
    if child := os.fork():
        os.close(writer)
        with os.fdopen(reader) as answer:
            told = answer.read()
        os.waitpid(child, 0)
        return told
    try:
        with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):
            os.write(writer, work().encode())
    except Exception:
        traceback.print_exc()
    finally:
        os._exit(0)


def keep(top: Path, name: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    kept = top / name
    kept.mkdir()
    shutil.copy(top / "db.sqlite3", kept / "db.sqlite3")
    (top / "media").mkdir(exist_ok=True)
    shutil.copytree(top / "media", kept / "media")


def bring_back(top: Path, name: str) -> None:
    for old in top.glob("db.sqlite3*"):
        old.unlink()
    shutil.rmtree(top / "media", ignore_errors=True)
    shutil.copytree(top / name, top, dirs_exist_ok=True)


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        sys.exit(min(1, main(Path(folder), int((sys.argv[1:] or ["20"])[0]))))
