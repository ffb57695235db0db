"""Who takes what first: on PostgreSQL two who took rows in another order would wait for ever."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from comments.counting import lock_discussion
from comments.models import Comment, Report, Status
from comments.transitions import Actor, clear_reports, erase
from tests.another_connection import another_connection, wait_until_somebody_waits
from tests.builders import make_article
from tests.comments.builders import make_comment

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("not config.getoption('--postgresql')", reason="SQLite has one writer"),
]
BOB = Actor("bob", ref=1)


@pytest.fixture
def comment():
    comment = make_comment(make_article())
    Report.objects.create(comment=comment, reporter="browser:1", reason="spam", note="왜")
    Comment.objects.filter(pk=comment.pk).update(report_count=1)
    return comment


def test_a_comment_is_taken_before_its_reports(comment):
    with another_connection() as other, transaction.atomic():
        Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)
        erased = other(lambda: erase(comment))
        wait_until_somebody_waits()
        assert Report.objects.update(reason="abuse") == 1
    assert erased.result()


def test_a_discussion_is_taken_before_its_comments(comment):
    with another_connection() as other, transaction.atomic():
        lock_discussion(comment.article_id)
        cleared = other(lambda: clear_reports(Comment.objects.all(), actor=BOB))
        wait_until_somebody_waits()
        Comment.objects.select_for_update(nowait=True).get(pk=comment.pk)
    assert cleared.result() == 1


def test_the_purge_waits_for_nobody(comment):
    old = timezone.now() - timedelta(days=400)
    Comment.objects.update(created_at=old, network_prefix="192.0.2.0/24")
    with another_connection() as other, transaction.atomic():
        Comment.objects.select_for_update().get(pk=comment.pk)
        other(lambda: call_command("purge_comment_data")).result(timeout=30)
    assert Comment.objects.exclude(network_prefix="").count() == 1
    call_command("purge_comment_data")
    assert not Comment.objects.exclude(network_prefix="").exists()
    assert Comment.objects.get().status == Status.VISIBLE
