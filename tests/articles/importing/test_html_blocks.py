"""HTML as Markdown, and the Markdown rendered as the HTML was meant."""

import pytest

from articles.importing.documents import ImportFailure
from articles.importing.html_blocks import to_markdown
from articles.importing.html_inlines import Conversion
from articles.importing.html_tree import parse_html
from articles.rendering import render

pytestmark = pytest.mark.any_engine


def markdown(source: str, **choices: bool) -> str:
    return to_markdown(parse_html(source), Conversion(**choices))


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("<p>강은 <strong>깊다(deep)</strong>고 한다</p>", "강은 **깊다(deep)**고 한다"),
        ("<p>가<b> 나 </b>다</p>", "가 **나** 다"),
        ("<p><b>가</b><i>나</i></p>", "**가**<em>나</em>"),
        ("<p># 표 *별* 1_2</p><p>3. 셋</p>", "\\# 표 \\*별\\* 1_2\n\n3\\. 셋"),
        ('<p>와!<a href="/x (1)">[강]</a></p>', "와\\![\\[강\\]](</x (1)>)"),
        ('<p><a href="javascript:x()">강</a></p>', "강"),
        ("<p>H<sub>2</sub>O <code>a`b</code></p>", "H<sub>2</sub>O ``a`b``"),
        ("<h2>물 <em>길</em></h2>", "## 물 *길*"),
        ("<ul><li>가<ol><li>나</li></ol></li><li>다</ul>", "- 가\n  1. 나\n- 다"),
        ('<ol start="3"><li>셋</li></ol><ol><li>하나</li></ol>', "3. 셋\n\n1) 하나"),
        ("<ul><li>가</li></ul><ul><li>나</li></ul>", "- 가\n\n* 나"),
        ("<blockquote><p>말</p><cite>책</cite></blockquote>", "> 말\n>\n> — 책"),
        ('<pre><code class="language-js">a\n\n```</code></pre>', "````js\na\n\n```\n````"),
        ('<p>앞 <img class="alignleft" src="/a.jpg">뒤</p>', "앞\n\n![](/a.jpg)\n\n뒤"),
        ('<p>앞<img class="emoji" alt="🙂" src="/e.png"></p>', "앞🙂"),
        ("<p>가<br/>나</p><hr>", "가  \n나\n\n* * *"),
        (
            "<table><tr><th>가</th><th align=right>나|</th></tr><tr><td colspan=2>다<br>라</td></tr></table>",
            "| 가 | 나\\| |\n| --- | --: |\n| 다<br>라 |  |",
        ),
        (
            '<figure><a href="/a.jpg"><img src="/a.jpg" alt="강"></a><figcaption>저녁</figcaption></figure>',
            '![강](/a.jpg "저녁")',
        ),
        (
            '<figure><img src="/a.jpg"><figcaption>저녁, <a href="/b">벗</a></figcaption></figure>',
            "![](/a.jpg)\n▲ 저녁, [벗](/b)",
        ),
        (
            '<iframe src="//www.youtube.com/embed/dQw4w9WgXcQ?rel=0"></iframe>',
            "<https://www.youtube.com/watch?v=dQw4w9WgXcQ>",
        ),
    ],
)
def test_what_markdown_can_say_is_said_in_markdown(source, written):
    assert markdown(source) == written


def test_the_classic_editors_line_ends_count():
    source = "첫 줄\n둘째 줄\n\n<b>다음</b>\n\n\n끝"
    assert markdown(source, line_ends_count=True) == "첫 줄  \n둘째 줄\n\n**다음**\n\n끝"
    assert markdown(source) == "첫 줄 둘째 줄 **다음** 끝"


@pytest.mark.parametrize(
    "text",
    ["- 줄", "1) 수", "> 큰", "| 칸 |", "[^1]: 주", "*** 별", "`틱`", "<b>", "&amp;", "~~선~~"],
)
def test_signs_of_a_plain_text_stay_signs(text):
    shown = text.replace("&", "&amp;").replace("<", "&lt;")
    assert render(markdown(f"<p>{shown}</p>")).plain_text.strip() == text


def test_html_nested_beyond_reason_is_refused():
    with pytest.raises(ImportFailure, match="nested"):
        parse_html("<div>" * 3000)


@pytest.mark.parametrize("scrap", ["<", '<a "', "<!--", "<b><i>", "</p>", "<td>", "&#99999999999;"])
def test_scraps_of_html_cost_no_text_before_them(scrap):
    assert markdown("가" + scrap * 40).startswith("가")
