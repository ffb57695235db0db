"""Subscribing as a reader does it: asked, confirmed, changed, ended."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from articles.mail_tokens import Purpose
from articles.models import Letter, Newsletter, Subscriber, Subscription
from articles.newsletter import tokens
from articles.newsletter.views import SUBSCRIBING
from tests.articles.newsletter.builders import (
    BOB,
    links_in,
    make_news,
    make_newsletter,
    make_subscriber,
    make_subscription,
    receivers,
    work,
)
from tests.builders import make_article, make_author, make_category, make_series

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]
PAGE = "/newsletter/"


@pytest.fixture(autouse=True)
def newsletter():
    return make_newsletter()


def form(**changes):
    return {"email": BOB, "targets": "site", "frequency": "each", "agrees": "on"} | changes


def path(purpose, subscriber):
    return f"/newsletter/{purpose}/{tokens.issue(purpose, subscriber)}/"


def test_a_reader_subscribes_confirms_and_gets_the_next_article(client):
    page = client.post(PAGE, form(), follow=True)
    assert "확인 메일을 보내 드립니다." in page.content.decode()
    make_news("확인하기 전의 글")
    (asking,) = work()
    confirm_url = links_in(asking)[0]
    assert "받겠습니다" in client.get(confirm_url).content.decode()
    assert Subscription.objects.get().confirmed_at is None, "GET changes nothing"
    assert "구독이 시작되었습니다" in client.post(confirm_url).content.decode()
    make_news("확인한 뒤의 글")
    (letter,) = work()
    assert (letter.to, letter.subject) == ([BOB], "확인한 뒤의 글")


def test_a_link_to_confirm_does_nothing_after_everything_was_ended(client):
    client.post(path(Purpose.UNSUBSCRIBE, reader := make_subscription().subscriber))
    assert (
        "구독이 시작되었습니다" not in client.post(path(Purpose.CONFIRM, reader)).content.decode()
    )
    assert Subscriber.objects.get().left_at is not None


def test_the_page_is_kept_by_no_cache_and_the_lists_that_lead_to_it_carry_no_token(client):
    category, author, series = make_category(), make_author(), make_series()
    make_article(category=category, authors=[author], series=series, episode=1)
    for row, kind in ((category, "category"), (author, "author"), (series, "series")):
        response = client.get(row.get_absolute_url())
        text = response.content.decode()
        assert f'href="/newsletter/?{kind}=' in text
        assert "csrf" not in text
        assert not response.cookies
    assert client.get(PAGE)["Cache-Control"] == "private, no-store"


def test_each_kind_of_list_can_be_subscribed_to_from_its_own_page(client):
    category, author, series = make_category(), make_author(), make_series()
    make_article(category=category, authors=[author], series=series, episode=1)
    rows = {"category": category, "author": author, "series": series}
    for kind, row in rows.items():
        address = f"{PAGE}?{kind}={row.slug}"
        assert client.get(address).context["form"]["targets"].value() == [f"{kind}:{row.pk}"]
        client.post(address, form(targets=f"{kind}:{row.pk}", frequency="weekly"))
    assert sorted(str(wish) for wish in Subscription.objects.all()) == [
        "신피질 님의 글",
        "연재 ‘손이 아는 것’",
        "카테고리 ‘기술’의 글",
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"email": "bob@pildam.example\nBcc: eve@evil.example"},
        {"email": "bob@pildam.example\r\nSubject: x"},
        {"email": "bob"},
        {"email": "b\x00ob@pildam.example"},
        {"targets": "series:1"},
        {"targets": []},
        {"frequency": "hourly"},
        {"agrees": ""},
    ],
)
def test_bad_input_is_refused_and_what_was_written_kept(client, change):
    response = client.post(PAGE, form(**change))
    assert response.status_code == 422
    page = response.content.decode()
    assert "구독을 신청하지 못했습니다." in page
    # Each message leads to what is to be filled in again.
    linked = re.findall(r'href="#(id_[^"]*)"', page)
    assert linked
    assert [name for name in linked if f'id="{name}"' not in page] == []
    assert not Subscriber.objects.exists()


def test_the_answer_is_the_same_for_addresses_known_and_unknown(client):
    make_subscription(make_subscriber("known@pildam.example"))
    make_subscriber("gone@pildam.example", left_at=timezone.now())
    answers = [
        client.post(PAGE, form(email=email))
        for email in ("known@pildam.example", "gone@pildam.example", "new@pildam.example")
    ]
    assert len({(a.status_code, a.url, a.content, tuple(a.cookies)) for a in answers}) == 1


def test_a_mailbox_is_asked_once_a_day_however_its_address_is_typed(client):
    for email in (BOB, "BOB@pildam.example", " Bob@Pildam.Example "):
        assert client.post(PAGE, form(email=email)).status_code == 303
    assert receivers(work()) == ["bob"]
    assert Subscriber.objects.count() == 1


def test_who_has_it_already_is_sent_the_way_to_change_it_and_nothing_changes(client):
    wish = make_subscription()
    client.post(PAGE, form(frequency="weekly"))
    (letter,) = work()
    assert "메일로 받는 글 바꾸기" in letter.subject
    wish.refresh_from_db()
    assert wish.frequency == "each"
    assert "모든 새 글" in client.get(links_in(letter)[1]).content.decode()


def test_one_network_cannot_have_everybody_asked(client):
    for number in range(SUBSCRIBING.allowed):
        client.post(PAGE, form(email=f"reader{number}@pildam.example"))
    response = client.post(PAGE, form(email="one-more@pildam.example"))
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert Letter.objects.count() == SUBSCRIBING.allowed


def test_who_refuses_is_not_asked_again_for_a_month(client):
    client.post(PAGE, form())
    (asking,) = work()
    Client().post(links_in(asking)[1])
    Subscriber.objects.update(asked_at=timezone.now() - timedelta(days=2))
    client.post(PAGE, form())
    assert work() == []


@pytest.mark.promise("D5")
def test_one_click_ends_what_the_letter_came_for_without_cookie_or_token():
    category = make_category()
    bob = make_subscriber()
    of_category = make_subscription(bob, category=category)
    other = make_subscription(bob, "weekly", author=make_author())
    make_news(category=category)
    (letter,) = work()
    url = letter.extra_headers["List-Unsubscribe"].strip("<>")
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    client = Client(enforce_csrf_checks=True)
    client.get(url)
    assert Subscription.objects.count() == 2, "GET changes nothing"
    for _ in range(2):
        answer = client.post(url, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert not answer.cookies
    assert list(Subscription.objects.all()) == [other]
    assert of_category.subscriber.subscriptions.count() == 1


def test_leaving_counts_once_and_stops_what_waits(client):
    bob = make_subscriber()
    make_subscription(bob)
    make_news("첫 글")
    (letter,) = work()
    for _ in range(2):
        client.post(links_in(letter)[0], {"scope": "all"})
    make_news("둘째 글")
    assert work() == []
    assert Newsletter.current().left_count == 1


@pytest.mark.parametrize("made_for", Purpose)
@pytest.mark.parametrize("used_for", Purpose)
def test_a_link_opens_the_page_that_it_was_made_for_and_no_other(client, made_for, used_for):
    wish = make_subscription()
    token = path(made_for, wish.subscriber).split("/")[3]
    forged = f"{token[:-1]}{'A' if token[-1] != 'A' else 'B'}"
    expected = 200 if made_for == used_for else 404
    assert client.get(f"/newsletter/{used_for}/{token}/").status_code == expected
    assert client.get(f"/newsletter/{used_for}/{forged}/").status_code == 404
    if expected == 404:
        assert client.post(f"/newsletter/{used_for}/{token}/").status_code == 404
        assert Subscription.objects.count() == 1


def test_single_subscriptions_are_changed_and_ended_on_the_page_behind_the_link(client):
    bob = make_subscriber()
    first, second = make_subscription(bob), make_subscription(bob, author=make_author())
    strangers = make_subscription(make_subscriber("carol@pildam.example"))
    url = path(Purpose.MANAGE, bob)
    client.post(url, {"weekly": first.pk})
    client.post(url, {"end": second.pk})
    client.post(url, {"end": strangers.pk})
    client.post(url, {"weekly": "nonsense"})
    first.refresh_from_db()
    assert first.frequency == "weekly"
    assert set(Subscription.objects.all()) == {first, strangers}
    client.post(url, {"leave": "1"})
    assert "보내는 글이 없습니다" in client.get(url).content.decode()


def test_no_log_holds_an_address(client, caplog, settings):
    settings.EMAIL_BACKEND = "tests.comments.mail.test_outbox.AwayBackend"
    client.post(PAGE, form())
    client.get("/newsletter/manage/1-0-.forged/")
    assert work() == []
    assert Letter.objects.get().attempts == 1
    assert "was not sent" in caplog.text
    assert "bob" not in caplog.text
    assert len(mail.outbox) == 0
