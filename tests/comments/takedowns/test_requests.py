"""A request without an account, and what its number shows."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from comments.models import Status, Takedown
from comments.privacy.tokens import issue_guest_key, issue_objection_key
from tests.builders import make_article, make_user
from tests.comments.builders import blind, let_time_pass, make_comment, make_takedown, sent_mail

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]

TYPED = {
    "name": "홍길동",
    "email": "hong@elsewhere.example",
    "relation": "self",
    "right": "privacy",
    "explanation": "제 사는 곳이 적혀 있습니다.",
    "consent": "on",
}


@pytest.fixture
def comment():
    return make_comment(make_article(), "누구는 어디에 산다")


@pytest.fixture
def ask(client, comment, django_capture_on_commit_callbacks):
    def asked(**fields):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(f"/comments/{comment.pk}/takedown/", TYPED | fields)

    return asked


@pytest.mark.promise("D6")
def test_a_request_gets_a_number_on_the_page_and_by_mail(client, ask, comment):
    response = ask()
    takedown = Takedown.objects.get(comment=comment)
    assert response.status_code == 303
    assert re.fullmatch(r"([2-9A-HJ-NP-Z]{4}-){3}[2-9A-HJ-NP-Z]{4}", takedown.ticket)
    assert takedown.ticket in client.get(response["Location"]).content.decode()
    assert sent_mail()[0].to == ["hong@elsewhere.example"]
    assert takedown.ticket in sent_mail()[0].body
    comment.refresh_from_db()
    assert comment.status == Status.VISIBLE


def test_asking_for_the_form_changes_nothing(client, comment):
    response = client.get(f"/comments/{comment.pk}/takedown/")
    assert response["Cache-Control"] == "private, no-store"
    assert "누구는 어디에 산다" in response.content.decode()
    assert not Takedown.objects.exists()


def test_sent_twice_it_is_one_request(ask):
    assert ask()["Location"] == ask()["Location"]
    assert Takedown.objects.count() == len(sent_mail()) == 1


@pytest.mark.parametrize(
    "field",
    [
        {"name": ""},
        {"name": "\u200b \n"},
        {"name": "가" * 51},
        {"email": "a@b.example\r\nBcc: c@d.example"},
        {"email": '"\x08"@b.example'},
        {"relation": "friend"},
        {"right": ""},
        {"explanation": "가" * 2_001},
        {"explanation": "\0"},
        {"explanation": " "},
        {"consent": ""},
    ],
)
def test_what_is_not_right_is_422_and_kept(ask, field):
    response = ask(**field)
    assert response.status_code == 422
    assert "접수하지 못했습니다." in response.content.decode()
    assert "hong@elsewhere.example" in response.content.decode() or "email" in field
    assert not Takedown.objects.exists()


def test_2000_graphemes_are_enough(ask):
    assert ask(explanation="👨‍👩‍👧‍👦" * 2_000).status_code == 303


def test_too_many_requests_are_429(ask):
    codes = [ask(explanation=f"이유 {number}").status_code for number in range(6)]
    assert codes == [303] * 5 + [429]
    assert Takedown.objects.count() == 5


def test_one_stranger_does_not_keep_others_from_asking(ask, comment):
    for number in range(30):
        ask(explanation=f"이유 {number}", email=f"stranger{number}@elsewhere.example")
    victim = Client(REMOTE_ADDR="192.0.2.77")
    assert victim.post(f"/comments/{comment.pk}/takedown/", TYPED).status_code == 303


@pytest.mark.parametrize("status", [s for s in Status if s != Status.VISIBLE])
def test_what_readers_do_not_see_cannot_be_asked_about(client, status):
    comment = make_comment(make_article(), status=status)
    assert client.get(f"/comments/{comment.pk}/takedown/").status_code == 404


def test_the_number_shows_the_state_and_nobody(client, comment):
    takedown = make_takedown(comment)
    response = client.get(f"/takedowns/{takedown.ticket.lower()}/")
    html = response.content.decode()
    assert response["Cache-Control"] == "private, no-store"
    assert "접수" in html
    assert "noindex" in html
    for private in ("홍길동", "hong@", "사실이 아닙니다", "누구는 어디에", "나그네"):
        assert private not in html


@pytest.mark.parametrize("ticket", ["ABCD-EFGH-JKLM-NPQR", "%00", "x", "가"])
def test_an_unknown_number_is_404(client, ticket):
    assert client.get(f"/takedowns/{ticket}/").status_code == 404


def test_the_number_shows_the_end_when_time_has_passed(client, comment):
    takedown = blind(make_takedown(comment), make_user(is_staff=True))
    let_time_pass(takedown)
    assert "종료" in client.get(f"/takedowns/{takedown.ticket}/").content.decode()
    comment.refresh_from_db()
    assert comment.is_visible


@pytest.fixture
def objection_path(comment):
    takedown = blind(make_takedown(comment), make_user(is_staff=True))
    return f"/takedowns/{takedown.ticket}/objection/{issue_objection_key(takedown.ticket)}/"


def test_the_author_objects_and_moderators_read_it(client, objection_path):
    assert client.get(objection_path).status_code == 200
    assert client.post(objection_path, {"objection": ""}).status_code == 422
    assert client.post(objection_path, {"objection": "사실입니다."}).status_code == 303
    takedown = Takedown.objects.get()
    assert takedown.objection == "사실입니다."
    assert timezone.now() - takedown.objected_at < timedelta(minutes=1)


def test_nobody_objects_without_the_key_for_it(client, comment, objection_path):
    ticket = Takedown.objects.get().ticket
    other = make_takedown(comment).ticket
    for key in (issue_objection_key(other), issue_guest_key(comment.pk), "x"):
        path = f"/takedowns/{ticket}/objection/{key}/"
        assert client.post(path, {"objection": "안 됩니다."}).status_code == 404
    assert Takedown.objects.get(ticket=ticket).objection == ""


def test_when_it_is_over_there_is_nothing_to_object_to(client, objection_path):
    let_time_pass(Takedown.objects.get())
    assert client.post(objection_path, {"objection": "늦은 말"}).status_code == 403
    assert Takedown.objects.get().objection == ""
