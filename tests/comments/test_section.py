"""The beginning of the discussion on the article's own, cacheable page."""

import pytest
from django.template import Context, Template

from comments.models import Status
from tests.builders import make_article, make_user
from tests.comments.builders import discussion_url, make_comment, make_comments

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make_article()


def section(article) -> str:
    source = "{% load comments %}{% comment_section article %}"
    return Template(source).render(Context({"article": article}))


def test_it_shows_count_comments_and_the_way_to_the_form(article):
    comment = make_comment(article, "첫 댓글")
    article.refresh_from_db()
    html = section(article)
    assert "<span data-comment-count>1</span>" in html
    assert f'<article id="comment-{comment.pk}" class="comment"' in html
    assert f'href="{discussion_url(article)}#write"' in html
    assert f'<a href="{discussion_url(article)}">댓글 전체 보기</a>' in html


def test_it_holds_no_form_and_no_token(article):
    make_comment(article, account=make_user())
    html = section(article)
    assert "<form" not in html
    assert "csrf" not in html


def test_the_article_page_sets_no_cookie(client, article):
    make_comment(article, "첫 댓글", account=make_user())
    response = client.get(article.get_absolute_url())
    assert "첫 댓글" in response.content.decode()
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_a_hidden_discussion_leaves_no_trace():
    article = make_article(comment_policy="hidden")
    make_comment(article)
    assert section(article).strip() == ""


def test_a_closed_discussion_is_read_and_not_answered():
    article = make_article(comment_policy="read_only")
    make_comment(article, "남은 댓글")
    html = section(article)
    assert "남은 댓글" in html
    assert "더 이상 댓글을 받지 않습니다" in html
    assert "#write" not in html
    assert "/edit/" not in html


def test_a_held_comment_is_not_there(article):
    make_comment(article, "기다리는 글", status=Status.HELD)
    assert "기다리는 글" not in section(article)


@pytest.mark.promise("L2")
@pytest.mark.parametrize("count", [5, 100])
def test_it_takes_three_queries_whatever_its_size(article, count, django_assert_num_queries):
    for root in make_comments(article, count // 5, account=make_user()):
        make_comments(article, 4, parent=root)
    # The policy, the roots, their replies.
    with django_assert_num_queries(3):
        section(article)
