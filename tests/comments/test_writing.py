"""Writing: a reader sends the form and sees what became of it."""

import logging

import pytest
from django.test import Client

from articles.rate_limits import Limit
from comments.limits import PREVIEWING
from comments.models import Comment, Status
from comments.views import discussion
from tests.builders import make_article, make_author, make_draft, make_user
from tests.comments.builders import (
    PASSWORD,
    discussion_url,
    form_token,
    make_comment,
    post_comment,
    use_up,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make_article()


def test_a_comment_by_one_client_is_read_by_another(client, article):
    response = post_comment(client, article, "좋은 글 고맙습니다.")
    comment = Comment.objects.get()
    assert response.status_code == 303
    assert response["Location"] == f"{discussion_url(article)}#comment-{comment.pk}"
    assert "좋은 글 고맙습니다." in Client().get(discussion_url(article)).content.decode()


@pytest.mark.any_engine
def test_the_form_carries_a_token_and_needs_it(article):
    strict = Client(enforce_csrf_checks=True)
    html = strict.get(discussion_url(article)).content.decode()
    assert "csrfmiddlewaretoken" in html
    assert post_comment(strict, article).status_code == 403
    assert not Comment.objects.exists()


@pytest.mark.any_engine
def test_the_form_is_labelled_and_completes_itself(client, article):
    html = client.get(discussion_url(article)).content.decode()
    for name in ("name", "password", "email", "body"):
        assert f'<label for="id_{name}">' in html
        assert f'name="{name}"' in html
    assert 'autocomplete="nickname"' in html
    assert 'autocomplete="new-password"' in html


@pytest.mark.any_engine
def test_a_signed_in_reader_is_asked_for_the_text_alone(client, article):
    alice = make_user()
    client.force_login(alice)
    html = client.get(discussion_url(article)).content.decode()
    assert 'name="password"' not in html
    assert "<strong>앨리스</strong> 이름으로" in html
    post_comment(client, article, name="남의 이름", password="남의 비밀번호")
    comment = Comment.objects.get()
    assert (comment.account, comment.name, comment.is_guest) == (alice, "앨리스", False)


def test_the_address_of_a_guest_is_kept_and_never_shown(client, article):
    post_comment(client, article, email="carol@example.com")
    assert Comment.objects.get().email == "carol@example.com"
    assert "carol@example.com" not in client.get(discussion_url(article)).content.decode()


@pytest.mark.promise("C4")
@pytest.mark.any_engine
@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"body": ""}, "내용을 적어 주세요."),
        ({"body": "\u3164\u200b"}, "내용을 적어 주세요."),
        ({"body": "가" * 4001}, "4,000자까지"),
        ({"body": "가\x00나"}, "쓸 수 없는 문자"),
        ({"name": ""}, "이름을 적어 주세요."),
        ({"name": None}, "이름을 적어 주세요."),
        ({"name": "\u3164"}, "보이지 않는 문자"),
        ({"name": "가" * 21}, "20자까지"),
        ({"name": "가\x00"}, "쓸 수 없는 문자"),
        ({"password": ""}, "비밀번호를 적어 주세요."),
        ({"password": "abc"}, "4자 이상"),
        ({"password": "a" * 129}, "128자까지"),
        ({"email": "주소가 아님"}, "이메일 주소를"),
        ({"email": "a@example.com\nBcc: b@example.com"}, "이메일 주소를"),
        ({"email": "a@example.com\r\nX: y"}, "이메일 주소를"),
        ({"parent": "아무거나"}, "답하려던 댓글이"),
        ({"parent": "-1"}, "답하려던 댓글이"),
        ({"parent": "9999999999999999999"}, "답하려던 댓글이"),
    ],
)
def test_what_cannot_be_taken_is_422_and_says_why(client, article, fields, message):
    response = post_comment(client, article, **fields)
    assert response.status_code == 422
    assert message in response.content.decode()
    assert not Comment.objects.exists()


@pytest.mark.any_engine
def test_what_was_typed_is_kept_except_the_password(client, article):
    response = post_comment(
        client, article, "길게 쓴 글", name="가" * 21, password="비밀 이야기", email="c@example.com"
    )
    html = response.content.decode()
    assert "길게 쓴 글</textarea>" in html
    assert "가" * 21 in html
    assert "c@example.com" in html
    assert "비밀 이야기" not in html


@pytest.mark.any_engine
def test_an_error_is_tied_to_its_field(client, article):
    html = post_comment(client, article, name="").content.decode()
    assert '<a href="#id_name">이름을 적어 주세요.</a>' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert "<title>" in html
    assert "오류: 댓글" in html


@pytest.mark.promise("C4")
def test_4000_emoji_families_arrive_whole(client, article):
    body = "👨‍👩‍👧‍👦" * 4000
    assert post_comment(client, article, body).status_code == 303
    assert Comment.objects.get().body == body


@pytest.mark.promise("C6")
@pytest.mark.parametrize("name", ["신피질", "신 피질", "ㅅㅣㄴㅍㅣㅈㅣㄹ"])
def test_a_guest_cannot_take_the_name_of_an_author(client, article, name):
    make_author("신피질")
    response = post_comment(client, article, name=name)
    assert response.status_code == 422
    assert "필자나 편집자의 이름" in response.content.decode()
    assert not Comment.objects.exists()


def test_a_reply_shows_what_it_answers(client, article):
    parent = make_comment(article, "물음", name="물은이")
    html = client.get(f"{discussion_url(article)}?reply={parent.pk}").content.decode()
    assert "<bdi>물은이</bdi>님에게 답글 쓰기" in html
    assert f'<input type="hidden" name="parent" value="{parent.pk}">' in html


def test_a_reply_is_stored_under_its_root(client, article):
    root = make_comment(article)
    reply = make_comment(article, parent=root)
    post_comment(client, article, "대답", parent=reply.pk)
    answer = Comment.objects.get(body="대답")
    assert (answer.root, answer.in_reply_to) == (root, reply)


@pytest.mark.promise("C9")
@pytest.mark.parametrize("status", [Status.HELD, Status.HIDDEN, Status.DELETED])
def test_an_answer_to_what_nobody_sees_is_refused_and_kept(client, article, status):
    parent = make_comment(article, status=status)
    response = post_comment(client, article, "늦은 대답", parent=parent.pk)
    assert response.status_code == 422
    assert "늦은 대답</textarea>" in response.content.decode()
    assert Comment.objects.count() == 1


@pytest.mark.promise("C9")
def test_an_answer_across_articles_is_refused(client, article):
    elsewhere = make_comment(make_article("다른 글"))
    assert post_comment(client, article, parent=elsewhere.pk).status_code == 422
    assert Comment.objects.count() == 1


@pytest.mark.promise("C9")
def test_a_draft_and_a_hidden_discussion_take_nothing(client):
    for closed in (make_draft(), make_article(comment_policy="hidden")):
        assert post_comment(client, closed).status_code == 404
    assert not Comment.objects.exists()


@pytest.mark.promise("C9")
def test_a_closed_discussion_takes_nothing_and_gives_the_text_back(client):
    closed = make_article(comment_policy="read_only")
    response = post_comment(client, closed, "늦게 쓴 글")
    assert response.status_code == 403
    assert "늦게 쓴 글</textarea>" in response.content.decode()
    assert not Comment.objects.exists()


def test_a_discussion_closes_by_itself(client, article, settings):
    settings.COMMENT_CLOSE_AFTER_DAYS = 7
    assert post_comment(client, article).status_code == 403


def test_a_held_comment_says_so_and_is_not_shown(client, article, settings):
    settings.COMMENT_MODERATION = "pre"
    response = post_comment(client, article, "기다리는 글")
    assert response.status_code == 303
    html = client.get(response["Location"]).content.decode()
    assert "승인한 뒤에 공개됩니다" in html
    assert "기다리는 글" in html
    assert "승인 대기" in html


@pytest.mark.promise("C8")
def test_a_held_comment_is_seen_by_its_author_alone(client, article, settings):
    settings.COMMENT_MODERATION = "pre"
    post_comment(client, article, "기다리는 글")
    comment = Comment.objects.get()
    stranger = Client()
    pages = (discussion_url(article), article.get_absolute_url(), f"{discussion_url(article)}feed/")
    for url in pages:
        assert "기다리는 글" not in stranger.get(url).content.decode()
    for action in ("", "edit/", "delete/", "vote/", "report/"):
        assert stranger.get(f"/comments/{comment.pk}/{action}").status_code == 404
    assert client.get(f"/comments/{comment.pk}/edit/").status_code == 200


def test_a_double_click_leads_twice_to_one_comment(client, article):
    token = form_token(article)
    first = post_comment(client, article, form_token=token)
    second = post_comment(client, article, form_token=token)
    assert first["Location"] == second["Location"]
    assert Comment.objects.count() == 1


@pytest.mark.promise("C2")
def test_the_same_words_by_another_hand_are_422(client, article):
    post_comment(client, article)
    response = post_comment(client, article, password="다른 비밀번호")
    assert response.status_code == 422
    assert "같은 내용의 댓글이 방금" in response.content.decode()


@pytest.mark.promise("C3")
@pytest.mark.any_engine
def test_the_eleventh_comment_in_a_minute_must_wait(client, article):
    statuses = [post_comment(client, article, f"글 {number}").status_code for number in range(10)]
    response = post_comment(client, article, "열한 번째 글")
    assert statuses == [303] * 10
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 60
    assert "열한 번째 글</textarea>" in response.content.decode()
    assert Comment.objects.count() == 10


@pytest.mark.promise("C3")
@pytest.mark.any_engine
def test_another_address_need_not_wait(client, article):
    for number in range(11):
        post_comment(client, article, f"글 {number}")
    neighbour = Client(REMOTE_ADDR="192.0.2.77")
    assert post_comment(neighbour, article, "이웃의 글").status_code == 303


@pytest.mark.any_engine
def test_what_one_address_may_not_send_does_not_close_the_article(client, article, monkeypatch):
    monkeypatch.setattr(discussion, "ARTICLE_POSTING", Limit("few", allowed=12, seconds=60))
    for number in range(20):
        post_comment(client, article, f"글 {number}")
    neighbour = Client(REMOTE_ADDR="192.0.2.77")
    assert post_comment(neighbour, article, "이웃의 글").status_code == 303


@pytest.mark.any_engine
def test_too_many_previews_are_429_and_say_why(client, article):
    use_up(PREVIEWING, "127.0.0.1", but=1)
    assert post_comment(client, article, "보려던 글", preview="1").status_code == 200
    response = post_comment(client, article, "보려던 글", preview="1")
    assert response.status_code == 429
    assert "미리 보기를 너무 자주" in response.text
    assert "보려던 글</textarea>" in response.text


@pytest.mark.any_engine
def test_a_made_up_forwarded_header_changes_nothing(article):
    for number in range(11):
        liar = Client(HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")
        response = post_comment(liar, article, f"글 {number}")
    assert response.status_code == 429


@pytest.mark.promise("C3")
@pytest.mark.any_engine
def test_one_ipv6_household_waits_together(article):
    for number in range(11):
        member = Client(REMOTE_ADDR=f"2001:db8:1:2::{number:x}")
        response = post_comment(member, article, f"글 {number}")
    assert response.status_code == 429


@pytest.mark.promise("C7", "D7")
@pytest.mark.any_engine
def test_nothing_of_a_password_is_logged(client, article, caplog):
    caplog.set_level(logging.DEBUG)
    post_comment(client, article, name="")
    post_comment(client, article)
    assert PASSWORD not in caplog.text


@pytest.mark.any_engine
def test_other_methods_are_not_allowed(client, article):
    assert client.put(discussion_url(article)).status_code == 405
    assert client.delete(discussion_url(article)).status_code == 405
