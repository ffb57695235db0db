"""Moderators and readers at once: one decision, one end, told once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from comments.models import Action, ModerationEvent, Takedown
from comments.takedowns.decisions import DecidedAlreadyError, Decision, decide
from tests.builders import make_article, make_user
from tests.comments.builders import (
    blind,
    discussion_url,
    let_time_pass,
    make_comment,
    make_takedown,
    sent_mail,
)

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(count, deed):
    def done(number):
        try:
            return deed(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(done, range(count)))


def test_of_six_moderators_one_decides():
    takedown = make_takedown(make_comment(make_article()))
    bob = make_user()

    def try_to_decide(number):
        choice = (Decision.BLIND, Decision.REJECT, Decision.REMOVE)[number % 3]
        try:
            return decide(takedown, choice, user=bob, seen="received").state
        except DecidedAlreadyError:
            return ""

    (state,) = filter(None, at_once(6, try_to_decide))
    assert Takedown.objects.get().state == state
    assert ModerationEvent.objects.count() == len(sent_mail()) == 1


def test_of_six_readers_one_ends_the_blind():
    article = make_article()
    takedown = blind(make_takedown(make_comment(article, "다시 보이는 글")), make_user())
    let_time_pass(takedown)
    sent_mail().clear()

    def read(_):
        return "다시 보이는 글" in Client().get(discussion_url(article)).content.decode()

    assert at_once(6, read) == [True] * 6
    assert ModerationEvent.objects.filter(action=Action.UNBLIND).count() == 1
    assert len(sent_mail()) == 1
