"""What pages that nobody had seen showed: each sample is one trap, in the smallest page that has it."""

import pytest

from articles.importing.documents import ImportedArticle
from articles.importing.pages.people import named_people
from articles.importing.pages.titles import without_site
from articles.importing.parsing import parse

FIRST = "물이 끓기까지 칠 분이 걸린다. 그동안 나는 창을 열고 마당의 감나무를 오래 바라본다."
SECOND = "면을 넣으면 거품이 오른다. 찬물을 한 컵 붓고 다시 기다리는 동안 아이가 문을 두드린다."
LAST = "그릇 둘을 꺼내 놓고 나서야 오늘이 토요일이라는 것을 알았다. 국물은 어제보다 맑았다."


def read(head: str, body: str) -> ImportedArticle:
    page = f'<html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
    return parse(page.encode(), "essay.html")


def post(text: str = "") -> str:
    return f'<div class="entry-content"><p>{FIRST}</p>{text}<p>{SECOND}</p><p>{LAST}</p></div>'


def of_text(*lines: str) -> ImportedArticle:
    return parse("\n\n".join([*lines, FIRST, SECOND, LAST]).encode(), "essay.txt")


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ("타임톡 4", []),
        ("2014 at 9:00a", []),
        ("lefigaro.fr", []),
        ("Bryan Lee Tuesday", ["Bryan Lee"]),
        ("END", []),
        ("1", []),
        ("김서영 기자", ["김서영"]),
    ],
)
def test_what_is_nobodys_name(given: str, names: list[str]) -> None:
    assert named_people(given) == names


def test_heading_that_is_the_sites_name_is_no_title() -> None:
    headings = ["강물통신", "첫 새순…주민들 봄 맞이"]
    assert without_site("첫 새순…주민들 봄 맞이 | 강물통신", ["강물통신"], headings) == headings[1]


def test_dek_is_no_path_above_the_title_and_no_repeated_title() -> None:
    head = '<title>국수를 삶는 동안</title><meta name="description" content="국수를 삶는 동안, 이서린, 부엌">'
    path = '<div class="subhead"><a>부엌</a><a>국물</a></div><h1>국수를 삶는 동안</h1>'
    assert read(head, path + post()).dek == ""
    below = '<div class="tit-sub"><strong>칠 분 동안 보이는 것들</strong></div>'
    assert read(head, path + below + post()).dek == "칠 분 동안 보이는 것들"


def test_tags_are_of_the_article_and_not_of_the_site() -> None:
    head = '<title>국수를 삶는 동안</title><meta name="keywords" content="뉴스,정치,경제,사회,국제,문화">'
    tags = "<ul><li><a>#국수</a></li><li><a>#여름</a></li></ul>"
    assert read(head, "<h1>국수를 삶는 동안</h1>" + post() + tags).tags == ("국수", "여름")


def test_footnotes_of_blogs_stay_footnotes() -> None:
    text = (
        '<p>국물을 붓는다.<sup id="r1"><a href="#n1">1</a></sup></p>'
        '<ol class="footnotes"><li id="n1">멸치와 다시마. <a href="#r1">↩</a></li></ol>'
    )
    body = read("<title>국수</title>", "<h1>국수</h1>" + post(text)).body
    assert "국물을 붓는다.[^1]" in body
    assert body.endswith("[^1]: 멸치와 다시마.")


def test_heading_with_a_shortened_class_and_question_in_bold() -> None:
    text = '<h2 class="ir">■ 면을 넣는 순서</h2><p>소금은 넣지 않는다.</p><p><b>-왜 그런가?</b></p>'
    body = read("<title>국수</title>", "<h1>국수</h1>" + post(text)).body
    assert "면을 넣는 순서" in body
    assert "\n\n**-왜 그런가?**\n\n" in body


def test_first_row_over_numbers_is_the_head_of_its_table() -> None:
    rows = "<tr><td>면</td><td>끓는 시간</td></tr><tr><td>소면</td><td>3분</td></tr>"
    body = read("<title>국수</title>", "<h1>국수</h1>" + post(f"<table>{rows}</table>")).body
    assert "| 면 | 끓는 시간 |\n| --- | --- |\n| 소면 | 3분 |" in body


def test_text_title_stands_above_its_subtitles_and_buttons() -> None:
    article = of_text(
        "느린 부엌",
        "겨울에 국수를 삶는 일",
        "할머니의 냄비와 남은 다시마\n그리고 칠 분의 기다림",
        "이서린 기자",
        "입력 :\n2024-03-09 21:14",
        "공유댓글3글자크기조정인쇄",
        "삶은 국수를 건지고 있다. 이서린 기자 lee@example.com",
    )
    assert article.title == "겨울에 국수를 삶는 일"
    assert article.dek == "할머니의 냄비와 남은 다시마 그리고 칠 분의 기다림"
    assert article.authors == ("이서린",)
    assert article.published_at is not None
    assert article.published_at.hour == 21
    assert article.body == "\n\n".join([FIRST, SECOND, LAST])


def test_text_ends_above_comments_and_imprint_and_keeps_rules() -> None:
    page = [
        "국수를 삶는 동안",
        "2024.03.09 21:14",
        FIRST,
        "* * *",
        SECOND + "1",
        LAST,
        "3개의 댓글이 있습니다.",
        "1 다른 글의 제목이다",
        "회사소개 이용약관 개인정보처리방침 고객센터",
    ]
    body = parse("\n\n".join(page).encode(), "essay.txt").body
    assert body.replace("\\", "") == "\n\n".join([FIRST, "* * *", SECOND + "1", LAST])
