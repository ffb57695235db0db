"""Saved pages of each platform, field by field."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from articles.importing.documents import ImportedArticle
from articles.importing.parsing import parse

from . import samples

pytestmark = pytest.mark.any_engine

MOMENT = datetime(2025, 9, 2, 14, 30, tzinfo=ZoneInfo("Asia/Seoul"))
NOISE = (
    "@",
    "무단",
    "공유",
    "관련기사",
    "다른",
    "구독",
    "Permalink",
    "많이 본",
    "Copyright",
    "ads.example",
)


def read(page: str, encoding: str = "utf-8") -> ImportedArticle:
    return parse(page.encode(encoding), "essay.html")


@pytest.mark.parametrize(
    ("page", "author", "category", "tags", "dek", "pictures"),
    [
        (
            samples.LOCAL_PAPER,
            "김하늘",
            "사회",
            ("강", "마을"),
            "마을이 지킨 작은 약속",
            [("https://www.hanbit.example/news/photo/1.jpg", "모임의 아침 ⓒ 한빛일보")],
        ),
        (
            samples.PORTAL,
            "이바다",
            "경제",
            (),
            "열 해의 기록",
            [("https://img.example/1.jpg", "모임의 마당")],
        ),
        (
            samples.STATIC_BLOG,
            "들풀",
            "essay",
            ("강",),
            "",
            [("https://grass.example/assets/1.jpg", "")],
        ),
        (
            samples.WORDPRESS,
            "들풀",
            "에세이",
            ("강",),
            "",
            [("https://grass.example/wp-content/uploads/b.jpg", "모임의 마당")],
        ),
        (
            samples.LINKED_DATA,
            "들풀",
            "",
            ("강", "마을"),
            "마을이 지킨 작은 약속",
            [("https://grass.example/a.jpg", "강의 아침")],
        ),
    ],
)
def test_it_works(page, author, category, tags, dek, pictures):
    article = read(page)
    assert (article.title, article.authors) == (samples.TITLE, (author,))
    assert (article.category, article.tags, article.dek) == (category, tags, dek)
    assert article.published_at.replace(second=0) == MOMENT
    assert [(each.reference, each.caption) for each in article.images] == pictures
    paragraphs = article.body.split("\n\n")
    assert samples.FIRST in paragraphs
    assert samples.THIRD in paragraphs
    assert samples.SECOND in article.body
    assert not [word for word in NOISE if word in article.body]


def test_table_layout_in_cp949():
    article = read(samples.OLD_TABLES, "cp949")
    assert (article.title, article.authors) == (samples.TITLE, ("강여울",))
    assert article.published_at == MOMENT
    assert article.body == (
        f'![](%EA%B0%95_files/1.jpg "회의를 마친 사람들")\n\n{samples.FIRST}\n\n{samples.SECOND}\n\n{samples.THIRD}'
    )


def test_unmarked_page_by_its_text():
    article = read(samples.UNMARKED)
    assert (article.title, article.authors) == (samples.TITLE, ("윤새벽",))
    assert article.published_at == MOMENT.replace(hour=0, minute=0)
    assert article.site == ""
    assert [each.caption for each in article.images] == ["모임의 마당"]
    assert not [word for word in NOISE if word in article.body]
    assert article.guessed >= {"title", "authors", "published_at"}
    assert article.canonical_url == ""


def test_static_blog_keeps_its_structure_and_address():
    article = read(samples.STATIC_BLOG)
    assert "## 두 번째\n" in article.body
    assert "```python\nprint(1)\n```" in article.body
    assert "| 가 | 나 |" in article.body
    assert "[더](https://grass.example/essay/more/)" in article.body
    assert article.canonical_url == "https://grass.example/essay/slow/"
    assert article.old_paths == ("/essay/slow/",)


def test_newspaper_leaves_no_old_path():
    article = read(samples.LOCAL_PAPER)
    assert article.old_paths == ()
    assert "## 남은 숙제" in article.body


def test_lead_picture_is_the_one_that_is_shown_above_the_text():
    article = read(samples.WORDPRESS)
    assert article.lead_image == "https://grass.example/wp-content/uploads/lead-1024x683.jpg"
    assert article.lead_alt == "강"
    assert "<https://www.youtube.com/watch?v=abcdefghijk>" in article.body


def test_linked_data_is_in_greenwich_time():
    assert read(samples.LINKED_DATA).published_at == datetime(2025, 9, 2, 5, 30, tzinfo=UTC)


def test_board_names_its_facts_in_a_table():
    article = read(samples.BOARD)
    assert (article.title, article.authors) == (samples.TITLE, ("들풀",))
    assert article.published_at == MOMENT
    assert [(each.reference, each.caption) for each in article.images] == [("a.jpg", "강의 아침")]
    assert "조회수" not in article.body
