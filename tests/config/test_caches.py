"""What everybody keeps and counts in, whether Redis is there, away, or answers too late."""

import pytest
from django.core.cache import cache, caches
from django.core.cache.backends.locmem import LocMemCache
from redis import TimeoutError as RedisTimeoutError

from config.caches import PAUSE_SECONDS, SLOW_SECONDS


def use():
    """Do with the cache what the site does, and return what it answered."""
    return [
        cache.add("tries", 0, 60),
        cache.add("tries", 5, 60),
        cache.incr("tries"),
        cache.get("tries"),
        cache.set("name", "나그네"),
        cache.get_many(["tries", "name"]),
        cache.touch("name", 60),
        cache.delete("name"),
        cache.get("name", "nobody"),
    ]


ANSWERS = [True, False, 1, 1, None, {"tries": 1, "name": "나그네"}, True, True, "nobody"]


@pytest.fixture
def clock(monkeypatch):
    now = [100.0]
    monkeypatch.setattr("config.caches.time.monotonic", lambda: now[0])
    return now


@pytest.fixture
def shared(monkeypatch, clock):
    """The shared cache: how long it takes for an answer, and how often it was asked for one."""
    made = {"seconds": 0.0, "fails": False, "asked": 0}
    quick = LocMemCache.get

    def get(self, *arguments, **named):
        if self is caches["shared"]:
            made["asked"] += 1
            clock[0] += made["seconds"]
            if made["fails"]:
                raise RedisTimeoutError("Timeout reading from socket")
        return quick(self, *arguments, **named)

    monkeypatch.setattr(LocMemCache, "get", get)
    return made


def test_what_is_kept_is_in_the_shared_cache():
    assert use() == ANSWERS
    assert caches["shared"].get("tries") == 1
    assert caches["process"].get("tries") is None


@pytest.mark.promise("F6")
@pytest.mark.usefixtures("redis_is_away")
def test_the_process_stands_in_while_nobody_listens(caplog):
    assert use() == ANSWERS
    assert caches["process"].get("tries") == 1
    with pytest.raises(ValueError, match="not found"):
        cache.incr("counted-before")
    assert len([r for r in caplog.records if "cache is away" in r.message]) == 1


@pytest.mark.promise("F6")
@pytest.mark.parametrize("trouble", [{"seconds": SLOW_SECONDS + 0.1}, {"fails": True}])
def test_one_that_answers_too_late_is_waited_for_once_and_then_by_one_at_a_time(
    shared, clock, trouble
):
    shared.update(trouble)
    for _ in range(12):
        cache.get("page")
    assert shared["asked"] == 1
    clock[0] += PAUSE_SECONDS
    for _ in range(12):
        cache.get("page")
    assert shared["asked"] == 2


@pytest.mark.promise("F6")
def test_one_that_is_quick_again_is_used_again(shared, clock):
    caches["shared"].set("page", "kept before")
    shared["fails"] = True
    assert cache.get("page") is None
    shared["fails"] = False
    assert cache.get("page") is None
    clock[0] += PAUSE_SECONDS
    assert [cache.get("page"), cache.get("page")] == ["kept before"] * 2


@pytest.mark.django_db
@pytest.mark.usefixtures("redis_is_away")
def test_readyz_still_names_the_cache(client):
    response = client.get("/readyz")
    assert response.status_code == 503
    # As deploy/restart reads it.
    assert b'"failed": ["cache"]' in response.content
