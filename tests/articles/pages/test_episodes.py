from articles.pages.episodes import Neighbours, neighbours
from articles.pages.steps import Step

EPISODES = [
    Step(pk, number, f"{number}화", f"{number}화") for pk, number in ((8, 10), (9, 1), (3, 9))
]
FIRST, NINTH, TENTH = EPISODES[1], EPISODES[2], EPISODES[0]


def test_ten_comes_after_nine_and_the_first_after_none() -> None:
    assert neighbours(NINTH.pk, EPISODES) == Neighbours(FIRST, TENTH, place=2, episode_count=3)
    assert neighbours(TENTH.pk, EPISODES) == Neighbours(NINTH, None, place=3, episode_count=3)
    assert neighbours(FIRST.pk, EPISODES) == Neighbours(None, NINTH, place=1, episode_count=3)


def test_what_is_not_among_the_episodes_has_none() -> None:
    assert neighbours(1, EPISODES) is None
