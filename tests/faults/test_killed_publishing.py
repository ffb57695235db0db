"""A publication that breaks off at any step leaves the old or the new, wholly.

The process goes on here; `drills/kill_publishing.py` kills real ones.
"""

from contextlib import suppress

import pytest
from django.db import transaction

from tests.faults.mixed_import import Steps
from tests.faults.publication import make_waiting_change, publish_it, state

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine, pytest.mark.promise("F2")]


class Killed(BaseException):
    pass


def kill():
    raise Killed


def published(pk, *, kill_at=0):
    """Return how many steps it took, what came of it, and take it back."""
    steps = Steps(kill_at, kill)
    with transaction.atomic():
        with suppress(Killed), steps.watched():
            publish_it(pk)
        found = state(pk)
        transaction.set_rollback(True)
    return steps.taken, found


def test_readers_have_wholly_the_old_or_wholly_the_new():
    pk = make_waiting_change().pk
    old = state(pk)
    last, new = published(pk)
    assert old["shown"] == [200, [True, False]]
    assert new["shown"] == [200, [False, True]]
    results = [published(pk, kill_at=step)[1] for step in range(6, last, 9)]
    assert len(results) > 4
    assert all(result == old for result in results)
    assert state(pk) == old
