"""Two imports at once: the second is told, and waits or goes away."""

import os
import signal

import pytest
from django.utils import timezone

from articles.intake import turns
from articles.intake.turns import AnotherImportRunning, import_turn

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def impatience(monkeypatch):
    monkeypatch.setattr(turns, "_SECONDS_BETWEEN_TRIES", 0.01)


def test_the_second_hears_who_runs_since_when_and_goes_away():
    with import_turn(), pytest.raises(AnotherImportRunning) as caught, import_turn(wait=False):
        pass
    assert caught.value.since <= timezone.now()
    assert f"process {os.getpid()} on " in caught.value.who
    assert str(caught.value).startswith("Another import is running (since ")


def test_the_second_waits_until_the_first_has_ended():
    first = import_turn()
    first.__enter__()
    told = []

    def tell(other):
        told.append(other)
        first.__exit__(None, None, None)

    with import_turn(tell=tell):
        assert len(told) == 1


def test_a_failure_gives_the_turn_back():
    with pytest.raises(ZeroDivisionError), import_turn():
        raise ZeroDivisionError
    with import_turn(wait=False):
        pass


def test_the_turn_of_a_killed_import_is_free():
    turn = import_turn()
    said, say = os.pipe()
    child = os.fork()
    if child == 0:
        turn.__enter__()
        os.write(say, b"taken")
        signal.pause()
    assert os.read(said, 5) == b"taken"
    with pytest.raises(AnotherImportRunning), import_turn(wait=False):
        pass
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with import_turn(wait=False):
        pass
    os.close(said)
    os.close(say)


def test_a_database_in_memory_has_turns_of_its_process():
    first, second = turns._ProcessTurn(), turns._ProcessTurn()
    assert first.take() is None
    assert second.take().since <= timezone.now()
    second.leave()
    first.leave()
    assert second.take() is None
    second.leave()
