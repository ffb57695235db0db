import pytest

from articles.importing.bylines import read_byline, without_dateline, without_signature


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("by 달그림자", ("달그림자",)),
        ("한들 기자 handul@example.com", ("한들",)),
        ("[한빛일보 한들 기자]", ("한들",)),
        ("한들·가람 기자", ("한들", "가람")),
        ("글 홍서윤", ("홍서윤",)),
        ("작성자 봄봄", ("봄봄",)),
        ("김서윤 들꽃대 교수", ("김서윤",)),
        ("봄이네 ・ 2025. 4. 5. 21:14", ("봄이네",)),
        ("handul@example.com", ()),
        ("by한들Jun 02. 2024", ("한들",)),
        ("글쓴이 한들 / 2025년 10월 30일 / 댓글 남기기 / 읽는 데 5분", ("한들",)),
        ("발행일 : 2025-08-22 16:00 지면 : 2025-08-25 26면", ()),
        ("김한들 한빛반도체 전무 h@example.com", ("김한들",)),
        ("차가람(garam)", ("차가람",)),
        ("한들 기자 기자 구독", ("한들",)),
        ("words 한들", ("한들",)),
        ("한가람 | 들꽃대 국문과 교수", ("한가람",)),
        ("컴퓨팅입력 :2025/03/04 09:12 수정: 2025/03/04 10:01", ()),
        ("한나래 들녘경제 기자 n@example.com", ("한나래",)),
        ("25.08.24 15:12 l 최종 업데이트 25.08.24 15:12 l", ()),
    ],
)
def test_lines_about_the_author_are_bylines(line: str, authors: tuple[str, ...]) -> None:
    byline = read_byline(line)
    assert byline is not None
    assert byline.authors == authors


@pytest.mark.parametrize(
    "line",
    [
        "글 쓰는 마음",
        "글의 힘",
        "첫 기자 회견의 기억",
        "승인",
        "입력 방식의 변화",
        "인공지능 연구원",
    ],
)
def test_phrases_that_look_alike_are_not(line: str) -> None:
    assert read_byline(line) is None


def test_publication_beats_revision() -> None:
    byline = read_byline("수정 2025.03.03 10:00 | 입력 2025.03.02 18:00 | 조회 120")
    assert byline is not None
    assert byline.labelled
    assert byline.published_at is not None
    assert byline.published_at.isoformat() == "2025-03-02T18:00:00+09:00"


@pytest.mark.parametrize(
    ("paragraph", "rest", "names"),
    [
        ("[서울=한빛통신] 한들 기자 = 비가 왔다.", "비가 왔다.", ["한들"]),
        ("[한빛일보 한들 기자] 비가 왔다.", "비가 왔다.", ["한들"]),
        ("【춘천=강시스】한들 기자 = 비가 왔다.", "비가 왔다.", ["한들"]),
        ("[강포투=한들] 비가 왔다.", "비가 왔다.", ["한들"]),
        ("강릉=한들 기자 = 비가 왔다.", "비가 왔다.", ["한들"]),
        ("(중략) 비가 왔다.", "(중략) 비가 왔다.", []),
    ],
)
def test_datelines_are_cut_off(paragraph: str, rest: str, names: list[str]) -> None:
    assert without_dateline(paragraph) == (rest, names)


def test_an_address_after_the_last_sentence_is_cut_off() -> None:
    assert without_signature("비가 왔다. 한들 기자 h@example.com") == ("비가 왔다.", ["한들"])
    assert without_signature("비가 왔다. 한들 기자") == ("비가 왔다.", ["한들"])
    assert without_signature("강 뉴스 한들입니다.")[1] == []
    assert without_signature("KBC 뉴스 한들입니다.") == ("KBC 뉴스 한들입니다.", ["한들"])
    assert without_signature("문의는 h@example.com") == ("문의는 h@example.com", [])
