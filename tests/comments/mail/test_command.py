"""`manage.py send_mail_queue`."""

import os
import signal
from threading import Timer

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from comments.mail import outbox
from tests.builders import make_article
from tests.comments.mail.builders import (
    make_announced,
    make_follow,
    make_mail,
    make_recipient,
)


@pytest.mark.django_db
def test_one_round_takes_a_comment_all_the_way(capsys):
    article = make_article()
    make_follow(article, make_recipient())
    make_announced(article)
    call_command("send_mail_queue", "--once")
    assert "1 comments announced, 1 mails written, 1 sent, 0 failed." in capsys.readouterr().out
    call_command("send_mail_queue")
    assert capsys.readouterr().out == ""
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_the_limit_bounds_a_round():
    for number in range(3):
        make_mail(number)
    call_command("send_mail_queue", "--limit", "2")
    assert len(mail.outbox) == 2


@pytest.mark.django_db
def test_once_and_watch_exclude_each_other():
    with pytest.raises(CommandError):
        call_command("send_mail_queue", "--once", "--watch", "5")


@pytest.mark.django_db(transaction=True)
def test_watching_ends_when_told_to():
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    make_mail()
    stop = Timer(0.5, os.kill, (os.getpid(), signal.SIGTERM))
    stop.start()
    try:
        call_command("send_mail_queue", "--watch", "1")
    finally:
        stop.cancel()
        for number, handler in handlers.items():
            signal.signal(number, handler)
    assert len(mail.outbox) == 1
    assert outbox.send_due(10).sent == 0
