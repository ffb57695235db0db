"""A comment's HTML becomes the marks that our comments know."""

import pytest

from comments.importing.html_text import text_of
from comments.rendering import render_body


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>첫 문단</p>\n<p>둘째&nbsp;문단 &amp; 끝</p>", "첫 문단\n\n둘째 문단 & 끝"),
        ("한 줄<br>두 줄<br />세 줄", "한 줄\n두 줄\n세 줄"),
        ("<strong>굵게</strong> <em>기울여</em> <code>x = 1</code>", "**굵게** *기울여* `x = 1`"),
        ("<b><i>둘 다</i></b>", "***둘 다***"),
        ("<b> 빈칸 </b>끝", "**빈칸** 끝"),
        ("<b>한 줄<br>두 줄</b>", "**한 줄**\n**두 줄**"),
        ("<b></b>없음", "없음"),
        ("<blockquote><p>인용</p></blockquote><p>답</p>", "> 인용\n\n답"),
        ('<a href="https://a.example/x">여기</a>를 보세요', "[여기](https://a.example/x)를 보세요"),
        ('<a href="https://a.example/x">https://a.example/x</a>', "https://a.example/x"),
        ("<a href='https://a.example/(x)'>x</a>", "[x](https://a.example/%28x%29)"),
        ('<a href="javascript:alert(1)">눌러</a>', "눌러"),
        ('<img src="https://a.example/p.png" alt="고양이">', "[고양이](https://a.example/p.png)"),
        ("<ul><li>하나</li>\n<li>둘</li></ul>", "- 하나\n- 둘"),
        ("사랑해요 <3 a < b && c > d", "사랑해요 <3 a < b && c > d"),
        ("앞<script>alert('<b>')</script>뒤", "앞뒤"),
        ("앞<!-- 숨김 -->뒤", "앞뒤"),
        ("&lt;script&gt;", "<script>"),
        ("&#" + "9" * 5000 + ";", "\ufffd"),
    ],
)
def test_html_becomes_text(source, text):
    assert text_of(source) == text


def test_line_ends_count_where_the_system_has_it_so():
    assert text_of("한 줄\r\n두 줄\n\n새 문단") == "한 줄 두 줄 새 문단"
    assert text_of("한 줄\r\n두 줄\n\n새 문단", line_ends_count=True) == "한 줄\n두 줄\n\n새 문단"


def test_what_becomes_text_is_shown_as_it_was_meant():
    html = render_body(text_of("<p><b>굵게</b> <a href='https://a.example/'>여기</a></p>"))
    assert "<strong>굵게</strong>" in html
    assert 'href="https://a.example/"' in html


@pytest.mark.parametrize("piece", ["<a ", "<a '\"", "<!--", "<b>", "&#x", "<blockquote>", '<a "'])
def test_a_hundred_thousand_broken_tags_are_read_in_passing(piece):
    assert len(text_of(piece * 100_000)) <= len(piece) * 100_000 + 8 * 100_000
