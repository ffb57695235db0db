"""A guest's way to what was written under an e-mail address."""

import json
import re
import time
from io import StringIO
from unittest import mock

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments.models import Comment, Status
from comments.privacy.tokens import issue_guest_key, issue_objection_key
from tests.builders import make_article
from tests.comments.builders import make_comment, sent_mail

pytestmark = pytest.mark.django_db

GUEST = "/comments/mine/guest/"
EMAIL = "guest@canary.example"


@pytest.fixture
def article():
    return make_article()


@pytest.fixture
def ask(client, django_capture_on_commit_callbacks):
    def asked(email):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(GUEST, {"email": email})

    return asked


@pytest.fixture
def link(article, ask):
    """The way that was mailed for a comment with an answer by somebody else."""
    comment = make_comment(article, "손님의 글", email=EMAIL)
    make_comment(article, "답글", parent=comment)
    ask(EMAIL)
    return re.search(r"/comments/mine/guest/\S+/", sent_mail()[0].body)[0]


def without_token(response):
    return re.sub(rb'value="[^"]{64}"', b"", response.content)


def test_the_answer_is_the_same_for_every_address(article, ask):
    make_comment(article, email=EMAIL)
    known, unknown = ask(EMAIL), ask("nobody@canary.example")
    assert known.status_code == unknown.status_code == 200
    assert without_token(known) == without_token(unknown)
    assert [mail.to for mail in sent_mail()] == [[EMAIL]]


@pytest.mark.promise("A1")
def test_the_same_work_is_done_for_every_address(article, ask):
    make_comment(article, email=EMAIL)
    ask("warm@canary.example")
    work = []
    for email in (EMAIL, "nobody@canary.example"):
        with CaptureQueriesContext(connection) as queries:
            ask(email)
        verbs = (query["sql"].split()[0] for query in queries)
        work.append([verb for verb in verbs if verb in {"SELECT", "INSERT", "UPDATE"}])
    assert work[0] == work[1]
    assert "INSERT" in work[0]


def test_the_mail_goes_to_the_address_as_it_was_first_given(article, ask):
    make_comment(article, email="Guest@Canary.example")
    ask("gUEST@canary.EXAMPLE")
    assert sent_mail()[0].to == ["Guest@Canary.example"]


@pytest.mark.parametrize(
    "email", ["", "x", "a@b.example\nBcc: c@d.example", "a\0@b.example", '"\x08"@b.example']
)
def test_what_is_no_address_is_422(ask, email):
    assert ask(email).status_code == 422
    assert sent_mail() == []


def test_too_many_mails_to_one_address_are_429_known_or_not(article, ask):
    make_comment(article, email=EMAIL)
    for email in (EMAIL, "nobody@canary.example"):
        assert [ask(email).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert len(sent_mail()) == 3


def test_the_link_shows_the_comments_and_is_kept_by_nobody(client, link):
    response = client.get(link)
    assert response["Cache-Control"] == "private, no-store"
    assert "손님의 글" in response.content.decode()
    assert "noindex" in response.content.decode()
    assert EMAIL not in link


@pytest.mark.promise("D3")
def test_the_link_hands_over_the_data(client, link):
    data = json.loads(client.post(link, {"export": "1"}).content)
    assert data["email"] == EMAIL
    assert [row["text"] for row in data["comments"]] == ["손님의 글"]


def test_the_link_erases_after_a_tick_and_then_is_dead(client, link):
    assert client.post(link, {"erase": "1"}).status_code == 422
    assert Comment.objects.filter(email=EMAIL).exists()
    assert client.post(link, {"erase": "1", "confirmed": "on"}).status_code == 200
    comment = Comment.objects.get(root=None)
    assert (comment.status, comment.body, comment.email, comment.name) == (
        Status.DELETED,
        "",
        "",
        "지워진 댓글",
    )
    assert comment.reply_count == 1
    assert client.get(link).status_code == 404
    call_command("recount_comments", "--check", stdout=StringIO())


def test_an_old_link_is_dead(client, article):
    comment = make_comment(article, email=EMAIL)
    for age, status in ((3_500, 200), (3_700, 404)):
        with mock.patch("django.core.signing.time.time", return_value=time.time() - age):
            key = issue_guest_key(comment.pk)
        assert client.get(f"{GUEST}{key}/").status_code == status


def test_keys_for_other_purposes_are_refused(client, article):
    comment = make_comment(article, email=EMAIL)
    for key in (issue_objection_key(str(comment.pk)), str(comment.pk), "x" * 500, "%00"):
        assert client.get(f"{GUEST}{key}/").status_code == 404


def test_a_comment_without_an_address_belongs_to_no_key(client, article):
    make_comment(article, "다른 손님")
    comment = make_comment(article)
    assert client.get(f"{GUEST}{issue_guest_key(comment.pk)}/").status_code == 404
