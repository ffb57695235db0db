import re
import time

import pytest

from comments.rendering import render_body

LINK = '<a href="{0}" rel="ugc nofollow noopener">{0}</a>'


def test_a_blank_line_parts_paragraphs_and_a_line_end_breaks_the_line():
    assert render_body("하나\n둘\n\n \n셋") == "<p>하나<br>\n둘</p>\n<p>셋</p>"


def test_nothing_gives_nothing():
    assert render_body("") == ""


@pytest.mark.promise("X2")
def test_an_address_is_a_link_that_shows_where_it_leads():
    assert render_body("https://example.com/a?b=1&c=2") == (
        '<p><a href="https://example.com/a?b=1&amp;c=2" rel="ugc nofollow noopener">'
        "https://example.com/a?b=1&amp;c=2</a></p>"
    )


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://example.com을 보세요", "https://example.com"),
        ("https://example.com/about을", "https://example.com/about"),
        ("(https://example.com/a)", "https://example.com/a"),
        ("https://example.com/a.", "https://example.com/a"),
        ("https://example.com/a?!", "https://example.com/a"),
        ("https://example.com/을", "https://example.com/"),
        ("http://example.com:8080/x, 그리고", "http://example.com:8080/x"),
        ("https://example.com/a_(b)", "https://example.com/a_(b)"),
    ],
)
def test_what_belongs_to_the_sentence_is_not_part_of_the_address(text, address):
    assert LINK.format(address) in render_body(text)


def test_hangul_goes_on_behind_a_separator():
    assert render_body("https://ko.wikipedia.org/wiki/자본주의") == (
        '<p><a href="https://ko.wikipedia.org/wiki/%EC%9E%90%EB%B3%B8%EC%A3%BC%EC%9D%98" '
        'rel="ugc nofollow noopener">https://ko.wikipedia.org/wiki/자본주의</a></p>'
    )


@pytest.mark.promise("X2")
@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "//evil.example/x",
        "ftp://example.com",
        "vbscript:x",
        "https://한국.example",
        "[보기](javascript:alert(1))",
        "xhttps://example.com",
    ],
)
def test_nothing_else_becomes_a_link(text):
    assert "<a" not in render_body(text)


@pytest.mark.promise("X2")
def test_a_user_part_cannot_hide_the_host():
    html = render_body("https://bank.example@evil.example/")
    assert html == f"<p>{LINK.format('https://bank.example')}@evil.example/</p>"


@pytest.mark.parametrize(
    "payload",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        '"><script>alert(1)</script>',
        "<a href='javascript:alert(1)'>x</a>",
        "<iframe srcdoc='<script>alert(1)</script>'>",
        "</p></div></article><script>alert(1)</script>",
        "<math><mtext></p><style><img src onerror=alert(1)>",
        "<!--<img src=--><img src=x onerror=alert(1)//>",
        "<details open ontoggle=alert(1)>",
        "{{ 7|add:7 }}{% load admin %}",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "＜script＞alert(1)＜/script＞",
        '<b>굵게</b><style>*{display:none}</style><meta http-equiv="refresh" content="0">',
        'https://example.com/"onmouseover="alert(1)',
        "https://example.com/'><script>alert(1)</script>",
        "https://example.com/<img src=x onerror=alert(1)>",
        "https://example.com/`onclick=alert(1)",
        "https://example.com/\u202egpj.exe",
    ],
)
def test_no_markup_survives(payload):
    html = render_body(payload)
    tags = re.findall(r"<[^>]*>", html)
    allowed = re.compile(
        r'</?p>|<br>|</a>|<a href="https?://[A-Za-z0-9._~:/?#@!$&;\'()*+,=%-]*" rel="ugc nofollow noopener">'
    )
    assert all(allowed.fullmatch(tag) for tag in tags)


@pytest.mark.promise("C10")
@pytest.mark.parametrize(
    "text",
    [
        "[" * 4000,
        "<b>" * 1000,
        "https://example.com/a " * 500,
        "https://example.com/" + "!" * 100_000,
        "https://example.com/" + ")" * 100_000,
        "https://" + "a." * 50_000,
        "https://" + "a-" * 50_000,
        "\n \n" * 50_000 + "끝",
        "https://" * 20_000,
    ],
)
def test_hostile_text_takes_no_longer_than_plain_text(text):
    started = time.thread_time()
    render_body(text)
    assert time.thread_time() - started < 0.3


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**자본주의(기술)**를", "<strong>자본주의(기술)</strong>를"),
        ("*정말* 그렇다", "<em>정말</em> 그렇다"),
        ("***셋***", "<strong><em>셋</em></strong>"),
        ("**굵게 *더* 굵게**", "<strong>굵게 <em>더</em> 굵게</strong>"),
        ("`<b>*별*`", "<code>&lt;b&gt;*별*</code>"),
        ("**https://example.com/b**", f"<strong>{LINK.format('https://example.com/b')}</strong>"),
        ("2*3*4", "2*3*4"),
        ("**닫지 않은 *글", "**닫지 않은 *글"),
        ("**겹친 *글** 끝*", "<strong>겹친 *글</strong> 끝*"),
    ],
)
def test_spans_are_marked_as_in_a_messenger(text, html):
    assert render_body(text) == f"<p>{html}</p>"


def test_a_span_ends_with_its_line():
    assert render_body("**한 줄\n다른 줄**") == "<p>**한 줄<br>\n다른 줄**</p>"


def test_a_quote_is_parted_from_the_answer_to_it():
    assert render_body("> 물음\n> 둘째 줄\n대답") == (
        "<blockquote><p>물음<br>\n둘째 줄</p></blockquote>\n<p>대답</p>"
    )


@pytest.mark.promise("X2")
@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("[보기](https://example.com/a)", "보기"),
        ("[example.com](https://example.com/a)", "example.com"),
        ("[bank.example](https://evil.example/a)", "https://evil.example/a"),
        ("[https://bank.example/](https://evil.example/a)", "https://evil.example/a"),
    ],
)
def test_a_named_link_cannot_pretend_to_lead_elsewhere(text, label):
    assert f">{label}</a>" in render_body(text)


@pytest.mark.promise("C10")
@pytest.mark.parametrize(
    "text",
    ["**a " * 1000, "*a **b " * 600, "[a](https://" * 300, "`a" * 2000, ">\n" * 2000, "***" * 1300],
)
def test_marks_without_an_end_take_no_longer_than_plain_text(text):
    started = time.thread_time()
    render_body(text)
    assert time.thread_time() - started < 0.3
