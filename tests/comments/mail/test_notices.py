"""Who is told of a comment, and who is not."""

import pytest
from django.utils import timezone

from comments.mail.notices import spread
from comments.models import Block, Comment, Notice, Recipient, Status
from comments.transitions import change_status, erase, moderator
from tests.builders import make_article, make_user
from tests.comments.builders import make_comment
from tests.comments.mail.builders import (
    BOB,
    make_announced,
    make_follow,
    make_recipient,
    work,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make_article()


@pytest.fixture
def bob():
    return make_recipient()


def test_a_follower_of_the_article_is_told(article, bob):
    make_follow(article, bob)
    comment = make_announced(article, "읽어 주세요.", name="앨리스")
    [message] = work()
    assert message.to == [BOB]
    assert message.subject == "앨리스님의 새 댓글: 붓을 건네는 시간"
    assert f"http://testserver/comments/{comment.pk}/" in message.body
    assert "> 읽어 주세요." in message.body


def test_the_author_of_the_answered_comment_is_told(article, bob):
    mine = make_comment(article)
    make_follow(article, bob, comment=mine)
    make_announced(article, "대답입니다.", parent=mine, name="앨리스")
    [message] = work()
    assert message.subject == "앨리스님이 내 댓글에 답글을 달았습니다: 붓을 건네는 시간"


def test_a_reply_to_a_reply_is_told_to_whom_it_answers_alone(article, bob):
    root = make_comment(article)
    reply = make_comment(article, parent=root)
    make_follow(article, make_recipient("root@pildam.example"), comment=root)
    make_follow(article, bob, comment=reply)
    make_announced(article, parent=reply)
    assert [message.to for message in work()] == [[BOB]]


def test_a_reply_outweighs_a_new_comment_and_is_told_once(article, bob):
    mine = make_comment(article)
    make_follow(article, bob)
    make_follow(article, bob, comment=mine)
    make_announced(article, parent=mine)
    [message] = work()
    assert "답글을 달았습니다" in message.subject


def test_nobody_is_told_of_their_own_comment(article):
    alice = make_user()
    make_follow(article, make_recipient(alice.email, account=alice))
    make_follow(article, make_recipient(), browser_hash="b" * 32)
    make_follow(article, make_recipient("carol@pildam.example"))
    make_announced(article, account=alice)
    make_announced(article, browser_hash="b" * 32)
    make_announced(article, email="Carol@Pildam.example")
    spread()
    told = Notice.objects.values_list("comment__is_guest", "recipient__address")
    assert (False, alice.email) not in told
    assert Notice.objects.filter(recipient__address=BOB).count() == 2
    assert Notice.objects.filter(recipient__address="carol@pildam.example").count() == 2


def test_nobody_is_told_what_a_blocked_author_writes(article):
    alice = make_user()
    make_follow(article, make_recipient(alice.email, account=alice))
    comment = make_announced(article, browser_hash="b" * 32)
    Block.objects.create(reader=f"account:{alice.pk}", author=comment.author_key, name="나그네")
    assert work() == []


def test_an_unconfirmed_follow_is_told_nothing(article, bob):
    make_follow(article, bob, confirmed_at=None)
    make_announced(article)
    assert work() == []


def test_what_was_written_before_the_follow_is_not_told(article, bob):
    make_announced(article)
    make_follow(article, bob, created_at=timezone.now())
    assert work() == []


def test_an_account_that_is_switched_off_is_told_nothing(article):
    alice = make_user(is_active=False)
    make_follow(article, make_recipient(alice.email, account=alice))
    make_announced(article)
    assert work() == []


def test_a_comment_is_told_once_however_often_it_is_shown(article, bob):
    make_follow(article, bob)
    comment = make_announced(article)
    assert len(work()) == 1
    desk = moderator(make_user("desk@pildam.example", is_staff=True))
    for status in (Status.HIDDEN, Status.VISIBLE):
        change_status(Comment.objects.filter(pk=comment.pk), status, actor=desk)
    Recipient.objects.update(last_mailed_at=None)
    assert work() == []


def test_a_held_comment_is_told_when_it_is_approved(article, bob):
    make_follow(article, bob)
    held = make_announced(article, status=Status.HELD)
    assert work() == []
    desk = moderator(make_user("desk@pildam.example", is_staff=True))
    change_status(Comment.objects.filter(pk=held.pk), Status.VISIBLE, actor=desk)
    assert len(work()) == 1


def test_what_is_hidden_before_sending_is_not_told(article, bob):
    make_follow(article, bob)
    comment = make_announced(article)
    spread()
    Comment.objects.filter(pk=comment.pk).update(status=Status.HIDDEN)
    assert work() == []


def test_an_erased_comment_is_followed_no_longer(article, bob):
    mine = make_comment(article)
    make_follow(article, bob, comment=mine)
    erase(mine)
    assert not bob.follows.exists()
