"""Editing and deleting: only the author may, and GET never does."""

import pytest
from django.test import Client

from comments.limits import EDITING, PASSWORDS_FROM_EVERYWHERE
from comments.models import Comment, Status
from tests.builders import make_article, make_user
from tests.comments.builders import PASSWORD, discussion_url, make_comment, use_up

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]


@pytest.fixture
def article():
    return make_article()


def edit_url(comment):
    return f"/comments/{comment.pk}/edit/"


def delete_url(comment):
    return f"/comments/{comment.pk}/delete/"


def test_a_guest_edits_with_the_password(client, article):
    comment = make_comment(article)
    response = client.post(edit_url(comment), {"body": "고친 글", "password": PASSWORD})
    assert response.status_code == 303
    assert response["Location"] == f"{discussion_url(article)}#comment-{comment.pk}"
    html = client.get(discussion_url(article)).content.decode()
    assert "고친 글" in html
    assert "수정됨" in html


def test_a_guest_deletes_with_the_password(client, article):
    comment = make_comment(article, "지울 글")
    response = client.post(delete_url(comment), {"password": PASSWORD})
    assert response.status_code == 303
    comment.refresh_from_db()
    article.refresh_from_db()
    assert (comment.status, comment.body, article.comment_count) == (Status.DELETED, "", 0)
    assert "댓글을 지웠습니다." in client.get(response["Location"]).content.decode()


@pytest.mark.parametrize("url", [edit_url, delete_url])
def test_asking_changes_nothing_and_is_not_cached(client, article, url):
    comment = make_comment(article, "그대로인 글")
    response = client.get(url(comment))
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert "그대로인 글" in response.content.decode()
    comment.refresh_from_db()
    assert (comment.status, comment.body) == (Status.VISIBLE, "그대로인 글")


@pytest.mark.promise("C7")
@pytest.mark.parametrize("url", [edit_url, delete_url])
def test_a_wrong_password_changes_nothing_and_keeps_the_text(client, article, url):
    comment = make_comment(article, "원래 글")
    response = client.post(url(comment), {"body": "남의 손", "password": "틀린 비밀번호"})
    html = response.content.decode()
    assert response.status_code == 403
    assert "비밀번호가 맞지 않습니다." in html
    assert "틀린 비밀번호" not in html
    assert ("남의 손</textarea>" in html) == (url is edit_url)
    comment.refresh_from_db()
    assert (comment.status, comment.body) == (Status.VISIBLE, "원래 글")


@pytest.mark.promise("C7")
def test_after_five_wrong_passwords_even_the_right_one_must_wait(client, article):
    comment = make_comment(article)
    wrong = [client.post(delete_url(comment), {"password": "틀림 1"}) for _ in range(5)]
    response = client.post(delete_url(comment), {"password": PASSWORD})
    assert [answer.status_code for answer in wrong] == [403] * 5
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 900
    assert Comment.objects.visible().count() == 1


def test_wrong_passwords_from_elsewhere_do_not_lock_the_author_out(client, article):
    comment = make_comment(article)
    for _ in range(6):
        client.post(delete_url(comment), {"password": "틀림 1"})
    author = Client(REMOTE_ADDR="192.0.2.77")
    assert author.post(delete_url(comment), {"password": PASSWORD}).status_code == 303


def test_the_right_password_forgives_the_wrong_ones(client, article):
    comment = make_comment(article)
    for number in range(8):
        password = PASSWORD if number % 4 == 3 else "틀림 1"
        response = client.post(edit_url(comment), {"body": f"글 {number}", "password": password})
    assert response.status_code == 303


def test_an_account_edits_and_deletes_its_own(client, article):
    alice = make_user()
    comment = make_comment(article, account=alice)
    client.force_login(alice)
    assert 'name="password"' not in client.get(edit_url(comment)).content.decode()
    assert client.post(edit_url(comment), {"body": "고친 글"}).status_code == 303
    assert client.post(delete_url(comment)).status_code == 303
    assert not Comment.objects.visible().exists()


@pytest.mark.parametrize("url", [edit_url, delete_url])
def test_nobody_else_touches_the_comment_of_an_account(client, article, url):
    comment = make_comment(article, account=make_user())
    client.force_login(make_user("bob@pildam.example", display_name="밥", is_superuser=True))
    for visitor in (client, Client()):
        assert visitor.get(url(comment)).status_code == 403
        answer = visitor.post(url(comment), {"body": "남의 손", "password": ""})
        assert answer.status_code == 403
    comment.refresh_from_db()
    assert (comment.status, comment.body) == (Status.VISIBLE, "잘 읽었습니다.")


def test_the_comment_of_a_deleted_account_is_nobodys(client, article):
    bob = make_user("bob@pildam.example", display_name="밥")
    comment = make_comment(article, account=bob)
    bob.delete()
    assert client.post(delete_url(comment), {"password": ""}).status_code == 403


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"body": "", "password": PASSWORD}, "내용을 적어 주세요."),
        ({"body": "가" * 4001, "password": PASSWORD}, "4,000자까지"),
        ({"body": "고친 글", "password": ""}, "비밀번호를 적어 주세요."),
        ({}, "비밀번호를 적어 주세요."),
    ],
)
def test_an_edit_that_cannot_be_taken_is_422(client, article, fields, message):
    comment = make_comment(article, "원래 글")
    response = client.post(edit_url(comment), fields)
    assert response.status_code == 422
    assert message in response.content.decode()
    comment.refresh_from_db()
    assert comment.body == "원래 글"


@pytest.mark.parametrize("status", [Status.HELD, Status.HIDDEN, Status.DELETED])
@pytest.mark.parametrize("url", [edit_url, delete_url])
def test_what_readers_do_not_see_is_404(client, article, status, url):
    comment = make_comment(article, status=status)
    assert client.get(url(comment)).status_code == 404
    assert client.post(url(comment), {"body": "글", "password": PASSWORD}).status_code == 404


def test_a_closed_discussion_lets_authors_delete_and_not_edit(client):
    article = make_article(comment_policy="read_only")
    comment = make_comment(article)
    answer = client.post(edit_url(comment), {"body": "고친 글", "password": PASSWORD})
    assert answer.status_code == 403
    assert "고친 글</textarea>" in answer.content.decode()
    assert client.post(delete_url(comment), {"password": PASSWORD}).status_code == 303


def test_an_edit_under_pre_moderation_is_held_and_says_so(client, article, settings):
    comment = make_comment(article)
    settings.COMMENT_MODERATION = "pre"
    response = client.post(edit_url(comment), {"body": "다시 쓴 글", "password": PASSWORD})
    html = client.get(response["Location"]).content.decode()
    assert "승인한 뒤에 공개됩니다" in html
    assert "다시 쓴 글" not in html


def test_another_site_cannot_send_the_form(article):
    comment = make_comment(article)
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(delete_url(comment), {"password": PASSWORD}).status_code == 403
    assert Comment.objects.visible().exists()


def test_guessing_from_many_networks_is_stopped_too(article):
    comment = make_comment(article)
    use_up(PASSWORDS_FROM_EVERYWHERE, comment.pk, but=2)
    statuses = [
        Client(REMOTE_ADDR=f"198.51.{number}.7")
        .post(f"/comments/{comment.pk}/delete/", {"password": f"추측 {number}"})
        .status_code
        for number in range(3)
    ]
    assert statuses == [403, 403, 429]


def test_one_stranger_does_not_use_up_the_tries_of_all(client, article):
    comment = make_comment(article)
    use_up(PASSWORDS_FROM_EVERYWHERE, comment.pk, but=8)
    for number in range(10):
        client.post(delete_url(comment), {"password": f"추측 {number}"})
    author = Client(REMOTE_ADDR="192.0.2.77")
    assert author.post(delete_url(comment), {"password": PASSWORD}).status_code == 303


def test_the_21st_edit_in_a_minute_must_wait_and_keeps_the_text(client, article):
    comment = make_comment(article)
    use_up(EDITING, "127.0.0.1", but=2)
    sent = [{"body": f"글 {number}", "password": PASSWORD} for number in (19, 20, 21)]
    *taken, refused = [client.post(edit_url(comment), fields) for fields in sent]
    assert {response.status_code for response in taken} == {303}
    assert (refused.status_code, "글 21</textarea>" in refused.text) == (429, True)
    assert 0 < int(refused["Retry-After"]) <= 60
    comment.refresh_from_db()
    assert comment.body == "글 20"
