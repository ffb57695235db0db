"""A clock that jumps: nothing is shown early, nothing is told twice, and nothing breaks."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from tests.articles.desk import make_editor
from tests.builders import make_article
from tests.comments.builders import discussion_url, form_token, post_comment
from tests.comments.mail.builders import make_announced, make_follow, make_recipient

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine, pytest.mark.promise("F8")]

WORKERS = (
    "send_mail_queue",
    "purge_comment_data",
    "purge_working_copies",
    "clearsessions",
)


@contextmanager
def clock_moved(by: timedelta) -> Iterator[None]:
    now, seconds = timezone.now, time.time
    with (
        patch("django.utils.timezone.now", lambda: now() + by),
        patch("time.time", lambda: seconds() + by.total_seconds()),
    ):
        yield


def work() -> None:
    for command in WORKERS:
        call_command(command, stdout=StringIO())


@pytest.mark.parametrize("jump", [timedelta(days=-2), timedelta(days=3660)], ids=["back", "ahead"])
def test_a_jump_of_the_clock_is_survived(client, jump):
    soon = timezone.now() + timedelta(hours=1)
    article = make_article()
    planned = make_article("예정된 글", published_at=soon)
    client.force_login(make_editor())
    make_follow(article, make_recipient())
    make_announced(article)
    token = form_token(article)
    pages = ["/", article.get_absolute_url(), discussion_url(article), "/feed/", "/sitemap.xml"]
    pages += ["/admin/articles/article/", "/accounts/profile/"]
    with clock_moved(jump):
        assert all(client.get(page).status_code in {200, 302} for page in pages)
        shown = client.get(planned.get_absolute_url()).status_code
        assert shown == (200 if jump > timedelta() else 404)
        work()
        answer = post_comment(client, article, "시계가 뛰었습니다.", form_token=token)
        assert answer.status_code in {303, 422}
    assert client.get(planned.get_absolute_url()).status_code == 404
    assert all(client.get(page).status_code in {200, 302} for page in pages)
    work()
    assert len(mail.outbox) <= 1
