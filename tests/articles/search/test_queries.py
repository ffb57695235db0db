"""How questions are understood; the analyser is loaded once for all of these."""

import unicodedata
from hashlib import md5

import pytest

from articles.search import expressions
from articles.search.queries import phrase_of, understood


def phrases(text: str) -> list[tuple[str, ...]]:
    return [unit.phrases[0] for unit in understood(text).units]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("역사를", [("역사",)]),
        ("한국역사", [("한국", "역사")]),
        ("혁신은", [("혁신",)]),
        ("챗 GPT", [("챗",), ("gpt",)]),
        ("챗GPT의", [("챗", "gpt")]),
        ("K-테크", [("k", "테크")]),
        ("기다리는 사람들", [("기다리다",), ("사람",)]),
        ("C++", [("c", "pp")]),
        ("#인공지능", [("인공", "지능")]),
        ("‘기술’을", [("기술",)]),
        ('"벤처 투자" 시대', [("벤처", "투자"), ("시대",)]),
        ("AND OR NOT", [("and",), ("or",), ("not",)]),
        ("經濟", [("經濟",)]),
        ("3.5%", [("3", "5")]),
    ],
)
def test_words_become_tokens(asked: str, expected: list[tuple[str, ...]]) -> None:
    assert phrases(asked) == expected


def test_nfd_asks_what_nfc_asks() -> None:
    assert understood(unicodedata.normalize("NFD", "한국역사를 배우다")) == understood(
        "한국역사를 배우다"
    )


def test_long_noun_is_found_divided_and_in_pieces() -> None:
    (unit,) = understood("반도체").units
    assert unit.grams == ("g반도", "g도체")
    (unit,) = understood("인공지능").units
    assert ("인공지능",) in unit.phrases


def test_compound_is_found_however_a_lone_syllable_is_divided_from_it() -> None:
    road, cat = understood("길 고양이").units
    assert ("길고양이",) in road.phrases
    assert ("길고양이",) in cat.phrases


def test_initials_ask_for_titles() -> None:
    assert understood("ㅊㄷ ㄱㅅ").initials == ("ㅊㄷ", "ㄱㅅ")
    assert not understood("ㄱ")


@pytest.mark.parametrize(
    "asked",
    [
        "가" * 1000,
        "역사 " * 500,
        "NEAR(a b, 3) ^역사* title_tokens:x {a b}: + -",
        "'; DROP TABLE articles_article; --",
        '"',
        '""',
        "“”『』",
        "()&|!:*<->\\",
        "\x00역사\x00",
        "\ud800",
        "🐼👨‍👩‍👧",
        "ㅏ",
        "ㅋㅋㅋ ㅎ",
        "…!?.,·",
        "%_%",
        "İstanbul ß ﬁ",
        "\u1112\u1161",
        "_",
        "g끝",
        "" * 3,
    ],
)
def test_hostile_question_is_understood_as_something(asked: str) -> None:
    query = understood(asked)
    assert len(query.units) <= 8
    if query:
        for written in (expressions.fts5(query), expressions.tsquery(query)):
            assert written
            # Outside of quotes stands nothing that was asked.
            inside = written.split('"' if written.startswith("{") else "'")[1::2]
            assert all(part.replace(" ", "").isalnum() for part in inside)


def test_synonyms_widen_a_word() -> None:
    synonyms = {("오픈", "ai"): [("openai",)], ("openai",): [("오픈", "ai")]}
    (unit,) = understood("OpenAI가", synonyms).units
    assert unit.phrases[:2] == (("openai",), ("오픈", "ai"))
    (unit, other) = understood("오픈 AI 전략", synonyms).units
    assert unit.phrases == (("오픈", "ai"), ("openai",))
    assert other.written == "전략"


def test_phrase_of_a_name() -> None:
    assert phrase_of("오픈AI") == ("오픈", "ai")
    assert phrase_of("아이") == ("아이",)
    assert phrase_of("!?") == ()


def test_expressions_quote_every_term() -> None:
    query = understood("역사 AND")
    assert expressions.fts5(query) == (
        '{title_tokens body_tokens gram_tokens} : (("역사" OR ("g역사")) AND ("and"))'
    )
    assert expressions.fts5(query, title_only=True).startswith("{title_tokens} : ")
    assert expressions.tsquery(query) == "(('역사') | (('g역사'))) & (('and'))"
    assert expressions.tsquery(understood("ㄱㅅ")) == "('ㄱㅅ':*)"
    pair = "'g쌍" + md5("인공 지능".encode(), usedforsecurity=False).hexdigest()[:4] + "'"
    apart = expressions.tsquery(understood('"인공 지능"'), in_order=False)
    assert apart == f"(('인공' & '지능' & {pair}))"
