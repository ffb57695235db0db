"""When mails are written: one at once, then a digest; and the moderators' own."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comments.mail.digests import LISTED, compose
from comments.mail.notices import spread
from comments.models import (
    Comment,
    CommentSettings,
    OutgoingMail,
    Recipient,
    Report,
    ReportReason,
    Status,
)
from tests.builders import make_article
from tests.comments.builders import make_comment
from tests.comments.mail.builders import (
    end_quiet_time,
    html_of,
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
def bob(article):
    recipient = make_recipient()
    make_follow(article, recipient)
    return recipient


def test_what_follows_within_ten_minutes_waits_and_comes_together(article, bob):
    make_announced(article, "하나")
    assert len(work()) == 1
    make_announced(article, "둘")
    assert work() == []
    make_announced(article, "셋")
    assert work() == []
    end_quiet_time(bob)
    [digest] = work()
    assert digest.subject == "필담: 새 댓글 2개"
    assert "둘" in digest.body
    assert "셋" in digest.body
    assert "하나" not in digest.body
    end_quiet_time(bob)
    assert work() == []


def test_the_last_one_alone_is_no_digest(article, bob):
    make_announced(article)
    work()
    make_announced(article, "혼자", name="앨리스")
    end_quiet_time(bob)
    assert [message.subject for message in work()] == ["앨리스님의 새 댓글: 붓을 건네는 시간"]


def test_a_digest_is_sorted_by_article(article, bob):
    other = make_article("다른 글")
    make_follow(other, bob)
    for where, body in ((article, "하나"), (other, "둘"), (article, "셋")):
        make_announced(where, body)
    [digest] = work()
    assert digest.body.count("〈붓을 건네는 시간〉") == 1
    assert digest.body.index("셋") < digest.body.index("〈다른 글〉") < digest.body.index("둘")


def test_a_long_digest_lists_twenty_and_counts_the_rest(article, bob):
    for number in range(LISTED + 3):
        make_announced(article, f"댓글 {number}.")
    [digest] = work()
    assert digest.subject == "필담: 새 댓글 23개"
    assert digest.body.count("> 댓글 ") == LISTED
    assert "외 3개" in digest.body
    assert "외 3개" in html_of(digest)


def test_nothing_is_written_while_an_earlier_mail_waits(article, bob):
    make_announced(article)
    spread()
    assert compose() == 1
    make_announced(article)
    spread()
    assert compose() == 0


def test_a_mail_to_somebody_who_has_just_had_one_is_put_off(article, bob):
    make_announced(article)
    spread()
    compose()
    Recipient.objects.update(last_mailed_at=timezone.now())
    assert work() == []
    waiting = OutgoingMail.objects.get()
    assert waiting.attempts == 0
    assert waiting.due_at > timezone.now() + timedelta(minutes=9)


def test_a_comment_hidden_while_its_digest_waits_is_left_out(article, bob):
    hidden = make_announced(article, "숨긴 글")
    make_announced(article, "남은 글")
    spread()
    compose()
    Comment.objects.filter(pk=hidden.pk).update(status=Status.HIDDEN)
    assert work() == []
    [message] = work()
    assert "남은 글" in message.body
    assert "숨긴 글" not in message.body


@pytest.fixture
def desk_address():
    CommentSettings.objects.create(pk=1, digest_address="desk@pildam.example")
    return "desk@pildam.example"


def test_moderators_hear_of_held_comments_without_names(article, desk_address):
    make_comment(article, "살펴봐 주세요.", name="숨은이름", status=Status.HELD)
    [message] = work()
    assert message.to == [desk_address]
    assert message.subject == "필담: 승인 대기 1개, 신고 0개"
    assert "살펴봐 주세요." in message.body
    assert "http://testserver/admin/comments/comment/" in message.body
    assert "숨은이름" not in message.body + html_of(message)


def test_moderators_hear_of_reports(article, desk_address):
    comment = make_comment(article)
    Report.objects.create(comment=comment, reporter="browser:x", reason=ReportReason.SPAM)
    Comment.objects.update(report_count=1)
    assert [message.subject for message in work()] == ["필담: 승인 대기 0개, 신고 1개"]


def test_moderators_hear_at_most_every_half_hour_and_only_of_something_new(article, desk_address):
    make_comment(article, status=Status.HELD)
    assert len(work()) == 1
    make_comment(article, status=Status.HELD)
    assert work() == []
    half_an_hour_ago = timezone.now() - timedelta(minutes=31)
    OutgoingMail.objects.update(created_at=half_an_hour_ago)
    assert len(work()) == 1
    OutgoingMail.objects.update(created_at=half_an_hour_ago + timedelta(seconds=1))
    Comment.objects.update(status_changed_at=half_an_hour_ago)
    assert work() == []


def test_without_an_address_the_moderators_are_not_written_to(article):
    make_comment(article, status=Status.HELD)
    assert work() == []
