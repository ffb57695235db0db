"""Requests on the desk."""

import pytest
from django.contrib.auth.models import Permission

from comments.models import Comment, Status, Takedown, TakedownState
from comments.takedowns.decisions import Decision, decide
from comments.transitions import HOUSEKEEPING, change_status
from tests.builders import make_article, make_user
from tests.comments.builders import blind, make_comment, make_takedown

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]

LIST = "/admin/comments/takedown/"
RECEIVED = {"seen": "received", "days": "30", "note": ""}


@pytest.fixture
def moderator(client):
    user = make_user("bob@pildam.example", display_name="밥", is_staff=True)
    user.user_permissions.add(*Permission.objects.filter(content_type__app_label="comments"))
    client.force_login(user)
    return user


@pytest.fixture
def takedown():
    return make_takedown(make_comment(make_article(), "다툼이 있는 글"))


def change(takedown):
    return f"{LIST}{takedown.pk}/change/"


def test_requests_are_listed_with_their_deadline(client, moderator, takedown):
    html = client.get(LIST).content.decode()
    assert takedown.ticket in html
    assert "기한" in html
    assert client.get(f"{LIST}?q={takedown.ticket}&state=received").status_code == 200


def test_a_request_is_shown_with_the_comment_and_the_reason(client, moderator, takedown):
    html = client.get(change(takedown)).content.decode()
    for shown in ("홍길동", "사실이 아닙니다.", "다툼이 있는 글", "임시조치", "거절"):
        assert shown in html
    assert "임시조치 풀기" not in html


def test_a_moderator_blinds_for_some_days(client, moderator, takedown):
    response = client.post(change(takedown), RECEIVED | {"decision": "blind", "days": "7"})
    assert response.status_code == 302
    found = Takedown.objects.get()
    assert (found.state, found.blind_days, found.decided_by) == ("blinded", 7, moderator)
    assert Comment.objects.get().status == Status.BLINDED
    assert "임시조치 풀기" in client.get(change(takedown)).content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        {"decision": "blind", "days": "31"},
        {"decision": "blind", "days": "0"},
        {"decision": "reject"},
        {"decision": "restore"},
        {"decision": ""},
        {"decision": "blind", "seen": "nonsense", "days": "x"},
    ],
)
def test_what_cannot_be_decided_changes_nothing(client, moderator, takedown, typed):
    assert client.post(change(takedown), RECEIVED | typed).status_code == 200
    assert Takedown.objects.get().state == TakedownState.RECEIVED


@pytest.mark.parametrize("first", [Decision.BLIND, Decision.REJECT])
def test_the_second_of_two_moderators_is_told(client, moderator, takedown, first):
    decide(takedown, first, user=make_user("carol@pildam.example"), seen="received", note="먼저")
    typed = RECEIVED | {"decision": "reject", "note": "나중 말"}
    response = client.post(change(takedown), typed)
    html = response.content.decode()
    assert response.status_code == 409
    assert "다른 운영자가 정했거나" in html
    assert "나중 말" in html
    assert Takedown.objects.get().decision_note == "먼저"


def test_what_readers_do_not_see_is_not_blinded(client, moderator, takedown):
    change_status(Comment.objects.all(), Status.HIDDEN, actor=HOUSEKEEPING)
    response = client.post(change(takedown), RECEIVED | {"decision": "blind"})
    assert response.status_code == 409
    assert "임시조치할 수 없습니다" in response.content.decode()


def test_what_is_decided_is_only_read(client, moderator, takedown):
    decide(takedown, Decision.REJECT, user=moderator, seen="received", note="그대로 둡니다.")
    html = client.get(change(takedown)).content.decode()
    assert "그대로 둡니다." in html
    assert 'name="decision"' not in html


def test_an_objection_is_shown(client, moderator, takedown):
    blind(takedown, moderator)
    Takedown.objects.update(objection="사실입니다.")
    assert "사실입니다." in client.get(change(takedown)).content.decode()


def test_without_the_permission_nothing_is_decided(client, takedown):
    client.force_login(make_user(is_staff=True))
    assert client.get(change(takedown)).status_code == 403
    assert client.post(change(takedown), RECEIVED | {"decision": "remove"}).status_code == 403
