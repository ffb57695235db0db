"""Guessing what an address that does not exist was meant to be."""

import pytest

from articles.address_guesses import Candidate, best_guesses, sounds, words_of

pytestmark = pytest.mark.any_engine

PAGES = [
    Candidate(title, (sounds(title),))
    for title in (
        "붓을 건네는 시간",
        "전력망은 기다림을 나눈다",
        "퇴직연금의 시계",
        "병합 버튼 앞에서",
        "강을 건너는 다리: 한 도시가 백 년 동안 미룬 약속",
    )
]


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/articles/붓을-건내는-시간/", "붓을 건네는 시간"),
        ("/2025/07/04/전력망은-기다림을.html", "전력망은 기다림을 나눈다"),
        ("/퇴직-연금-시계", "퇴직연금의 시계"),
        ("/강을-건너는-다리/", "강을 건너는 다리: 한 도시가 백 년 동안 미룬 약속"),
    ],
)
def test_a_slip_is_understood(path: str, title: str) -> None:
    assert best_guesses(path, PAGES)[0].page == title


@pytest.mark.parametrize("path", ["/", "/2025/07/", "/articles/오래된-책장/", "/about-us/"])
def test_nothing_is_guessed_from_nothing(path: str) -> None:
    assert best_guesses(path, PAGES) == []


def test_the_name_of_a_page_is_its_last_part_with_words() -> None:
    assert words_of("/blog/2025/07/04/옛-글_하나.html/12/") == "옛 글 하나"
