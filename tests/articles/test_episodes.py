import pytest

from articles.episodes import neighbours
from tests.builders import make_article, make_draft, make_series

pytestmark = pytest.mark.django_db


def test_neighbours_skip_what_readers_may_not_see():
    series = make_series()
    first = make_article("1화", series=series, episode=1)
    make_draft("2화", series=series, episode=2)
    third = make_article("3화", series=series, episode=3)
    assert neighbours(first).next == third
    assert neighbours(third).previous == first
    assert neighbours(third).next is None
    assert (neighbours(third).place, neighbours(third).episode_count) == (2, 2)


def test_ten_comes_after_nine_among_thirty_five():
    series = make_series()
    episodes = {n: make_article(f"{n}화", series=series, episode=n) for n in range(35, 0, -1)}
    assert neighbours(episodes[9]).next == episodes[10]
    assert neighbours(episodes[10]).previous == episodes[9]


def test_an_article_outside_a_series_has_none(django_assert_num_queries):
    article = make_article()
    with django_assert_num_queries(0):
        assert neighbours(article) is None
