"""What letters say, and how they are put together."""

import re

import pytest

from articles.models import Article, Mailing
from articles.newsletter import letters
from tests.articles.newsletter.builders import make_news, make_newsletter, make_subscription, work
from tests.builders import make_author, make_category, make_image

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def newsletter():
    return make_newsletter()


def specimen(mailing=None, **fields):
    article = make_news(**fields)
    stories = list(letters.for_letter(Article.objects.filter(pk=article.pk)))
    return letters.write(mailing or Mailing(article=article), stories, letters.specimen("a@b.kr"))


def test_both_parts_say_what_it_is_why_it_came_and_how_to_end_it():
    category = make_category()
    make_subscription(category=category)
    make_news(
        "붓 <b>과</b> 먹",
        dek="부제입니다",
        summary_1="첫 줄",
        category=category,
        authors=[make_author()],
        lead_image=make_image(),
        body="종이를 사이에 두고 마주 앉는다.",
    )
    (letter,) = work()
    ((html, kind),) = letter.alternatives
    assert kind == "text/html"
    for part in (letter.body, html):
        for words in ("부제입니다", "첫 줄", "신피질", "마주 앉는다", "카테고리 ‘기술’의 글"):
            assert words in part
        assert "확인하신 글" in part
        assert "QuerySet" not in part
        assert "/newsletter/unsubscribe/" in part
        assert "/newsletter/manage/" in part
    assert "붓 <b>과</b> 먹" in letter.body
    assert "붓 &lt;b&gt;과&lt;/b&gt; 먹" in html


def test_the_html_stands_alone_and_follows_a_dark_mail_program():
    html = str(specimen(lead_image=make_image()).alternatives[0][0])
    assert "prefers-color-scheme: dark" in html
    assert "<script" not in html
    assert "<link" not in html
    addresses = re.findall(r'(?:src|href)="([^"]*)"', html)
    assert addresses
    assert all(re.match(r"https?://", address) for address in addresses)


def test_only_advertising_is_called_so():
    assert specimen(title="글").subject == "글"
    advertising = specimen(Mailing(is_advertising=True), title="협찬 글")
    assert advertising.subject.startswith("(광고) ")
    assert "이 메일에는 광고가 실려 있습니다." in advertising.body


def test_a_title_with_a_line_end_makes_no_header():
    article = Article(title="제목\nBcc: eve@evil.example")
    stories = list(letters.for_letter(Article.objects.filter(pk=make_news("글").pk)))
    stories[0].title = article.title
    message = letters.write(Mailing(), stories, letters.specimen("a@b.kr"))
    assert message.subject == "제목 Bcc: eve@evil.example"
    assert "Bcc" not in message.message()
