from xml.etree import ElementTree

import pytest

from comments.models import Status
from tests.builders import make_article
from tests.comments.builders import discussion_url, make_comment, make_comments

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


def test_the_feed_is_cacheable_and_sets_no_cookie(client, article):
    response = client.get(discussion_url(article) + "feed/")
    assert "s-maxage=300" in response["Cache-Control"]
    assert not response.cookies


def test_the_feed_of_a_hidden_discussion_is_404(client):
    article = make_article(comment_policy="hidden")
    assert client.get(discussion_url(article) + "feed/").status_code == 404
