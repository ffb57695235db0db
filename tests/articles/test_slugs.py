import pytest

from articles.slugs import make_slug, mended_slug, unique_slug


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("테크노 자본주의", "테크노-자본주의"),
        ("2.  테크노 자본주의", "2-테크노-자본주의"),
        ("Open AI, 그리고…", "open-ai-그리고"),
        ("ㅋㅋㅋ", "ㅋㅋㅋ"),
        ("1·2월", "1-2월"),
        ("snake_case__이름", "snake-case-이름"),
        ("😀🎉", ""),
        ("  -- ", ""),
        ("\u1112\u1161\u11ab글", "한글"),
    ],
)
def test_slug_of_a_title(title: str, expected: str) -> None:
    assert make_slug(title) == expected


def test_long_title_is_cut_between_words() -> None:
    assert make_slug("가나다 라마바 사아자", max_length=8) == "가나다-라마바"


def test_title_is_not_cut_when_a_word_just_fits() -> None:
    assert make_slug("가나다 라마바 사아자", max_length=7) == "가나다-라마바"


def test_one_endless_word_is_cut_anyway() -> None:
    assert make_slug("가" * 200) == "가" * 60


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("snake_case--이름", "snake_case--이름"),
        ("-앞뒤-", "-앞뒤-"),
        ("Node.js", "node-js"),
        ("c++", "c"),
        ("a b/c?d#e", "a-b-c-d-e"),
        ("..", ""),
        ("가" * 101, "가" * 100),
        ("\u1112\u1161\u11ab글", "한글"),
    ],
)
def test_slug_that_another_blog_chose(written: str, expected: str) -> None:
    assert mended_slug(written) == expected


def test_unique_slug_counts_up_from_two() -> None:
    assert unique_slug("결론", {"결론", "결론-2"}.__contains__) == "결론-3"


def test_unique_slug_leaves_a_free_base_alone() -> None:
    assert unique_slug("결론", set[str]().__contains__) == "결론"


def test_empty_slug_gets_a_name() -> None:
    assert unique_slug("", {"글"}.__contains__) == "글-2"
