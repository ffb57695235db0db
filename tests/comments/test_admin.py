import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from comments.models import Comment, Status
from tests.builders import make_article, make_user
from tests.comments.builders import make_comment, make_comments

pytestmark = pytest.mark.django_db

QUEUE = "/admin/comments/comment/"


@pytest.fixture
def article():
    return make_article()


@pytest.fixture
def moderator(client):
    """A browser signed in as somebody who may see and judge comments, and nothing else."""
    account = make_user(is_staff=True)
    wanted = Permission.objects.filter(codename__in=("view_comment", "change_comment"))
    account.user_permissions.add(*wanted)
    client.force_login(account)
    return client


def act(browser, action, *comments):
    selected = [comment.pk for comment in comments]
    return browser.post(QUEUE, {"action": action, "_selected_action": selected}, follow=True)


def change_url(comment):
    return reverse("admin:comments_comment_change", args=[comment.pk])


def test_the_queue_shows_who_wrote_what_where(moderator, article):
    make_comment(article, "기다리는 글", name="나그네", status=Status.HELD)
    html = moderator.get(QUEUE).content.decode()
    for text in ("기다리는 글", "나그네", "승인 대기", article.title):
        assert text in html


def test_hiding_takes_comments_off_the_page_and_the_count(moderator, article):
    comments = make_comments(article, 2)
    response = act(moderator, "hide", *comments)
    assert "댓글 2개를 가렸습니다." in response.content.decode()
    article.refresh_from_db()
    assert article.comment_count == 0


def test_showing_approves_a_held_comment(moderator, article):
    comment = make_comment(article, status=Status.HELD)
    act(moderator, "show", comment)
    article.refresh_from_db()
    assert Comment.objects.get().status == Status.VISIBLE
    assert article.comment_count == 1


def test_the_form_changes_the_status_alone_and_counts_again(moderator, article):
    comment = make_comment(article, "원래 글")
    moderator.post(change_url(comment), {"status": "hidden", "body": "남의 손", "name": "남"})
    comment.refresh_from_db()
    article.refresh_from_db()
    assert (comment.status, comment.body, comment.name) == (Status.HIDDEN, "원래 글", "나그네")
    assert article.comment_count == 0


def test_moderators_cannot_delete(moderator, article):
    comment = make_comment(article)
    assert moderator.post(f"{QUEUE}{comment.pk}/delete/", {"post": "yes"}).status_code == 403
    moderator.post(change_url(comment), {"status": "deleted"})
    assert Comment.objects.get().status == Status.VISIBLE


def test_nobody_writes_comments_at_the_desk(moderator):
    assert moderator.get(f"{QUEUE}add/").status_code == 403


def test_a_deleted_comment_offers_nothing_to_decide(moderator, article):
    comment = make_comment(article, status=Status.DELETED)
    assert 'name="status"' not in moderator.get(change_url(comment)).content.decode()


def test_who_may_only_look_cannot_judge(client, article):
    account = make_user(is_staff=True)
    account.user_permissions.add(Permission.objects.get(codename="view_comment"))
    client.force_login(account)
    act(client, "hide", make_comment(article))
    assert Comment.objects.get().status == Status.VISIBLE


def test_text_and_context_are_escaped(moderator, article):
    parent = make_comment(article, "<script>alert(1)</script>", name="<script>alert(2)</script>")
    reply = make_comment(article, "<script>alert(3)</script>", parent=parent)
    for url in (QUEUE, change_url(parent), change_url(reply)):
        assert "<script>alert" not in moderator.get(url).content.decode()


def test_the_form_shows_no_password_hash(moderator, article):
    comment = make_comment(article)
    assert comment.password not in moderator.get(change_url(comment)).content.decode()


def test_the_queue_can_be_searched(moderator, article):
    make_comment(article, "찾는 글")
    make_comment(article, "다른 글")
    html = moderator.get(QUEUE + "?q=찾는").content.decode()
    assert "찾는 글" in html
    assert "다른 글" not in html


def test_the_queue_takes_the_same_queries_whatever_its_length(
    moderator, article, django_assert_max_num_queries
):
    make_comments(article, 40)
    with django_assert_max_num_queries(12):
        moderator.get(QUEUE)
