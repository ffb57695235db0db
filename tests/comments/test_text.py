import unicodedata

import pytest

from comments.text import (
    MAX_BODY_BYTES,
    TextError,
    cleaned_body,
    cleaned_name,
    grapheme_count,
)

FAMILY = "👨‍👩‍👧‍👦"


def test_an_emoji_family_is_one_character():
    assert grapheme_count(FAMILY) == 1


def test_a_decomposed_syllable_is_one_character():
    assert grapheme_count(unicodedata.normalize("NFD", "한글")) == 2


def test_4000_families_are_kept_whole():
    assert cleaned_body(FAMILY * 4000) == FAMILY * 4000


@pytest.mark.promise("C4")
@pytest.mark.parametrize("text", ["가" * 4001, FAMILY * 4001, "x" * (MAX_BODY_BYTES + 1)])
def test_a_longer_body_is_refused(text):
    with pytest.raises(TextError, match="4,000자까지"):
        cleaned_body(text)


def test_a_body_is_stored_in_nfc_with_plain_line_ends():
    assert cleaned_body("\r\n" + unicodedata.normalize("NFD", "한글") + "\r\n둘\u2028셋 ") == (
        "한글\n둘\n셋"
    )


@pytest.mark.parametrize(
    "text",
    ["", "  \n\t", "\u3164", "\u200b\u200d", "\u115f\u1160\uffa0", "\u2800", "\u202e \u2066"],
)
def test_a_body_that_nobody_can_see_is_refused(text):
    with pytest.raises(TextError, match="내용을 적어"):
        cleaned_body(text)


@pytest.mark.promise("C4")
@pytest.mark.parametrize("text", ["가\x00나", "가\x08나", "가\x1b[0m", "가\ufffe나", "가\x7f"])
def test_control_characters_are_refused_in_a_body(text):
    with pytest.raises(TextError, match="제어 문자"):
        cleaned_body(text)


def test_letters_buried_under_marks_are_refused():
    with pytest.raises(TextError, match="부호"):
        cleaned_body("e" + "\u0301\u0316" * 40)


@pytest.mark.parametrize(
    "name",
    ["김하늘", "Zoë", "ㅋㅋ", "^^", "영희 👩‍👩‍👧", "하늘❤️", "O'Brien", "산 너머 남촌", "가" * 20],
)
def test_honest_names_pass_unchanged(name):
    assert cleaned_name(name) == name


def test_a_name_is_stored_in_nfc_with_single_spaces():
    assert cleaned_name(unicodedata.normalize("NFD", " 김  하늘 ")) == "김 하늘"


@pytest.mark.promise("C5")
@pytest.mark.parametrize("filler", ["\u3164", "\uffa0", "\u115f", "\u1160", "\u200b", "\u200d"])
def test_invisible_characters_are_no_name(filler):
    with pytest.raises(TextError, match="보이지 않는"):
        cleaned_name(filler)


@pytest.mark.promise("C5")
@pytest.mark.parametrize("hidden", ["\u200b", "\u202e", "\u2066", "\ufeff", "\u00ad", "\u3164"])
def test_invisible_characters_inside_a_name_are_refused(hidden):
    with pytest.raises(TextError, match="보이지 않는"):
        cleaned_name(f"김{hidden}하늘")


@pytest.mark.parametrize("name", ["김\x00하늘", "김\n하늘", "김\x1b하늘"])
def test_control_characters_are_refused_in_a_name(name):
    with pytest.raises(TextError, match="제어 문자"):
        cleaned_name(name)


@pytest.mark.parametrize("name", ["가" * 21, "x" * 1000, FAMILY * 15])
def test_a_longer_name_is_refused(name):
    with pytest.raises(TextError, match="20자까지"):
        cleaned_name(name)


@pytest.mark.parametrize("name", ["", "   ", "\u3000"])
def test_an_empty_name_is_refused(name):
    with pytest.raises(TextError, match="이름을 적어"):
        cleaned_name(name)
