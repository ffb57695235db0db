"""What the house forgets by itself, and nothing else."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from comments.models import Action, Ban, Comment, CommentSettings, ModerationEvent, Status
from tests.builders import make_article, make_user
from tests.comments.builders import make_comment, make_takedown

pytestmark = pytest.mark.django_db

ADDRESS = {"network_hash": "n" * 32, "network_prefix": "203.0.113.0/24"}


def days_ago(days):
    return timezone.now() - timedelta(days=days)


def purge(*options):
    out = StringIO()
    call_command("purge_comment_data", *options, stdout=out)
    return dict(line.split(": ") for line in out.getvalue().splitlines())


@pytest.mark.promise("D4")
def test_old_addresses_are_emptied_and_young_ones_kept():
    article = make_article()
    CommentSettings.objects.create(pk=1, address_retention_days=10)
    old = make_comment(article, created_at=days_ago(11), browser_hash="b" * 32, **ADDRESS)
    young = make_comment(article, created_at=days_ago(9), **ADDRESS)
    assert purge()["addresses emptied"] == "1"
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.network_hash, old.network_prefix, old.browser_hash) == ("", "", "b" * 32)
    assert young.network_prefix == "203.0.113.0/24"


@pytest.mark.promise("D4")
def test_every_batch_is_done_and_a_second_run_finds_nothing():
    article = make_article()
    rows = [
        Comment(article=article, name="나그네", body="글", created_at=days_ago(100), **ADDRESS)
        for _ in range(1_100)
    ]
    for row in rows:
        row.is_guest, row.password = True, "!"
    Comment.objects.bulk_create(rows)
    assert purge()["addresses emptied"] == "1100"
    assert set(purge().values()) == {"0"}


def test_a_dry_run_counts_and_changes_nothing():
    comment = make_comment(make_article(), created_at=days_ago(100), **ADDRESS)
    assert purge("--dry-run")["addresses emptied"] == "1"
    comment.refresh_from_db()
    assert comment.network_hash == "n" * 32


def test_what_has_long_been_in_the_trash_is_erased_and_logged():
    article = make_article()
    old = make_comment(article, "버린 글", status=Status.TRASHED, removed_by="moderator")
    Comment.objects.filter(pk=old.pk).update(status_changed_at=days_ago(31))
    fresh = make_comment(article, status=Status.TRASHED, removed_by="moderator")
    reply = make_comment(article, "답글", parent=old)
    assert purge()["trash erased"] == "1"
    old.refresh_from_db()
    fresh.refresh_from_db()
    assert (old.status, old.body, old.removed_by) == (Status.DELETED, "", "moderator")
    assert old.tombstone == "운영자가 삭제한 댓글입니다."
    assert (fresh.status, reply.in_reply_to_id) == (Status.TRASHED, old.pk)
    event = ModerationEvent.objects.get(comment_ref=old.pk)
    assert (event.action, event.actor_name) == (Action.PURGE, "정기 정리")
    call_command("recount_comments", "--check", stdout=StringIO())


def test_a_ban_keeps_its_address_while_it_lasts_and_loses_it_long_after():
    Ban.objects.create(network_hash="a" * 32, reason="도배", expires_at=days_ago(91))
    Ban.objects.create(network_hash="b" * 32, reason="도배", expires_at=days_ago(89))
    Ban.objects.create(network_hash="c" * 32, reason="도배", created_at=days_ago(1_000))
    assert purge()["bans forgotten"] == "1"
    assert set(Ban.objects.values_list("network_hash", flat=True)) == {"b" * 32, "c" * 32}


def test_a_ban_of_an_account_is_forgotten_with_its_address():
    Ban.objects.create(
        account=make_user(), network_hash="a" * 32, reason="도배", expires_at=days_ago(91)
    )
    purge()
    assert not Ban.objects.filter(network_hash="a" * 32).exists()


def test_who_asked_for_a_takedown_is_forgotten_long_after_its_end():
    comment = make_comment(make_article())
    ended = {"state": "rejected", "decided_at": days_ago(95)}
    old = make_takedown(comment, ended_at=days_ago(91), **ended)
    young = make_takedown(comment, ended_at=days_ago(89), **ended)
    waiting = make_takedown(comment, requested_at=days_ago(300))
    assert purge()["takedowns forgotten"] == "1"
    for takedown in (old, young, waiting):
        takedown.refresh_from_db()
    assert (old.name, old.email, old.explanation, old.objection) == ("", "", "", "")
    assert (old.ticket, old.state) != ("", "")
    assert young.email == waiting.email == "hong@elsewhere.example"
