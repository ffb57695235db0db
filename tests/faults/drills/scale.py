"""Past one machine (docs/scale.md): two instances as one, and what happens when something goes.

`python -m tests.faults.drills.scale [PORT [PART …]]` brings the stack of `make stack` up in a temporary
folder, with nginx, two instances, PostgreSQL, Redis and the workers. Exit status 1 tells of a
promise that was not kept; each is printed with what was seen.
"""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults.drills import scale_storage
from tests.faults.drills.promises import Promises, waited_for
from tests.stack.clients import Client, Load
from tests.stack.processes import answers
from tests.stack.topology import Stack, running_stack

PUBLISH = """
from django.utils import timezone
from articles.models import Article, Status
article = Article.objects.filter(slug='drill').first() or Article(slug='drill')
article.title, article.body = {title!r}, {title!r}
article.status, article.published_at = Status.PUBLISHED, article.published_at or timezone.now()
article.save()
"""
PATH = "/articles/drill/"


def publish(stack: Stack, title: str) -> None:
    """Publish an article, or change it, in a process of its own."""
    stack.manage("shell", "--command", PUBLISH.format(title=title))


def clients(stack: Stack, address: str = "203.0.113.1") -> tuple[Client, Client, Client]:
    """Return browsers at either instance and at nginx."""
    first, second = stack.ports.instances
    return (
        Client(stack.ports, first, address),
        Client(stack.ports, second, address),
        Client(stack.ports, stack.ports.https),
    )


def publishing(stack: Stack, promises: Promises) -> None:
    first, second, front = clients(stack)
    for title in ("처음 쓴 글", "고쳐 쓴 글"):
        publish(stack, title)
        start = time.monotonic()
        for name, client in (("instance 1", first), ("instance 2", second), ("nginx", front)):
            seen = waited_for(lambda client=client, title=title: title in client.get(PATH).text, 90)
            after = time.monotonic() - start
            promises.judge(f"“{title}” is seen by {name}", seen, f"after {after:.1f} s")


def comment(client: Client, text: str) -> int:
    """Write a comment as a guest would; returns the status of the answer."""
    fields = {"name": "지나가는 독자", "password": "drill-password", "body": text}
    client.get(f"{PATH}comments/")
    # Whoever answers within seconds is taken for a machine.
    time.sleep(4)
    return client.submit(f"{PATH}comments/", fields, marked_by="form_token").status


def commenting(stack: Stack, promises: Promises) -> None:
    first, second, front = clients(stack, "203.0.113.2")
    status = comment(first, "한 곳에서 쓴 댓글")
    promises.judge("a comment is taken by instance 1", status == 303, f"status {status}")
    for name, client in (("instance 2", second), ("nginx", front)):
        start = time.monotonic()
        seen = waited_for(lambda client=client: "한 곳에서 쓴 댓글" in client.get(PATH).text, 90)
        promises.judge(f"it is seen by {name}", seen, f"after {time.monotonic() - start:.1f} s")


def sharing(stack: Stack, promises: Promises) -> None:
    first, second, _ = clients(stack, "203.0.113.3")
    words = re.search(r"as (\S+) with the password (\S+)", demo_account(stack))
    assert words is not None
    fields = {"login": words[1], "password": words[2]}
    status = first.submit("/accounts/login/", fields, marked_by="login").status
    second.cookies = first.cookies
    desk = second.get("/admin/").status
    promises.judge("signed in at one, known at the other", (status, desk) == (302, 200), f"{desk}")

    first, second, _ = clients(stack, "203.0.113.4")
    wrong = {"login": "nobody@pildam.example", "password": "wrong"}
    found = [
        client.submit("/accounts/login/", wrong, marked_by="login").status
        for client in (first, second, first, second, first, second)
    ]
    promises.judge("the sixth wrong password is refused, wherever", found[-1] == 429, str(found))


def demo_account(stack: Stack) -> str:
    return (stack.folder / "demo-account.txt").read_text()


def load(stack: Stack) -> Load:
    """Readers, and a writer to the discussion: what is sent there may be sent twice."""
    pages = ["/", "/articles/", PATH, "/feed/"]
    return Load(stack.ports, pages, posted=f"{PATH}comments/")


def under_load(
    stack: Stack, promises: Promises, name: str, do: Callable[[], None], seconds: float = 6
) -> None:
    with load(stack) as readers:
        time.sleep(3)
        do()
        time.sleep(seconds)
    promises.judge(f"{name}: no failed request", not readers.failures, readers.told())
    for failure in readers.failures[:3]:
        print(f"    {failure}")


def losing_instances(stack: Stack, promises: Promises) -> None:
    first, second = (stack.processes[f"instance-{port}"] for port in stack.ports.instances)
    under_load(stack, promises, "kill -9 of an instance", first.kill)
    first.wait_until_it_answers()
    under_load(
        stack, promises, "SIGTERM to an instance", lambda: os.kill(second.pid, signal.SIGTERM)
    )
    second.wait_until_it_answers()

    def restart_both() -> None:
        for process in (first, second):
            process.stop()
            process.start()

    under_load(stack, promises, "one restarted after the other", restart_both)


def losing_redis(stack: Stack, promises: Promises) -> None:
    redis = stack.processes["redis"]
    first, second, front = clients(stack, "203.0.113.5")
    redis.stop()
    under_load(stack, promises, "without Redis", lambda: None, seconds=3)
    ready = first.get("/readyz")
    promises.judge("/readyz says which is away", ready.status == 503, ready.text)
    status = comment(second, "레디스가 없을 때 쓴 댓글")
    promises.judge("a comment is taken all the same", status == 303, f"status {status}")
    redis.start()
    back = waited_for(lambda: first.get("/readyz").status == 200, 15)
    promises.judge("Redis is used again by itself", back, "")
    promises.judge("nginx answers", front.get("/").status == 200, "")


def losing_postgresql(stack: Stack, promises: Promises) -> None:
    first, _, front = clients(stack)
    front.get(PATH)
    database = stack.processes["postgresql"]
    database.stop()
    kept = front.get(PATH).status
    promises.judge("without PostgreSQL, a kept page is shown", kept == 200, f"status {kept}")
    start = time.monotonic()
    answer = first.get("/articles/?drill=1")
    took = time.monotonic() - start
    quick = answer.status == 503 and took <= 6 and "no-store" in answer.headers["cache-control"]
    promises.judge("others are 503, soon", quick, f"status {answer.status} after {took:.1f} s")
    database.start()
    back = waited_for(lambda: first.get("/articles/?drill=2").status == 200, 30)
    promises.judge("it comes back by itself", back, "")


PARTS = (
    publishing,
    commenting,
    sharing,
    losing_instances,
    losing_redis,
    losing_postgresql,
    scale_storage.reading_from_a_replica,
    scale_storage.keeping_pictures_in_a_bucket,
)


def main(base: int, names: list[str]) -> int:
    """Go through the parts of these names, or all; the first makes what the others look at."""
    promises = Promises()
    with TemporaryDirectory(prefix="pildam-scale-") as folder:
        # PostgreSQL has an account of its own, which must be able to look.
        Path(folder).chmod(0o755)
        with running_stack(Path(folder), base) as stack:
            for part in PARTS:
                if not names or part is publishing or part.__name__ in names:
                    promises.begin(part.__name__.replace("_", " "))
                    part(stack, promises)
            missing = [port for port in stack.ports.instances if not answers(port)]
            promises.judge("both instances are there in the end", not missing, "")
    return promises.broken


if __name__ == "__main__":
    port, *chosen = sys.argv[1:] or ["18450"]
    sys.exit(min(1, main(int(port), chosen)))
