import pytest

from articles.reading_time import reading_minutes


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("", 1),
        ("가" * 500, 1),
        ("가" * 501, 2),
        ("가" * 3000, 6),
        ("word " * 400, 2),
        ("가" * 250 + " word" * 100, 1),
        ("가" * 250 + " word" * 101, 2),
    ],
)
def test_hangul_by_the_syllable_and_latin_by_the_word(text: str, minutes: int) -> None:
    assert reading_minutes(text) == minutes


def test_spaces_and_punctuation_take_no_time() -> None:
    assert reading_minutes("가 , . " * 500) == 1
