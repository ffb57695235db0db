from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils.http import http_date

from comments.models import Comment, Status
from comments.transitions import RULES, change_status
from tests.builders import make_article
from tests.comments.builders import WRITTEN_AT, discussion_url, make_comment, make_comments

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make_article()


def items(client, article) -> list[ElementTree.Element]:
    response = client.get(discussion_url(article) + "feed/")
    assert response.status_code == 200
    return ElementTree.fromstring(response.content).findall("channel/item")  # noqa: S314


def test_the_feed_has_the_newest_comments_first(client, article):
    comments = make_comments(article, 31)
    links = [item.findtext("link") for item in items(client, article)]
    assert links == [f"http://testserver/comments/{c.pk}/" for c in comments[:0:-1]]


def test_an_item_carries_name_and_rendered_text(client, article):
    make_comment(article, "<b>글</b>", name="나그네")
    (item,) = items(client, article)
    assert item.findtext("title") == "나그네님의 댓글"
    assert item.findtext("description") == "<p>&lt;b&gt;글&lt;/b&gt;</p>"


@pytest.mark.parametrize("status", [Status.HELD, Status.HIDDEN, Status.DELETED])
def test_what_readers_do_not_see_is_not_in_the_feed(client, article, status):
    make_comment(article, status=status)
    assert items(client, article) == []


def test_what_readers_have_folded_is_not_in_the_feed(client, article):
    make_comment(article, "접힌 글", report_count=5, folded_at=WRITTEN_AT)
    make_comment(article, "남은 글")
    feed = client.get(discussion_url(article) + "feed/").content.decode()
    assert "남은 글" in feed
    assert "접힌 글" not in feed


def test_the_feed_is_cacheable_and_sets_no_cookie(client, article):
    response = client.get(discussion_url(article) + "feed/")
    assert "s-maxage=300" in response["Cache-Control"]
    assert not response.cookies


def test_the_feed_of_a_hidden_discussion_is_404(client):
    article = make_article(comment_policy="hidden")
    assert client.get(discussion_url(article) + "feed/").status_code == 404


def test_characters_that_xml_cannot_hold_do_not_break_the_feed(client):
    article = make_article("글\x01자")
    make_comment(article, "쪽\x0c나눔", name="나\x08그네")
    (item,) = items(client, article)
    assert item.findtext("title") == "나그네님의 댓글"
    assert "쪽나눔" in item.findtext("description", "")


def test_whoever_asks_by_date_sees_that_a_comment_is_gone(client, article):
    make_comment(article, "남는 글", created_at=WRITTEN_AT + timedelta(hours=1))
    gone = make_comment(article, "가려질 글")
    path = discussion_url(article) + "feed/"
    later = http_date((WRITTEN_AT + timedelta(hours=2)).timestamp())
    change_status(Comment.objects.filter(pk=gone.pk), Status.HIDDEN, actor=RULES)
    response = client.get(path, headers={"If-Modified-Since": later})
    assert (response.status_code, "가려질 글" in response.text) == (200, False)
    unchanged = client.get(path, headers={"If-None-Match": response["ETag"]})
    assert unchanged.status_code == 304
