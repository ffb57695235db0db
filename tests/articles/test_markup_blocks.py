"""Containers and leaves: lists, quotations, code, tables, headings, raw HTML."""

import pytest

from articles.rendering import render
from tests.articles.markdown_cases.normalising import normalise


def html_of(source: str) -> str:
    return normalise(render(source).html)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("- 가\n- 나\n", "<ul><li>가</li><li>나</li></ul>"),
        ("- 가\n* 나\n", "<ul><li>가</li></ul><ul><li>나</li></ul>"),
        ("1. 가\n1) 나\n", "<ol><li>가</li></ol><ol><li>나</li></ol>"),
        ("- 가\n이어서\n", "<ul><li>가 이어서</li></ul>"),
        ("- 가\n\n  - 나\n", "<ul><li><p>가</p><ul><li>나</li></ul></li></ul>"),
        ("- 가\n  - 나\n\n  끝\n", "<ul><li><p>가</p><ul><li>나</li></ul><p>끝</p></li></ul>"),
        ("- 가\n\n문단\n", "<ul><li>가</li></ul><p>문단</p>"),
        ("-\n  가\n", "<ul><li>가</li></ul>"),
        ("-\t가\n\n\t나\n", "<ul><li><p>가</p><p>나</p></li></ul>"),
        ("- > 가\n  > 나\n", "<ul><li><blockquote><p>가 나</p></blockquote></li></ul>"),
        ("-     코드\n", "<ul><li><pre><code>코드\n</code></pre></li></ul>"),
        ("3. 가\n5. 나\n", '<ol start="3"><li>가</li><li>나</li></ol>'),
    ],
)
def test_lists(source: str, expected: str) -> None:
    assert html_of(source) == expected


def test_list_starting_with_two_does_not_interrupt_a_paragraph() -> None:
    assert html_of("작년에는\n2. 나\n") == "<p>작년에는 2. 나</p>"


@pytest.mark.parametrize("date", ["2025. 7. 4. 오늘은", "1987. 6. 10. 그날", "2025.7.4. 오늘은"])
def test_dates_are_not_lists(date: str) -> None:
    assert html_of(date) == f"<p>{date}</p>"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("> 가\n이어서\n", "<blockquote><p>가 이어서</p></blockquote>"),
        ("> 가\n\n> 나\n", "<blockquote><p>가</p></blockquote><blockquote><p>나</p></blockquote>"),
        ("> 가\n>\n> 나\n", "<blockquote><p>가</p><p>나</p></blockquote>"),
        (">> 가\n", "<blockquote><blockquote><p>가</p></blockquote></blockquote>"),
        (
            "> ```\n> 코드\n> ```\n",
            "<blockquote><pre><code>코드\n</code></pre></blockquote>",
        ),
    ],
)
def test_quotations(source: str, expected: str) -> None:
    assert html_of(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("````\n```\n````\n", "<pre><code>```\n</code></pre>"),
        ("문단\n```\n코드\n```\n", "<p>문단</p><pre><code>코드\n</code></pre>"),
        ("```\n- 가\n\n\n- 나\n```\n", "<pre><code>- 가\n\n\n- 나\n</code></pre>"),
        ("```\n닫지 않은\n", "<pre><code>닫지 않은\n</code></pre>"),
        ("    가\n\n    나\n", "<pre><code>가\n\n나\n</code></pre>"),
        ("문단\n    이어서\n", "<p>문단 이어서</p>"),
        ("```\n\t탭\n```\n", "<pre><code>\t탭\n</code></pre>"),
    ],
)
def test_code(source: str, expected: str) -> None:
    assert html_of(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("#AI 시대\n", "<p>#AI 시대</p>"),
        ("제목\n---\n", "<h2>제목</h2>"),
        ("문단\n\n***\n", "<p>문단</p><hr>"),
        ("### C#\n", "<h3>C#</h3>"),
        ("문단\n## 제목\n문단\n", "<p>문단</p><h2>제목</h2><p>문단</p>"),
    ],
)
def test_headings_and_rules(source: str, expected: str) -> None:
    assert html_of(source) == expected


def test_table_keeps_alignment() -> None:
    html = html_of("| 가 | 나 |\n|:-:|--:|\n| 1 | 2 |\n")
    assert '<th align="center">가</th><th align="right">나</th>' in html
    assert '<td align="center">1</td><td align="right">2</td>' in html


def test_table_row_with_too_many_cells_keeps_their_text() -> None:
    assert "<td>1</td><td>2 | 3</td>" in html_of("| 가 | 나 |\n|-|-|\n| 1 | 2 | 3 |\n")


def test_table_can_be_scrolled_by_keyboard() -> None:
    html = render("| 가 |\n|-|\n| 나 |\n").html
    assert '<div class="table-scroll" tabindex="0" role="region" aria-label="표"><table>' in html


def test_a_rule_with_an_empty_cell_makes_no_table() -> None:
    assert "<table" not in html_of("| 봄 | 밤 |\n|---||\n| 1 | 2 |\n")


def test_pipe_in_prose_is_not_a_table() -> None:
    assert html_of("가 | 나\n다\n") == "<p>가 | 나 다</p>"


def test_markdown_between_html_blocks_is_rendered() -> None:
    html = html_of("<details><summary>요약</summary>\n\n**본문**\n\n</details>\n")
    assert html == "<details><summary>요약</summary><p><strong>본문</strong></p></details>"


@pytest.mark.parametrize("title", ["<기생충>", "<Her>", "<The Square>", "<Map>"])
def test_titles_in_angle_brackets_stay_text(title: str) -> None:
    escaped = title.replace("<", "&lt;").replace(">", "&gt;")
    assert render(f"영화 {title}은 좋다.").html == f"<p>영화 {escaped}은 좋다.</p>"


@pytest.mark.parametrize("source", ["[TOC]", "[toc]", "{:toc}", "{: .notice}", "{: .a}\n[TOC]\n"])
def test_instructions_for_other_tools_leave_nothing(source: str) -> None:
    assert render(source).html == ""


def test_kramdown_attributes_behind_a_link_are_taken_out() -> None:
    html = render('[가](https://a.kr){:target="_blank"} 다음').html
    assert html == '<p><a href="https://a.kr" rel="noopener">가</a> 다음</p>'


@pytest.mark.parametrize("source", ["{: 본문 }", "{본문}", "`가`{: 본문}"])
def test_other_text_in_braces_stays(source: str) -> None:
    assert source.strip("`").split("{")[1] in render(source).html


def test_byte_order_mark_line_ends_and_decomposed_hangul_are_normalised() -> None:
    decomposed = "\u1112\u1161\u11ab"
    assert (
        render(f"\ufeff## {decomposed}\r\n\r\n본문\r\n").html == '<h2 id="한">한</h2>\n<p>본문</p>'
    )
