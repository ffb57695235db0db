"""What a log may not know, because whoever reads it could use it."""

import logging

import pytest
from django.conf import settings
from django.test import Client
from django.utils.module_loading import import_string

from articles.mail_tokens import Purpose
from comments.mail import tokens
from comments.mail.recipients import recipient_at
from comments.models import TakedownState
from comments.privacy.tokens import issue_guest_key, issue_objection_key
from config.logs import scrubbed
from tests.builders import make_article
from tests.comments.builders import make_comment, make_takedown

pytestmark = pytest.mark.django_db


@pytest.fixture
def log(caplog):
    """Collect what would be written, behind the filters of the site's own handler."""
    for name in settings.LOGGING["handlers"]["console"]["filters"]:
        caplog.handler.addFilter(import_string(settings.LOGGING["filters"][name]["()"])())
    caplog.set_level(logging.INFO)
    yield caplog
    caplog.handler.filters.clear()


@pytest.mark.promise("D7")
def test_the_key_of_a_refused_guest_is_not_logged(log):
    key = issue_guest_key(make_comment(make_article(), email="guest@canary.example").pk)
    assert Client().post(f"/comments/mine/guest/{key}/").status_code == 422
    assert key not in log.text
    assert "/comments/mine/guest/<str:key>/" in log.text


def test_ticket_and_key_of_an_objection_are_not_logged(log):
    takedown = make_takedown(make_comment(make_article()), state=TakedownState.RECEIVED)
    key = issue_objection_key(takedown.ticket)
    assert Client().get(f"{takedown.get_absolute_url()}objection/{key}/").status_code == 403
    assert key not in log.text
    assert takedown.ticket not in log.text


@pytest.mark.promise("D7")
def test_the_token_of_a_form_without_cookies_is_not_logged(log):
    recipient = recipient_at("guest@canary.example")
    token = tokens.issue(Purpose.MANAGE, recipient)
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/comments/mail/{token}/").status_code == 403
    assert token not in log.text


def test_other_addresses_are_logged_as_they_are(log):
    Client().get("/nowhere/")
    assert "Not Found: /nowhere/" in log.text


def test_the_token_of_a_dead_preview_is_not_logged(log):
    assert Client().get("/preview/canary-token/").status_code == 404
    assert "canary-token" not in log.text
    assert "/preview/<str:token>/" in log.text


def test_every_way_of_writing_an_address_of_a_reader_is_cut_down():
    text = "2001:db8:1:2:3:4:5:6, [2001:db8::7]:443, 203.0.113.99 at 14:09:06 for ::1"
    cut = "2001:db8:1:x, [2001:db8:0:x]:443, 203.0.113.x at 14:09:06 for ::1"
    assert scrubbed(text) == cut
