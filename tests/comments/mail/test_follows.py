"""Double opt-in: what an address has to say before anything is sent to it, and how seldom."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from comments.mail import outbox
from comments.models import Comment, Follow, OutgoingMail, Recipient, Status, WordRule
from tests.builders import make_article, make_user
from tests.comments.builders import discussion_url, make_comment, post_comment
from tests.comments.mail.builders import BOB, make_announced, make_recipient, work

pytestmark = pytest.mark.django_db
TICKED = {"follow_replies": "on", "follow_article": "on"}


@pytest.fixture
def article():
    return make_article()


def confirm_all(recipient: Recipient) -> None:
    recipient.follows.update(confirmed_at=timezone.now())


def test_ticked_boxes_make_follows_that_wait_for_the_address(client, article):
    assert post_comment(client, article, email=" Bob@PILDAM.example ", **TICKED).status_code == 303
    comment = Comment.objects.get()
    recipient = Recipient.objects.get()
    assert recipient.address == BOB
    follows = set(Follow.objects.values_list("comment", "article", "confirmed_at"))
    assert follows == {(comment.pk, article.pk, None), (None, article.pk, None)}


def test_nothing_but_the_confirmation_is_sent_before_the_address_is_confirmed(client, article):
    post_comment(client, article, email=BOB, **TICKED)
    assert len(work()) == 1
    Recipient.objects.update(last_mailed_at=None)
    make_announced(article, parent=Comment.objects.get())
    assert work() == []
    confirm_all(Recipient.objects.get())
    assert len(work()) == 1


@pytest.mark.any_engine
def test_the_confirmation_holds_no_word_of_the_commenter(client, article):
    post_comment(client, article, "사세요 http://spam.example", name="광고", email=BOB, **TICKED)
    [message] = work()
    said = message.subject + message.body + str(message.alternatives[0].content)
    for word in ("사세요", "spam.example", "광고", article.title):
        assert word not in said
    assert message.subject == "필담 알림 메일을 받으시겠어요?"


def test_an_address_is_asked_once_a_day_however_often_it_is_typed(article):
    for number in range(3):
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")
        post_comment(client, article, f"글 {number}", email=BOB, **TICKED)
    assert OutgoingMail.objects.count() == 1
    Recipient.objects.update(asked_at=timezone.now() - timedelta(hours=25))
    post_comment(Client(), article, "하루 뒤", email=BOB, **TICKED)
    assert OutgoingMail.objects.count() == 2


def test_an_address_that_wants_no_mail_is_not_asked_again_soon(article):
    two_days_ago = timezone.now() - timedelta(days=2)
    make_recipient(asked_at=two_days_ago, unsubscribed_at=two_days_ago)
    post_comment(Client(), article, email=BOB, **TICKED)
    assert not OutgoingMail.objects.exists()


@pytest.mark.any_engine
def test_one_network_cannot_have_many_addresses_asked(article):
    statuses = [
        post_comment(
            Client(), article, f"글 {number}", email=f"reader{number}@pildam.example", **TICKED
        ).status_code
        for number in range(6)
    ]
    assert statuses == [303] * 5 + [422]
    assert OutgoingMail.objects.count() == 5
    assert Comment.objects.count() == 5
    assert Recipient.objects.count() == 5


def test_a_stranger_cannot_follow_in_the_name_of_a_confirmed_address(article):
    bob = make_recipient()
    post_comment(Client(), article, email=BOB, **TICKED)
    assert not bob.follows.filter(confirmed_at__isnull=False).exists()


def test_the_browser_that_has_proven_the_address_is_not_asked_again(article):
    client = Client()
    post_comment(client, article, "처음", email=BOB, **TICKED)
    bob = Recipient.objects.get()
    confirm_all(bob)
    post_comment(client, make_article("다른 글"), "다음", email=BOB, **TICKED)
    assert bob.follows.filter(confirmed_at__isnull=False).count() == 4
    assert OutgoingMail.objects.count() == 1


def test_an_account_follows_at_once_by_its_own_address(client, article):
    alice = make_user()
    client.force_login(alice)
    post_comment(client, article, name=None, password=None, email=BOB, **TICKED)
    recipient = Recipient.objects.get()
    assert (recipient.address, recipient.account) == (alice.email, alice)
    assert recipient.follows.filter(confirmed_at__isnull=False).count() == 2
    assert not OutgoingMail.objects.exists()


def test_an_account_takes_over_what_it_followed_as_a_guest(client, article):
    alice = make_user()
    guest = make_recipient(alice.email)
    client.force_login(alice)
    post_comment(client, article, name=None, password=None, follow_article="on")
    follow = Follow.objects.get()
    assert (follow.recipient, follow.recipient.account) == (guest, alice)


def test_mail_for_an_account_goes_to_the_address_it_has_now(client, article):
    alice = make_user()
    client.force_login(alice)
    post_comment(client, article, name=None, password=None, follow_article="on")
    alice.email = "new@pildam.example"
    alice.save()
    make_announced(article)
    assert [message.to for message in work()] == [["new@pildam.example"]]


def test_an_address_that_an_account_has_left_begins_anew(article):
    alice = make_user("new@pildam.example")
    left = make_recipient(account=alice)
    post_comment(Client(), article, email=BOB, **TICKED)
    assert not Recipient.objects.filter(pk=left.pk).exists()
    assert Recipient.objects.get(address=BOB).account is None


@pytest.mark.any_engine
@pytest.mark.parametrize("box", TICKED)
def test_a_ticked_box_without_an_address_is_refused_on_the_field(client, article, box):
    response = post_comment(client, article, "남을 글", **{box: "on"})
    assert response.status_code == 422
    html = response.content.decode()
    assert 'href="#id_email">알림 메일을 받으시려면 이메일 주소를 적어 주세요.' in html
    assert "남을 글" in html
    assert "checked" in html


@pytest.mark.any_engine
@pytest.mark.parametrize(
    "address",
    [
        "bob@pildam.example\nBcc: eve@evil.example",
        "bob@pildam.example\r\nSubject: 광고",
        '"bob\x0bBcc: eve"@pildam.example',
        "bob@pildam.example,eve@evil.example",
        "bob@pildam.example\x00",
        "봅@pildam.example",
        "bob@" + "a" * 64 + ".example",
    ],
)
def test_what_is_not_one_address_is_refused_once(client, article, address):
    response = post_comment(client, article, email=address, **TICKED)
    assert response.status_code == 422
    assert response.content.decode().count('id="id_email_error"') == 1
    assert not Recipient.objects.exists()


def test_a_korean_domain_is_one_address_in_either_spelling(article):
    for number, address in enumerate(("kim@한글.example", "kim@xn--bj0bj06e.example")):
        post_comment(Client(), article, f"글 {number}", email=address, **TICKED)
    assert Recipient.objects.get().address == "kim@xn--bj0bj06e.example"


@pytest.mark.any_engine
def test_spam_has_nobody_written_to(client, article):
    WordRule.objects.create(pattern="도박", effect=WordRule.Effect.SPAM)
    post_comment(client, article, "도박 사이트", email=BOB, **TICKED)
    assert Comment.objects.get().status == Status.SPAM
    assert not Recipient.objects.exists()


@pytest.mark.any_engine
def test_a_machine_in_the_trap_has_nobody_written_to(client, article):
    post_comment(client, article, email=BOB, website="http://spam.example", **TICKED)
    assert Comment.objects.exists()
    assert not Recipient.objects.exists()


@pytest.mark.any_engine
def test_without_a_tick_the_address_is_not_used(client, article):
    post_comment(client, article, email=BOB)
    assert not Recipient.objects.exists()


@pytest.mark.any_engine
def test_no_address_is_ever_on_a_page(client, article):
    post_comment(client, article, email=BOB, **TICKED)
    work()
    assert mail.outbox
    for url in (
        discussion_url(article),
        article.get_absolute_url(),
        f"{discussion_url(article)}feed/",
    ):
        assert "bob@" not in Client().get(url).content.decode()


def test_unconfirmed_addresses_are_forgotten_after_a_week(article):
    post_comment(Client(), article, email=BOB, **TICKED)
    work()
    long_ago = timezone.now() - timedelta(days=31)
    Follow.objects.update(created_at=long_ago)
    Recipient.objects.update(created_at=long_ago)
    OutgoingMail.objects.update(sent_at=long_ago)
    outbox.forget_old()
    assert not Recipient.objects.exists()
    assert not OutgoingMail.objects.exists()


@pytest.mark.any_engine
def test_a_comment_without_a_tick_keeps_no_follow(client, article):
    make_comment(article)
    post_comment(client, article, "또 한마디")
    assert not Follow.objects.exists()
