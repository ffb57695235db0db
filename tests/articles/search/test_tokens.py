import pytest

from articles.search.morphemes import morphemes_of, morphemes_of_each
from articles.search.tokens import Tokens, grams, prepared, title_keys, tokens_of


def tokens(text: str) -> Tokens:
    text = prepared(text)
    return tokens_of(text, morphemes_of(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("첨단기술의 산업화 전략", ["첨단", "기술", "산업", "화", "전략"]),
        ("사람들이 빨리 걸었다", ["사람", "빨리", "걷다"]),
        ("2025년 GPT-4", ["2025", "년", "gpt", "4"]),
        ("1만 원을", ["1", "만", "원"]),
        ("할 수 있는 것이다", []),
    ],
)
def test_particles_and_empty_words_are_left_out(text: str, words: list[str]) -> None:
    assert tokens(text).words == words


def test_unknown_words_are_cut_into_pieces() -> None:
    assert "g지눙" in tokens("인공지눙").grams
    # Taken for 합 and a particle, as an analyser may.
    assert tokens("자판이라는 합의").grams in ([], ["g합의"])


def test_nouns_are_known_words() -> None:
    assert {"첨단", "기술", "ai"} <= tokens("첨단기술과 AI").nouns


def test_grams_stay_within_hangul() -> None:
    assert list(grams("반도체ai칩")) == ["g반도", "g도체"]


def test_title_is_found_by_letters_and_initials() -> None:
    keys = title_keys("k-테크 합의")
    assert "ㅎㅏㅂㅇㅡㅣ" in keys
    assert "ㅌㅋㅎㅇ" in keys


def test_endless_text_is_cut() -> None:
    long = tokens("기술 " * 150_000)
    assert len(long.words) == 12_000


def test_texts_that_are_analysed_at_once_are_read_as_one_by_one() -> None:
    texts = ["첨단기술의 산업화 전략", "", "사람들이 빨리 걸었다"]
    assert list(morphemes_of_each(texts)) == [morphemes_of(text) for text in texts]
