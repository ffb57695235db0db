"""The pages behind the links in mails, and the one to follow an article."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.mail_tokens import Purpose
from comments.mail import tokens
from comments.models import Follow, OutgoingMail, Recipient
from tests.builders import make_article, make_draft, make_user
from tests.comments.builders import discussion_url, make_comment
from tests.comments.mail.builders import (
    BOB,
    make_announced,
    make_follow,
    make_recipient,
    work,
)

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]
VIEWS = {
    Purpose.CONFIRM: "comments:confirm_mail",
    Purpose.UNSUBSCRIBE: "comments:unsubscribe",
    Purpose.MANAGE: "comments:manage_mail",
}


@pytest.fixture
def article():
    return make_article()


@pytest.fixture
def bob():
    return make_recipient()


def follow_url(article) -> str:
    return reverse("comments:follow", args=[article.slug])


def link(purpose, recipient, follow=None) -> str:
    return reverse(VIEWS[purpose], args=[tokens.issue(purpose, recipient, follow)])


def test_the_discussion_links_to_the_follow_page(client, article):
    assert f'href="{follow_url(article)}"' in client.get(discussion_url(article)).content.decode()


def test_a_guest_follows_an_article_and_is_asked(client, article):
    assert client.get(follow_url(article))["Cache-Control"] == "private, no-store"
    response = client.post(follow_url(article), {"email": BOB}, follow=True)
    assert "메일함을 확인해 주세요." in response.content.decode()
    assert Follow.objects.get().confirmed_at is None
    assert [message.to for message in work()] == [[BOB]]


def test_the_answer_does_not_tell_who_is_known_here(article, bob):
    make_follow(article, bob)
    answers = {
        Client().post(follow_url(article), {"email": address})["Location"]
        for address in (BOB, "stranger@pildam.example")
    }
    assert len(answers) == 1


def test_an_account_follows_with_one_press(client, article):
    client.force_login(make_user())
    assert "alice@pildam.example" in client.get(follow_url(article)).content.decode()
    response = client.post(follow_url(article), follow=True)
    assert "새 댓글이 달리면 메일로 알려 드립니다." in response.content.decode()
    assert Follow.objects.get().confirmed_at is not None


@pytest.mark.parametrize("address", ["", "bob", "bob@pildam.example\nBcc: eve@evil.example"])
def test_without_an_address_a_guest_follows_nothing(client, article, address):
    assert client.post(follow_url(article), {"email": address}).status_code == 422
    assert not Recipient.objects.exists()


def test_following_for_many_addresses_is_slowed_down(article):
    for number in range(5):
        Client().post(follow_url(article), {"email": f"reader{number}@pildam.example"})
    response = Client().post(follow_url(article), {"email": "reader6@pildam.example"})
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert OutgoingMail.objects.count() == 5


def test_a_draft_cannot_be_followed(client):
    assert client.post(follow_url(make_draft()), {"email": BOB}).status_code == 404


def test_the_link_in_the_confirmation_shows_a_button_and_the_button_confirms(article):
    Client().post(follow_url(article), {"email": BOB})
    [message] = work()
    path = re.search(r"http://testserver(/comments/mail/confirm/\S+)", message.body)[1]
    client = Client()
    page = client.get(path).content.decode()
    assert article.title in page
    assert "b***@pildam.example" in page
    assert Follow.objects.get().confirmed_at is None
    assert "확인했습니다" in client.post(path).content.decode()
    assert Follow.objects.get().confirmed_at is not None
    assert Recipient.objects.get().confirmed_at is not None
    assert "더 확인하실 알림이 없습니다" in client.get(path).content.decode()


def test_confirming_needs_the_pages_own_form(article, bob):
    make_follow(article, bob, confirmed_at=None)
    client = Client(enforce_csrf_checks=True)
    assert client.post(link(Purpose.CONFIRM, bob)).status_code == 403


@pytest.mark.promise("D5")
def test_looking_at_the_unsubscribe_page_changes_nothing(client, article, bob):
    follow = make_follow(article, bob)
    response = client.get(link(Purpose.UNSUBSCRIBE, bob, follow))
    assert article.title in response.content.decode()
    assert not response.cookies
    assert Follow.objects.filter(pk=follow.pk).exists()


@pytest.mark.promise("D5")
def test_one_click_ends_the_follow_that_the_mail_was_for(article, bob):
    make_follow(article, bob)
    kept = make_follow(make_article("다른 글"), bob)
    make_announced(article)
    [message] = work()
    headers = message.message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = headers["List-Unsubscribe"].strip("<>").removeprefix("http://testserver")
    mail_program = Client(enforce_csrf_checks=True)
    for _ in range(2):
        response = mail_program.post(url, {"List-Unsubscribe": "One-Click"})
        assert response.status_code == 200
    assert [follow.pk for follow in bob.follows.all()] == [kept.pk]


def test_one_click_on_everything_ends_everything_for_good(article, bob):
    make_follow(article, bob)
    make_announced(article)
    Client(enforce_csrf_checks=True).post(link(Purpose.UNSUBSCRIBE, bob))
    bob.refresh_from_db()
    assert bob.unsubscribed_at is not None
    assert not bob.follows.exists()
    assert work() == []


def test_a_waiting_mail_is_not_sent_after_unsubscribing(article, bob):
    make_follow(article, bob)
    OutgoingMail.objects.create(to=BOB, recipient=bob, key="waiting", subject="글", text="글")
    Client().post(link(Purpose.UNSUBSCRIBE, bob))
    assert work() == []


def test_the_page_of_one_follow_can_end_all(client, article, bob):
    follow = make_follow(article, bob)
    make_follow(make_article("다른 글"), bob)
    client.post(link(Purpose.UNSUBSCRIBE, bob, follow), {"scope": "all"})
    assert not bob.follows.exists()


@pytest.mark.promise("D5")
@pytest.mark.parametrize("made_for", Purpose)
@pytest.mark.parametrize("used_for", Purpose)
def test_a_token_is_good_for_its_own_purpose_alone(client, article, bob, made_for, used_for):
    make_follow(article, bob)
    url = reverse(VIEWS[used_for], args=[tokens.issue(made_for, bob)])
    assert client.get(url).status_code == (200 if made_for == used_for else 404)
    if made_for != used_for:
        assert client.post(url, {"follow": "all"}).status_code == 404
        assert bob.follows.exists()


def test_a_token_is_good_for_its_own_recipient_alone(client, article, bob):
    other = make_recipient("carol@pildam.example")
    forged = tokens.issue(Purpose.MANAGE, bob).replace(f"{bob.pk}-", f"{other.pk}-", 1)
    assert client.get(reverse("comments:manage_mail", args=[forged])).status_code == 404


@pytest.mark.parametrize("token", ["x", "1-1", "1-1.", "9" * 30 + "-1." + "a" * 43, "가", "%00"])
def test_what_is_no_token_is_404(client, bob, token):
    for name in ("unsubscribe/", "confirm/", ""):
        assert client.get(f"/comments/mail/{name}{token}/").status_code == 404


def test_a_new_secret_makes_the_old_links_void(client, bob):
    url = link(Purpose.MANAGE, bob)
    Recipient.objects.update(secret="0" * 32)
    assert client.get(url).status_code == 404


def test_the_manage_page_lists_and_removes(client, article, bob):
    gone = make_follow(article, bob, comment=make_comment(article))
    make_follow(make_article("다른 글"), bob)
    make_follow(make_article("청하기만 한 글"), bob, confirmed_at=None)
    url = link(Purpose.MANAGE, bob)
    html = client.get(url).content.decode()
    assert "내 댓글의 답글" in html
    assert "다른 글" in html
    assert "청하기만 한 글" not in html
    assert client.post(url, {"follow": gone.pk}).status_code == 303
    assert not Follow.objects.filter(pk=gone.pk).exists()


@pytest.mark.parametrize("chosen", ["", "x", "9" * 19, "-1"])
def test_the_manage_page_removes_only_the_recipients_own(client, article, bob, chosen):
    make_follow(article, bob)
    others = make_follow(article, make_recipient("carol@pildam.example"))
    url = link(Purpose.MANAGE, bob)
    assert client.post(url, {"follow": chosen}).status_code == 303
    assert client.post(url, {"follow": others.pk}).status_code == 303
    assert Follow.objects.count() == 2


def test_mail_pages_are_nobody_elses(client, article, bob):
    make_follow(article, bob, confirmed_at=timezone.now())
    for purpose in Purpose:
        response = client.get(link(purpose, bob))
        assert response["Cache-Control"] == "private, no-store"
        assert 'content="noindex"' in response.content.decode()
        assert BOB not in response.content.decode()
