import pytest

from comments.ranking import SCALE, ratio_score


@pytest.mark.parametrize(
    ("likes", "dislikes", "expected"),
    [(0, 0, 0.0), (0, 9, 0.0), (1, 0, 0.2065), (10, 0, 0.7225), (9, 1, 0.5958), (50, 50, 0.4038)],
)
def test_the_score_is_the_lower_wilson_bound(likes, dislikes, expected):
    assert ratio_score(likes, dislikes) / SCALE == pytest.approx(expected, abs=1e-4)


def test_many_good_votes_rank_above_one():
    assert ratio_score(90, 10) > ratio_score(9, 1) > ratio_score(1, 0)


def test_a_score_fits_the_column():
    assert 0 < ratio_score(10**9, 0) <= SCALE
