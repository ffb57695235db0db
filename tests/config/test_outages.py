"""Of a server that gives no answer one thread asks at a time, and none that just got none."""

import psycopg
import pytest
from django.db.backends.postgresql import base

from config import outages
from config.backing_services import database_settings
from config.outages import Outage
from config.postgresql.base import DatabaseWrapper

pytestmark = pytest.mark.promise("F5")


@pytest.fixture
def clock(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(outages.time, "monotonic", lambda: now[0])
    return now


def test_after_a_pause_one_asks_for_all(clock):
    outage = Outage(pause_seconds=5, trial_seconds=7)
    assert [outage.may_ask(), outage.may_ask()] == [True, True]
    outage.begin()
    assert not outage.may_ask()
    clock[0] += 5
    assert [outage.may_ask(), outage.may_ask()] == [True, False]
    outage.end()
    assert [outage.may_ask(), outage.may_ask()] == [True, True]


def test_whoever_asked_and_was_never_heard_of_again_is_followed_by_another(clock):
    outage = Outage(pause_seconds=5, trial_seconds=7)
    outage.begin()
    for _ in range(2):
        clock[0] += 60
        assert [outage.may_ask(), outage.may_ask()] == [True, False]


def test_nobody_waits_for_a_connection_that_another_has_just_waited_for(monkeypatch, clock):
    database = DatabaseWrapper(
        {"TIME_ZONE": None} | database_settings("postgres://pildam@db.example/pildam"), "other"
    )
    asked = []

    def pool_is_empty(self, parameters):
        asked.append(parameters)
        raise psycopg.OperationalError("couldn't get a connection after 4.00 sec")

    monkeypatch.setattr(base.DatabaseWrapper, "get_new_connection", pool_is_empty)
    for _ in range(3):
        with pytest.raises(psycopg.OperationalError):
            database.get_new_connection({})
    assert len(asked) == 1
