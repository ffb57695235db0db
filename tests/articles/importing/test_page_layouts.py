"""Layouts of pages that no platform of its own reads: boxes, covers, labels, paths."""

import pytest

from articles.importing.documents import ImportedArticle
from articles.importing.parsing import parse

TEXT = "수레를 밀던 사람은 언덕에서 한 번 쉬고 나서 다시 천천히 손잡이를 잡았다. 아무도 재촉하지 않았다."
PARAGRAPHS = f"<p>{TEXT}</p>" * 3


def page(inner: str, head: str = "") -> ImportedArticle:
    source = (
        f"<html><head><title>언덕의 오후와 수레</title>{head}</head><body><article>"
        f"<h1>언덕의 오후와 수레</h1>{inner}{PARAGRAPHS}</article></body></html>"
    )
    return parse(source.encode(), "page.html")


@pytest.mark.parametrize(
    ("box", "head"),
    [
        (
            '<div class="insight-box"><b>Editor’s Insight</b><p>더디다.</p></div>',
            "INSIGHT] Editor’s Insight",
        ),
        ("<blockquote><p><b>편집자 주</b></p><p>더디다.</p></blockquote>", "INSIGHT] 편집자 주"),
        ('<p class="notice--warning">더디다.</p>', "WARNING]"),
        (
            '<div class="admonition tip"><p class="admonition-title">팁</p><p>더디다.</p></div>',
            "TIP] 팁",
        ),
    ],
)
def test_box_with_a_remark_is_a_callout(box: str, head: str) -> None:
    assert f"> [!{head}\n> 더디다." in page(f"<p>{TEXT}</p>{box}").body


def test_subheading_within_the_text_is_no_dek() -> None:
    article = page(f'<p>첫 문장이 먼저 온다.</p><h3 class="subtitle">숫자로 세다</h3><p>{TEXT}</p>')
    assert article.dek == ""
    assert "# 숫자로 세다" in article.body


def test_cover_in_the_background_is_the_lead_picture() -> None:
    head = '<meta property="og:image" content="https://pic.example/cover.jpg">'
    cover = "<div style=\"background-image: url('https://pic.example/cover.jpg')\"></div>"
    assert page(cover, head).lead_image == "https://pic.example/cover.jpg"
    assert page("", head).lead_image == ""


def test_series_in_brackets_of_a_subtitle() -> None:
    article = page('<h2 class="subtitle">[강가의 편지 4] 삼대의 이야기</h2>')
    assert (article.series, article.episode) == ("강가의 편지", 4)


def test_text_page_with_a_standfirst_path_and_labelled_series() -> None:
    lines = [
        "홈 > 인사이트 > 조직",
        "[연재] 서랍 속의 지도 7",
        "돌아오는 길은 늘 짧다고 한다",
        "작성자 문하루 | 2025.03.19",
        "회의실을 늘려도 끝나지 않는 까닭을 살펴본다.",
        "세 줄 요약",
        "1. 하나다.\n2. 둘이다.\n3. 셋이다.",
        TEXT,
        TEXT,
        "이 글이 도움이 되셨나요?",
    ]
    article = parse("\n\n".join(lines).encode(), "page.txt")
    assert (article.series, article.episode) == ("서랍 속의 지도", 7)
    assert (article.title, article.category) == ("돌아오는 길은 늘 짧다고 한다", "인사이트")
    assert article.dek == "회의실을 늘려도 끝나지 않는 까닭을 살펴본다."
    assert "도움이" not in article.body
