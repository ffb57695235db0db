import pytest

from articles.search import hangul


@pytest.mark.parametrize(
    ("text", "expected"),
    [("첨단기술", "ㅊㄷㄱㅅ"), ("꿈 AI", "ㄲ AI"), ("", "")],
)
def test_initials(text: str, expected: str) -> None:
    assert hangul.initials(text) == expected


@pytest.mark.parametrize(
    ("open_syllable", "word"),
    [("기수", "기술"), ("달", "닭"), ("고", "과학"), ("혁ㅅ", "혁신"), ("갑", "값")],
)
def test_open_syllable_is_beginning_of_word(open_syllable: str, word: str) -> None:
    assert hangul.letters(word).startswith(hangul.letters(open_syllable))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("rltnf", "기술"),
        ("ekfrrhk", "닭과"),
        ("gurtls wjsfir", "혁신 전략"),
        ("Rkcl", "까치"),
        ("hello", ""),
        ("기술", "기술"),
        ("", ""),
        ("123", ""),
    ],
)
def test_hangul_typed_in_english(typed: str, meant: str) -> None:
    assert hangul.typed_in_english(typed) == meant


def test_only_consonants_are_initials() -> None:
    assert hangul.are_initials("ㄱㅅ")
    assert not hangul.are_initials("ㄱㅏ")
    assert not hangul.are_initials("ㄳ")
    assert not hangul.are_initials("기ㅅ")


@pytest.mark.parametrize(
    ("word", "particle"), [("혁신", "을"), ("역사", "를"), ("AI", "을(를)"), ("", "을(를)")]
)
def test_particle_follows_final_consonant(word: str, particle: str) -> None:
    assert hangul.object_particle(word) == particle
