"""A second connection to the database, and waiting until it waits for the first."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def another_connection() -> Iterator[Callable[[Callable[[], Any]], Future[Any]]]:
    """Yield what begins a deed in a connection of its own; it is over at the end."""

    def closing(deed: Callable[[], Any]) -> Any:
        try:
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        yield lambda deed: thread.submit(closing, deed)


def wait_until_somebody_waits():
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted)")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("Nobody waits.")
