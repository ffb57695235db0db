"""Pages of Korean platforms: made-up posts in the markup that the platforms write."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from articles.importing.dates import KST
from articles.importing.documents import ImportedArticle, ImportFailure
from articles.importing.html_source import parse_page

_SAMPLES = Path(__file__).parent / "platforms"


def read(name: str) -> ImportedArticle:
    return parse_page((_SAMPLES / f"{name}.html").read_bytes(), f"{name}.html")


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        (
            "tistory",
            {
                "title": "염전에서 보낸 이레",
                "authors": ("한바다",),
                "category": "갯벌/소금밭",
                "tags": ("염전", "서해"),
                "published_at": datetime(2025, 10, 17, 17, 38, 48, tzinfo=KST),
                "canonical_url": "https://salt-notebook.tistory.com/48",
                "old_paths": ("/48",),
                "warnings": (),
            },
        ),
        (
            "tistory_old",
            {
                "title": "등대지기의 책장",
                "authors": ("섬지기",),
                "category": "책",
                "tags": ("섬",),
                "published_at": datetime(2014, 3, 9, 21, 5, 11, tzinfo=KST),
            },
        ),
        (
            "tistory_backup",
            {
                "title": "우물을 다시 열다",
                "category": "마을/오래된 것",
                "tags": ("우물", "마을", "복원"),
                "published_at": datetime(2022, 4, 3, 22, 57, 6, tzinfo=KST),
            },
        ),
        (
            "naver_mobile",
            {
                "title": "간이역에 내린 오후",
                "dek": "",
                "authors": ("완행",),
                "category": "기차 여행",
                "tags": ("간이역", "기차여행"),
                "published_at": datetime(2024, 7, 14, 9, 31, tzinfo=KST),
                "canonical_url": "https://blog.naver.com/slowtrain/223000000001",
                "lead_image": "",
            },
        ),
        (
            "naver_editor3",
            {
                "title": "옥상의 비둘기",
                "authors": ("옥탑",),
                "category": "옥상 일기",
                "published_at": datetime(2018, 11, 24, 15, 3, tzinfo=KST),
            },
        ),
        (
            "naver_editor2",
            {
                "title": "우표를 붙이는 일",
                "authors": ("우표상자",),
                "category": "편지",
                "published_at": None,
            },
        ),
        (
            "brunch",
            {
                "title": "밤에만 여는 세탁소",
                "dek": "빨래는 새벽에 마른다",
                "authors": ("달빨래",),
                "tags": ("밤", "세탁"),
                "series": "밤의 골목들",
                "episode": 4,
                "published_at": datetime(2025, 10, 10, 7, 30, 2, tzinfo=KST),
                "guessed": frozenset(),
            },
        ),
        (
            "velog",
            {
                "title": "작은 큐를 직접 만들기",
                "authors": ("tinyqueue",),
                "tags": ("python", "자료구조"),
                "series": "작은 것들",
                "episode": 2,
                "published_at": datetime(2023, 5, 16, 23, 34, 50, 51000, tzinfo=UTC),
            },
        ),
    ],
)
def test_facts(name: str, facts: dict[str, object]) -> None:
    article = read(name)

    assert {field: getattr(article, field) for field in facts} == facts


@pytest.mark.parametrize(
    ("name", "blocks"),
    [
        (
            "tistory",
            [
                "염전의 하루는 바람을 보는 일로 시작한다. **북서풍**이 불면 물을 가둔다.",
                "## 첫째 날, 물길",
                '![](https://blog.kakaocdn.net/dn/aa1/bb1/cc1/img.png "해가 뜨기 전의 소금밭")',
                "저수지에서 증발지까지 물은 사흘을 걷는다.",
                "> 소금은 사람이 내는 것이 아니라 바람이 낸다.",
                "### 도구",
                "- 대파\n- 수차",
                "![](https://blog.kakaocdn.net/dn/dd2/ee2/ff2/img.jpg)",
                '![](https://blog.kakaocdn.net/dn/gg3/hh3/ii3/img.jpg "대파와 수차")',
                "* * *",
                '```python\nwind = "NW"\nprint(wind)\n```',
                "[천일염 연보](https://example.com/salt)",
                "<https://www.youtube.com/watch?v=abcdefghijk>",
                "물꼬를 여는 영상",
                "[염도 기록.xlsx](https://blog.kakaocdn.net/dn/k/l/m/record.xlsx?attach=1&knm=tfile.xlsx)",
                "접어 둔 이야기도 본문이다.",
                "| 날짜 | 염도 |\n| --- | --- |\n| 첫날 | 3.1 |",
                "이레째 아침에 첫 소금이 왔다.",
            ],
        ),
        (
            "tistory_old",
            [
                "섬에는 책이 늦게 왔다.",
                '![](http://cfile1.uf.tistory.com/image/111AAA "왼쪽 책장")',
                "![](http://cfile2.uf.tistory.com/image/222BBB)",
                '![](http://cfile3.uf.tistory.com/image/333CCC "등대의 계단")',
                "> 빌린 책은 다음 배로 보낸다.",
                "그래서 그는 편지를 더 오래 읽었다.",
            ],
        ),
        (
            "tistory_backup",
            ["뚜껑을 연 것은 열두 해 만이었다.", "![](./img/well.jpg)", "물은 여전히 맑았다."],
        ),
        (
            "naver_mobile",
            [
                "열차는 두 칸이었다. **첫 칸**에는 나뿐이었다.",
                "역무원은 손을 흔들었다.",
                "- 표 한 장\n- 귤 두 개",
                "## 대합실",
                '![](https://mblogthumb-phinf.pstatic.net/MjAy/MDAx.b.JPEG/hall.jpg?type=w966 "나무 의자 넷")',
                "![](https://postfiles.pstatic.net/A/1.jpg?type=w966)",
                "![](https://postfiles.pstatic.net/A/2.jpg?type=w966)",
                "> 내리는 사람이 있으면 역이다.\n>\n> — 역무 일지",
                "* * *",
                "[완행 시간표](https://example.com/timetable)",
                "<https://www.youtube.com/watch?v=abcdefghijk>",
                "[느림역](https://map.naver.com/p/entry/place/13491802), 강 건너 길 1",
                "|  |  |\n| --- | --- |\n| 시각 | 방향 |\n| 9시 | 북쪽 |",
                "```javascript\nconst stop = 1;\nstop + 1;\n```",
                "막차가 오기 전에 나는 걸었다.",
            ],
        ),
        (
            "naver_editor3",
            [
                "비둘기는 늘 둘이 왔다.  \n하나는 절룩였다.",
                "## 첫째 해",
                '![](https://postfiles.pstatic.net/B/roof.jpg?type=w966 "난간")',
                "## 둘째 해",
                "그해에는 셋이 왔다.",
                "[새를 보는 법](https://example.com/birds)",
            ],
        ),
        (
            "naver_editor2",
            [
                "우표는 침으로 붙였다.",
                "![](https://mblogthumb-phinf.pstatic.net/MjAx/MDAx.c.PNG.s/1.png?type=w966)",
                "지금은 풀이 필요 없다.",
                "[우표의 역사](https://example.com/stamp)",
            ],
        ),
        (
            "brunch",
            [
                "골목 끝에 불이 켜지는 것은 **열한 시**였다.",
                "## 첫 손님",
                '![](https://t1.daumcdn.net/brunch/service/user/9zz/image/drum.jpg "돌고 있는 통")',
                "그는 이불을 안고 왔다.",
                "> 젖은 것은 언젠가 마릅니다.",
                "* * *",
                "![](https://t1.daumcdn.net/brunch/service/user/9zz/image/a.jpg)",
                "![](https://t1.daumcdn.net/brunch/service/user/9zz/image/b.jpg)",
                "[세탁의 역사](https://example.com/wash)",
                "새벽 다섯 시에 불이 꺼졌다.",
            ],
        ),
        (
            "velog",
            [
                "## 왜 만드나",
                "이미 있는 것을 다시 만들면 **이유**가 보인다.",
                "```python\nclass Queue:\n    pass\n```",
                "끝에서 넣고 앞에서 뺀다.",
            ],
        ),
    ],
)
def test_body(name: str, blocks: list[str]) -> None:
    assert read(name).body == "\n\n".join(blocks)


def test_time_that_only_passes_is_named() -> None:
    warnings = read("naver_editor2").warnings

    assert "the page says only how long ago it was published" in warnings


def test_moment_that_naver_keeps_stands_in_for_how_long_ago() -> None:
    page = (_SAMPLES / "naver_mobile.html").read_text().replace("2024. 7. 14. 9:31", "3시간 전")

    article = parse_page(page.encode(), "a.html")

    assert article.published_at == datetime(2024, 7, 14, 0, 31, 32, tzinfo=UTC)


def test_naver_page_that_only_frames_the_post_says_what_to_save() -> None:
    page = (
        b'<html><body><iframe id="mainFrame" src="/PostView.naver?logNo=1"></iframe></body></html>'
    )

    with pytest.raises(ImportFailure, match="only frames the post"):
        parse_page(page, "a.html")


def test_pictures_that_the_browser_saved_go_before_those_on_the_web() -> None:
    page = (_SAMPLES / "tistory.html").read_text()
    page = page.replace(
        'src="https://blog.kakaocdn.net/dn/aa1/bb1/cc1/img.png"', 'src="./a_files/img.png"'
    )

    images = [image.reference for image in parse_page(page.encode(), "a.html").images]

    assert "a_files/img.png" in images


@pytest.mark.parametrize(
    ("shown", "episode"),
    [("이전 03화 약국의 긴 밤", 4), ("다음 02화 국숫집 불빛", 1), ("이전 글", None)],
)
def test_episode_between_its_neighbours(shown: str, episode: int | None) -> None:
    page = (
        '<h1 class="cover_title">세탁소</h1><div class="wrap_body"><p class="wrap_item item_type_text">'
        f'불이 켜졌다.</p></div><a href="/@nightwash/13">{shown}</a>'
    )

    article = parse_page(page.encode(), "a.html")

    assert article.episode == episode
    assert ("episode" in article.guessed) == (episode is not None)


@pytest.mark.parametrize(
    ("name", "paths"),
    [("backup/48/48-우물을-다시.html", ("/48",)), ("48/49-우물.html", ()), ("우물.html", ())],
)
def test_address_that_a_post_of_the_backup_had(name: str, paths: tuple[str, ...]) -> None:
    article = parse_page((_SAMPLES / "tistory_backup.html").read_bytes(), name)

    assert article.old_paths == paths


def test_protected_tistory_post_is_no_article() -> None:
    page = '<body id="tt-body-page"><div class="article_view">보호되어 있는 글입니다. 비밀번호를 입력하세요.</div>'

    with pytest.raises(ImportFailure):
        parse_page(page.encode(), "a.html")


def test_category_as_a_skin_shows_it_is_a_guess() -> None:
    page = (
        '<body id="tt-body-page"><p class="tit_category">바다</p><h1>밀물</h1>'
        '<div class="tt_article_useless_p_margin contents_style"><p>물이 들어왔다.</p></div>'
    )

    article = parse_page(page.encode(), "a.html")

    assert article.category == "바다"
    assert "category" in article.guessed


def test_picture_that_brunch_only_numbers_has_no_description() -> None:
    page = (
        '<h1 class="cover_title">세탁소</h1><div class="wrap_body"><p class="wrap_item item_type_text">'
        '불이 켜졌다.</p><div class="wrap_item item_type_img"><img alt="브런치 글 이미지 3" '
        'src="//img1.daumcdn.net/thumb/R1280x0/?fname=http://t1.daumcdn.net/brunch/a.png"></div></div>'
    )

    assert "브런치 글 이미지" not in parse_page(page.encode(), "a.html").body
