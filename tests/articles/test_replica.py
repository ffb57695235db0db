"""When a replica is asked for a page. That it is asked at all is shown by a drill (docs/scale.md)."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from articles import replica
from articles.models import Article
from articles.replica import REPLICA, Router, may_ask, read_from_replica
from tests.config.test_deployment import ROOMS_WITH_COOKIES

requests = RequestFactory()


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (requests.get("/articles/붓/"), True),
        (requests.head("/"), True),
        (requests.post("/"), False),
        (requests.get("/", headers={"Cookie": "anything=1"}), False),
        (requests.get("/articles/붓/comments/"), False),
        (requests.get("/articles/붓/comments/follow/"), False),
        *((requests.get(f"/{room}/x/"), False) for room in ROOMS_WITH_COOKIES),
    ],
)
def test_only_requests_for_what_all_readers_share_may_go_to_a_replica(
    request_: HttpRequest, expected: bool
) -> None:
    assert may_ask(request_) is expected


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> dict[str, object]:
    """What each database answers when it is asked for its changes."""
    answers: dict[str, object] = {"default": (3, 7), REPLICA: (3, 7)}

    def changes(database: str) -> object:
        answer = answers[database]
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(replica, "_changes", changes)
    monkeypatch.setattr(replica, "_away_until", 0.0)
    settings.REPLICA_DATABASE_URL = "postgres://replica/pildam"
    return answers


def asked_database() -> tuple[str | None, str]:
    """Return which databases a page is read from and written to."""
    seen: list[tuple[str | None, str]] = []

    def page(request: HttpRequest) -> HttpResponse:
        seen.append((Router().db_for_read(Article), Router().db_for_write(Article)))
        return HttpResponse()

    read_from_replica(page)(requests.get("/"))
    assert Router().db_for_read(Article) is None
    return seen[0]


def test_a_replica_that_knows_every_change_is_read_and_never_written(
    counts: dict[str, object],
) -> None:
    assert asked_database() == (REPLICA, "default")


@pytest.mark.parametrize("behind", [(2, 7), (2, 6), (0, None)])
def test_a_replica_that_lacks_a_change_is_not_asked(
    counts: dict[str, object], behind: object
) -> None:
    """Even if it knows a later one: transactions commit in another order than they begin."""
    counts[REPLICA] = behind
    assert asked_database() == (None, "default")


def test_a_replica_that_is_away_is_left_alone_for_a_while(counts: dict[str, object]) -> None:
    counts[REPLICA] = OperationalError("gone")
    assert asked_database() == (None, "default")
    counts[REPLICA] = (3, 7)
    assert asked_database() == (None, "default")
