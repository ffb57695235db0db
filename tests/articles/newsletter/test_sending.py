"""The outbox of letters: once each, at a rate, whoever is killed."""

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.utils import timezone

from articles import outbox
from articles.models import Letter, Mailing, Newsletter
from articles.newsletter import mailings, sending
from articles.newsletter.mailings import MailingError
from articles.outbox import MAX_ATTEMPTS
from tests.another_connection import another_connection, wait_until_somebody_waits
from tests.articles.newsletter.builders import (
    make_news,
    make_newsletter,
    make_subscriber,
    make_subscription,
    no_wait,
    work,
)

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """What no `except Exception` holds up."""


class DeadlyBackend(BaseEmailBackend):
    """Takes each letter, and lets nobody live who has sent the third."""

    def send_messages(self, email_messages):
        mail.outbox.extend(email_messages)
        if len(mail.outbox) == 3:
            raise Killed


class AwayBackend(BaseEmailBackend):
    def send_messages(self, email_messages):
        raise ConnectionRefusedError("no route to reader0@pildam.example")


@pytest.fixture(autouse=True)
def newsletter():
    return make_newsletter()


def make_readers(count):
    for number in range(count):
        make_subscription(make_subscriber(f"reader{number}@pildam.example"))


def test_killed_between_the_servers_yes_and_the_note_only_that_letter_leaves_twice(settings):
    make_readers(6)
    make_news()
    settings.EMAIL_BACKEND = f"{__name__}.DeadlyBackend"
    with pytest.raises(Killed):
        work()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert len(work()) == 3, "the leased one is left alone"
    Letter.objects.waiting().update(due_at=timezone.now())
    (again,) = work()
    sent = Counter(message.to[0] for message in mail.outbox)
    assert sorted(sent.values()) == [1, 1, 1, 1, 1, 2]
    first = next(message for message in mail.outbox if message.to == again.to)
    assert again.extra_headers["Message-ID"] == first.extra_headers["Message-ID"]
    assert Mailing.objects.get().sent_count == 6


def test_letters_laid_out_again_after_a_kill_are_not_doubled(monkeypatch):
    monkeypatch.setattr(mailings, "_BATCH", 2)
    make_readers(5)
    mailing = mailings.mailing_of(make_news())
    Mailing.objects.update(state="sending")
    mailings._lay_out_batch(mailing.pk)
    assert Letter.objects.count() == 2
    mailings.lay_out(mailing)
    Mailing.objects.update(is_laid_out=False, laid_out_to=0)
    mailings.lay_out(mailing)
    assert Letter.objects.count() == 5


def test_all_workers_together_keep_the_rate(settings, monkeypatch):
    settings.NEWSLETTER_PER_MINUTE = 30
    make_readers(3)
    mailings.start(mailings.mailing_of(make_news()))
    mailings.prepare()
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    waited = []

    def wait(seconds):
        nonlocal now
        waited.append(seconds)
        now += timedelta(seconds=seconds)

    assert sending.send_due(10, wait).sent == 3
    assert sum(waited) == pytest.approx(4)
    assert sending.send_due(10, lambda seconds: True).sent == 0, "told to stop while waiting"


def test_told_to_stop_it_begins_no_other_letter_though_its_turn_has_come(monkeypatch):
    """As where the mail server takes longer for a letter than the rate asks for."""
    make_readers(3)
    mailings.start(mailings.mailing_of(make_news()))
    mailings.prepare()
    monkeypatch.setattr(sending, "_take_turn", lambda now, pause: True)
    assert sending.send_due(10, lambda seconds: True).sent == 1


def test_a_clock_that_was_ahead_holds_nothing_up():
    make_readers(1)
    mailings.start(mailings.mailing_of(make_news()))
    mailings.prepare()
    Newsletter.objects.update(next_letter_at=timezone.now() + timedelta(days=300))
    assert sending.send_due(10, lambda seconds: True).sent == 1


def test_no_letter_leaves_at_a_rate_of_none(settings):
    settings.NEWSLETTER_PER_MINUTE = 0
    make_readers(1)
    make_news()
    assert work() == []


def test_a_letter_that_cannot_be_sent_is_given_up_counted_and_sent_again(settings, caplog):
    make_readers(1)
    make_news()
    settings.EMAIL_BACKEND = f"{__name__}.AwayBackend"
    for _ in range(MAX_ATTEMPTS):
        assert work() == []
        Letter.objects.update(due_at=timezone.now())
    work()
    mailing = Mailing.objects.get()
    assert (mailing.state, mailing.failed_count) == ("done", 1)
    assert "reader0" not in caplog.text
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Mailing.objects.update(state="stopped")
    with pytest.raises(MailingError):
        mailings.send_again(mailing)
    Mailing.objects.update(state="done")
    assert mailings.send_again(mailing) == 1
    assert len(work()) == 1
    mailing.refresh_from_db()
    assert (mailing.sent_count, mailing.failed_count) == (1, 0)


def test_who_has_left_meanwhile_gets_no_letter():
    make_readers(2)
    mailings.start(mailings.mailing_of(make_news()))
    mailings.prepare()
    Letter.objects.first().subscriber.subscriptions.all().delete()
    assert sending.send_due(10, no_wait) == sending.Tally(sent=1, dropped=1)


@pytest.mark.any_engine
@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_by_the_system_loses_no_letter_and_doubles_at_most_one(tmp_path, settings):
    count, folder = 40, tmp_path / "mail"
    make_readers(count)
    mailings.start(mailings.mailing_of(make_news()))
    mailings.prepare()
    with worker(folder) as victim:
        while victim.poll() is None and len(list(folder.glob("*.log"))) < 3:
            time.sleep(0.002)
        victim.send_signal(signal.SIGKILL)
    assert victim.returncode == -signal.SIGKILL
    assert Letter.objects.waiting().exists()
    # The lease of the one in the middle has run out.
    Letter.objects.waiting().update(due_at=timezone.now())
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = folder
    sending.send_due(count, no_wait)
    # The last one that the victim wrote may end in the middle of a letter of the alphabet.
    written = "".join(path.read_text("utf-8", errors="replace") for path in folder.glob("*.log"))
    sent = Counter(re.findall(r"^To: (\S+)$", written, re.MULTILINE))
    assert len(sent) == count
    assert sum(sent.values()) <= count + 1
    assert Mailing.objects.get().state == "done"


def worker(folder):
    """Start the real command on the tests' database, with a folder for its mail."""
    return subprocess.Popen(
        [sys.executable, "manage.py", "send_newsletter"],
        cwd=django_settings.BASE_DIR,
        env=os.environ
        | {
            "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
            "EMAIL_URL": f"filemail:///{folder}",
            "NEWSLETTER_PER_MINUTE": "99999",
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.promise("F4")
@pytest.mark.skipif("not config.getoption('--postgresql')", reason="SQLite has one writer")
def test_of_two_workers_who_take_a_letter_at_once_one_has_it():
    letter = Letter.objects.create(subscriber=make_subscriber())
    with another_connection() as other, transaction.atomic():
        mine = outbox.take(Letter.objects.all(), letter.pk)
        theirs = other(lambda: outbox.take(Letter.objects.all(), letter.pk))
        wait_until_somebody_waits()
    assert mine is not None
    assert theirs.result() is None
