"""A query that is slow is waited for, and a server that answers nobody is not."""

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from config.postgresql import connections
from config.postgresql.connections import alert_connection

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.promise("F5"),
    pytest.mark.skipif("not config.getoption('--postgresql')", reason="Asks a PostgreSQL."),
]


@pytest.fixture
def alert(monkeypatch):
    monkeypatch.setattr(connections, "PATIENCE_SECONDS", 0.05)
    own = ("cursor_factory", "context")
    parameters = {k: v for k, v in connection.get_connection_params().items() if k not in own}
    with alert_connection().connect(**parameters) as alert:
        yield alert


def test_a_slow_query_is_waited_for_while_its_server_answers(alert):
    assert "config.postgresql" in settings.DATABASES["default"]["ENGINE"]
    alert.outage.begin()
    assert alert.execute("SELECT 1 FROM pg_sleep(0.2)").fetchone() == (1,)
    assert not alert.outage.goes_on


def test_a_query_ends_when_its_server_answers_nobody(alert, monkeypatch):
    monkeypatch.setattr(connections, "answers", lambda *address: False)
    with pytest.raises(psycopg.OperationalError, match="no longer answers"):
        alert.execute("SELECT pg_sleep(0.2)")
    assert alert.closed
    assert alert.outage.goes_on
