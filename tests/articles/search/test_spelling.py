import pytest

from articles.search.queries import understood
from articles.search.spelling import Vocabulary, readings

KNOWN = Vocabulary(
    [
        "혁신",
        "역사",
        "기술",
        "전략",
        "전락",
        "산업",
        "첨단",
        "벤처",
        "투자",
        "인공",
        "지능",
        "인공지능",
        "첨단기술",
        "산업화",
        "openai",
        "반도체",
    ]
)


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("혁쉰", "혁신"),
        ("인공지눙", "인공지능"),
        ("반도채", "반도체"),
        ("opnai", "openai"),
        ("기슐은", "기술"),
        ("rltnf", "기술"),
        ("혁쉰 전략", "혁신 전략"),
        ("벤처투자", "벤처 투자"),
    ],
)
def test_slip_is_read_as_what_was_meant(asked: str, meant: str) -> None:
    assert readings(understood(asked), KNOWN)[0] == meant


def test_known_word_may_be_a_slip_too() -> None:
    assert "첨단기술의 산업화 전략" in readings(understood("첨단기술의 산업화 전락"), KNOWN)


@pytest.mark.parametrize("asked", ["전혀다른말이다", "가", "www", "🐼", ""])
def test_nothing_near_is_nothing_meant(asked: str) -> None:
    assert readings(understood(asked), KNOWN) == []


def test_empty_vocabulary_knows_nothing() -> None:
    assert readings(understood("혁쉰"), Vocabulary(())) == []
