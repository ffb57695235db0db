"""Emphasis, links, code and bare addresses within a paragraph."""

import re
from urllib.parse import unquote

import pytest

from articles.rendering import render


def inner_html(source: str) -> str:
    html = render(source).html.replace(' rel="noopener"', "")
    return html.removeprefix("<p>").removesuffix("</p>")


def hrefs(source: str) -> list[str]:
    return [unquote(href) for href in re.findall(r'href="([^"]*)"', render(source).html)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("__굵게(bold)__를", "<strong>굵게(bold)</strong>를"),
        ("_기울임_을", "<em>기울임</em>을"),
        ("**`코드`**를", "<strong><code>코드</code></strong>를"),
        ("**가!**라고", "<strong>가!</strong>라고"),
        ("**가:**나", "<strong>가:</strong>나"),
        ("**“A”와 ‘B’**를", "<strong>“A”와 ‘B’</strong>를"),
        ("**『가』《나》**는", "<strong>『가』《나》</strong>는"),
        ("**가\n나(b)**를", "<strong>가\n나(b)</strong>를"),
        ("가**나**다**라**마", "가<strong>나</strong>다<strong>라</strong>마"),
        ("**가****나**", "<strong>가</strong><strong>나</strong>"),
        ("*가**나**다*", "<em>가<strong>나</strong>다</em>"),
        ("**가*나*다**라", "<strong>가<em>나</em>다</strong>라"),
        ("***가** 나*다", "<em><strong>가</strong> 나</em>다"),
        ("**~~가(b)~~**를", "<strong><del>가(b)</del></strong>를"),
        ("가~~나~~다", "가<del>나</del>다"),
        ("**가\\*나**다", "<strong>가*나</strong>다"),
        ("[**가(b)**를](/u)", '<a href="/u"><strong>가(b)</strong>를</a>'),
        ("**가<br>나**다", "<strong>가<br>나</strong>다"),
    ],
)
def test_emphasis_beside_hangul(source: str, expected: str) -> None:
    assert inner_html(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "5*3*2=30",
        "별표* 하나",
        "~하나~",
        "10~20과 30~40",
        "__init__을",
        "파일_이름_목록",
        "** 가**",
    ],
)
def test_marks_that_mean_nothing_stay(source: str) -> None:
    assert inner_html(source) == source


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("https://a.kr/에서 본", ["https://a.kr/"]),
        ("https://a.kr/about를", ["https://a.kr/about"]),
        ("https://a.kr?라고", ["https://a.kr"]),
        ("https://a.kr.", ["https://a.kr"]),
        ("https://a.kr/b…", ["https://a.kr/b"]),
        ("**https://a.kr/b**를", ["https://a.kr/b"]),
        ("https://a.kr/blog(오픈AI)", ["https://a.kr/blog"]),
        ("https://ko.wikipedia.org/wiki/자본주의", ["https://ko.wikipedia.org/wiki/자본주의"]),
        ("https://a.kr/?q=자본주의", ["https://a.kr/?q=자본주의"]),
        ("[https://a.kr](https://b.kr)", ["https://b.kr"]),
        ('<a href="https://a.kr">https://b.kr</a>', ["https://a.kr"]),
        ("https://한국.kr ftp://a.kr", []),
    ],
)
def test_bare_addresses(source: str, expected: list[str]) -> None:
    assert hrefs(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[가](/나_(다))", '<a href="/%EB%82%98_(%EB%8B%A4)">가</a>'),
        ("[가](/b '제목')", '<a href="/b" title="제목">가</a>'),
        ("[가][]\n\n[가]: /b", '<a href="/b">가</a>'),
        ("[가]\n\n[가]: /b", '<a href="/b">가</a>'),
        ("[가](b", "[가](b"),
        ("[가][없음]", "[가][없음]"),
        ("`` a`b ``", "<code>a`b</code>"),
        ("`닫지 않음", "`닫지 않음"),
        ("\\`코드 아님`", "`코드 아님`"),
        ("<mail@a.kr>", '<a href="mailto:mail@a.kr">mail@a.kr</a>'),
        ("가\\\n나", "가<br>\n나"),
        ("AT&T &copy; &lt;", "AT&amp;T © &lt;"),
    ],
)
def test_links_code_and_breaks(source: str, expected: str) -> None:
    assert inner_html(source) == expected


def test_code_keeps_its_text_as_it_is() -> None:
    assert inner_html("`&lt; **가** <b>`") == "<code>&amp;lt; **가** &lt;b&gt;</code>"
