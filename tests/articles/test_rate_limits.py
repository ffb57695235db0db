from unittest.mock import patch

import pytest
from django.core.cache import cache

from articles.rate_limits import Limit
from tests.builders import make_article
from tests.comments.builders import post_comment

LIMIT = Limit("test", allowed=3, seconds=60)


def test_tries_are_allowed_up_to_the_limit():
    assert [LIMIT.hit("192.0.2.1") for _ in range(3)] == [0, 0, 0]


def test_the_next_try_must_wait_for_the_window_to_close():
    for _ in range(3):
        LIMIT.hit("192.0.2.1")
    assert 0 < LIMIT.hit("192.0.2.1") <= 60


def test_others_are_not_affected():
    for _ in range(4):
        LIMIT.hit("192.0.2.1")
    assert LIMIT.hit("192.0.2.2") == 0


def test_waiting_does_not_grow_with_further_tries():
    with patch("articles.rate_limits.time.time", return_value=1000.0):
        for _ in range(4):
            LIMIT.hit("192.0.2.1")
    with patch("articles.rate_limits.time.time", return_value=1040.0):
        assert LIMIT.hit("192.0.2.1") == 20


def test_forgiven_tries_do_not_count():
    for _ in range(4):
        LIMIT.hit(7, "192.0.2.1")
    LIMIT.forgive(7, "192.0.2.1")
    assert LIMIT.hit(7, "192.0.2.1") == 0


def test_a_window_that_closes_between_two_calls_is_opened_again():
    with patch.object(cache, "incr", side_effect=ValueError):
        assert LIMIT.hit("192.0.2.1") == 0


def test_the_cache_is_told_no_address():
    with patch.object(cache, "add", wraps=cache.add) as add:
        LIMIT.hit("192.0.2.1")
    assert all("192.0.2.1" not in call.args[0] for call in add.call_args_list)


def test_a_flood_of_others_does_not_reset_a_limit():
    limit = Limit("flood", allowed=1, seconds=60)
    limit.hit("나그네")
    for number in range(1_000):
        limit.hit(number)
    assert limit.hit("나그네")


@pytest.mark.usefixtures("redis_is_away")
def test_tries_are_counted_while_redis_is_away():
    assert [LIMIT.hit("192.0.2.1") > 0 for _ in range(4)] == [False, False, False, True]
    LIMIT.forgive("192.0.2.1")
    assert LIMIT.hit("192.0.2.1") == 0


@pytest.mark.promise("F6")
@pytest.mark.django_db
@pytest.mark.usefixtures("redis_is_away")
def test_readers_write_while_redis_is_away(client):
    article = make_article()
    assert post_comment(client, article).status_code == 303
    assert article.comments.visible().count() == 1
