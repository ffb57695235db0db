import time

import pytest

from articles.search.queries import understood
from articles.search.snippets import LENGTH, Piece, marked, snippet

TEXT = (
    "기계는 기다림을 모른다. 사람은 기다린다는 것을 배운다. 산업의 혁신과 벤처 투자, 챗 GPT를 말한다. "
    "한국역사를 공부하는 사람은 합의를 안다. 오픈AI의 K-테크 이야기. 손톱을 깎는 손은 아직 서툴다. "
    "R&D 예산을 돕는 길을 걸으며 걸상을 본다. "
)


def marks(text: str, asked: str) -> list[str]:
    return [piece.text for piece in marked(text, understood(asked)) if piece.is_marked]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("혁신", ["혁신과"]),
        ("혁신은", ["혁신과"]),
        ("벤처투자", ["벤처 투자"]),
        ("챗GPT", ["챗 GPT를"]),
        ("역사", ["역사를"]),
        ("혁신벤처", ["혁신과 벤처"]),
        ("k-테크", ["K-테크"]),
        ("오픈 ai", ["오픈AI의"]),
        ("손", ["손은"]),
        ("기다리다", ["기다림을", "기다린다는"]),
        ("걷다", ["걸으며"]),
        ("도왔다", ["돕는"]),
        ("r&d예산", ["R&D 예산을"]),
        ("ㅎㄱㅇㅅ", ["한국역사"]),
        ("없는 말", []),
    ],
)
def test_mark_goes_on_over_particles(asked: str, expected: list[str]) -> None:
    assert marks(TEXT, asked) == expected


def test_nothing_is_lost_or_added() -> None:
    assert "".join(piece.text for piece in marked(TEXT, understood("역사 사람"))) == TEXT


def test_snippet_shows_where_the_words_are() -> None:
    pieces = snippet("앞말이다. " * 200 + TEXT + "뒷말이다. " * 200, understood("혁신 벤처"))
    assert Piece("혁신과", True) in pieces
    assert pieces[0] == Piece("… ", False)
    assert pieces[-1] == Piece(" …", False)
    assert len("".join(piece.text for piece in pieces)) <= LENGTH + 4


def test_snippet_without_words_is_the_beginning() -> None:
    assert snippet("짧은 글이다.", understood("없는 말")) == [Piece("짧은 글이다.", False)]
    assert snippet("", understood("역사")) == []


@pytest.mark.parametrize(
    "text", ["가" * 100_000, "역사" * 50_000, "a " * 50_000, "역 사 " * 30_000]
)
def test_hostile_text_ends_soon(text: str) -> None:
    started = time.process_time()
    snippet(text, understood("역사 사람 a 가 역사역사 가가가가"))
    assert time.process_time() - started < 5
