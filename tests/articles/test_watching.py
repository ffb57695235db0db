"""Workers go on although a round of theirs has failed for want of a database or of room."""

import errno
import os
import signal

import pytest
from django.db import OperationalError

from articles import watching

pytestmark = pytest.mark.promise("F7")


@pytest.fixture
def signals():
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


def test_a_full_disk_and_a_database_that_is_away_end_no_worker(monkeypatch, signals):
    monkeypatch.setattr(watching, "close_old_connections", lambda: None)
    monkeypatch.setattr(watching.Event, "wait", lambda event, seconds: None)
    failures = [OperationalError("away"), OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))]

    def work(stopping):
        if failures:
            raise failures.pop()
        stopping.set()

    watching.watch(work, 1)
    assert not failures
