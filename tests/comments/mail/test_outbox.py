"""The outbox: leases, second tries, and what is given up."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from articles.outbox import MAX_ATTEMPTS
from comments.mail import outbox
from comments.models import OutgoingMail
from tests.comments.mail.builders import make_mail

pytestmark = pytest.mark.django_db


class AwayBackend(BaseEmailBackend):
    """A mail server that answers nobody."""

    def send_messages(self, email_messages):
        raise ConnectionRefusedError("no route to bob@pildam.example")


@pytest.fixture
def server_is_away(settings):
    settings.EMAIL_BACKEND = f"{__name__}.AwayBackend"


def make_due() -> None:
    OutgoingMail.objects.update(due_at=timezone.now())


def test_a_sent_mail_keeps_no_words_and_is_not_sent_again():
    make_mail()
    assert outbox.send_due(10).sent == 1
    make_due()
    assert outbox.send_due(10).sent == 0
    row = OutgoingMail.objects.get()
    assert (row.text, row.html, row.state) == ("", "", "보냄")
    assert len(mail.outbox) == 1


def test_no_more_than_the_limit_are_sent_and_the_oldest_first():
    for number in (1, 2, 3):
        make_mail(number, due_at=timezone.now() - timedelta(minutes=number))
    assert outbox.send_due(2).sent == 2
    assert [message.subject for message in mail.outbox] == ["메일 3", "메일 2"]


def test_told_to_stop_it_begins_no_other_mail():
    for number in (1, 2, 3):
        make_mail(number)
    assert outbox.send_due(10, lambda: len(mail.outbox) == 2).sent == 2


def test_a_leased_mail_is_left_alone_until_the_lease_ends():
    first = make_mail()
    assert outbox.take(first.pk) is not None
    assert outbox.take(first.pk) is None
    assert outbox.send_due(10).sent == 0
    make_due()
    assert outbox.send_due(10).sent == 1


def test_a_worker_that_has_lost_its_lease_notes_nothing(server_is_away):
    late = outbox.take(make_mail().pk)
    make_due()
    assert outbox.take(late.pk) is not None
    outbox.send_due(10)
    assert OutgoingMail.objects.get().last_error == ""


def test_a_failed_mail_waits_longer_each_time(server_is_away, caplog):
    make_mail()
    pauses = []
    for _ in range(3):
        make_due()
        assert outbox.send_due(10).failed == 1
        pauses.append(OutgoingMail.objects.get().due_at - timezone.now())
    minutes = [round(pause.total_seconds() / 60) for pause in pauses]
    assert minutes == [1, 2, 4]
    assert "ConnectionRefusedError" in OutgoingMail.objects.get().last_error
    assert "bob@" not in caplog.text


def test_one_mail_that_fails_does_not_stop_the_others(settings):
    make_mail(1, headers={"X-Bad": "a\nb"})
    make_mail(2)
    tally = outbox.send_due(10)
    assert (tally.sent, tally.failed) == (1, 1)


@pytest.mark.promise("F4")
def test_a_mail_is_given_up_in_the_end_and_can_be_sent_again(server_is_away, settings):
    make_mail()
    for _ in range(MAX_ATTEMPTS):
        make_due()
        outbox.send_due(10)
    row = OutgoingMail.objects.get()
    assert (row.state, row.attempts) == ("포기함", MAX_ATTEMPTS)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    make_due()
    assert outbox.send_due(10).sent == 0
    assert outbox.send_again([row.pk]) == 1
    assert outbox.send_due(10).sent == 1


@pytest.mark.promise("F4")
def test_a_mail_that_kills_its_workers_is_given_up():
    row = make_mail()
    for _ in range(MAX_ATTEMPTS):
        make_due()
        assert outbox.take(row.pk) is not None
    make_due()
    outbox.send_due(10)
    assert OutgoingMail.objects.get().state == "포기함"
    assert mail.outbox == []
