import pytest
from django.core.cache import cache, caches


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


def test_what_is_kept_is_in_the_shared_cache():
    assert use() == ANSWERS
    assert caches["shared"].get("tries") == 1
    assert caches["process"].get("tries") is None


@pytest.mark.usefixtures("redis_is_away")
def test_the_process_stands_in_while_nobody_listens():
    assert use() == ANSWERS
    assert caches["process"].get("tries") == 1


@pytest.mark.usefixtures("redis_is_away")
def test_what_was_counted_before_is_counted_anew():
    with pytest.raises(ValueError, match="not found"):
        cache.incr("nothing")


@pytest.mark.usefixtures("redis_is_away")
def test_a_cache_that_failed_is_left_alone_for_a_while(caplog):
    use()
    use()
    assert len([r for r in caplog.records if "cache is away" in r.message]) == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("redis_is_away")
def test_readyz_still_names_the_cache(client):
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["failed"] == ["cache"]
