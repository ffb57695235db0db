"""Blind, refuse, restore, remove: told to both sides, logged, and never for longer than allowed."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from comments.models import (
    Action,
    Comment,
    ModerationEvent,
    Report,
    Status,
    Takedown,
    TakedownState,
)
from comments.takedowns.decisions import (
    DecidedAlreadyError,
    Decision,
    NotVisibleError,
    decide,
)
from comments.transitions import HOUSEKEEPING, change_status
from tests.builders import make_article, make_user
from tests.comments.builders import (
    blind,
    discussion_url,
    let_time_pass,
    make_comment,
    make_takedown,
    sent_mail,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make_article()


@pytest.fixture
def moderator():
    return make_user("bob@pildam.example", display_name="밥", is_staff=True)


@pytest.fixture
def takedown(article):
    author = make_user("author@canary.example", display_name="글쓴이")
    return make_takedown(make_comment(article, "다툼이 있는 글", account=author))


def letters_to(address):
    return [letter for letter in sent_mail() if letter.to == [address]]


@pytest.mark.promise("D6")
def test_a_blinded_comment_is_replaced_by_a_notice_with_its_end(
    client, article, moderator, takedown
):
    blind(takedown, moderator, days=7)
    html = client.get(discussion_url(article)).content.decode()
    end = timezone.localtime(Takedown.objects.get().blinded_until)
    assert "권리침해 신고로 임시조치된 댓글입니다." in html
    assert f"{end:%Y년 %-m월 %-d일 %H:%M}까지" in html
    assert "다툼이 있는 글" not in html
    article.refresh_from_db()
    assert article.comment_count == 0


@pytest.mark.promise("D6")
def test_both_sides_are_told_and_neither_of_the_other(
    moderator, takedown, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        blind(takedown, moderator, note="살펴보겠습니다.")
    (to_author,) = letters_to("author@canary.example")
    (to_asker,) = letters_to("hong@elsewhere.example")
    for private in ("홍길동", "hong@", "사실이 아닙니다"):
        assert private not in to_author.subject + to_author.body
    for private in ("글쓴이", "author@", "다툼이"):
        assert private not in to_asker.subject + to_asker.body
    assert "명예훼손" in to_author.body
    assert "/objection/" in to_author.body
    assert "/objection/" not in to_asker.body
    assert "살펴보겠습니다." in to_author.body
    assert "살펴보겠습니다." in to_asker.body


def test_a_guest_with_an_address_is_told(article, moderator, django_capture_on_commit_callbacks):
    comment = make_comment(article, email="guest@canary.example")
    with django_capture_on_commit_callbacks(execute=True):
        blind(make_takedown(comment), moderator)
    assert len(letters_to("guest@canary.example")) == 1


@pytest.mark.promise("D6")
@pytest.mark.parametrize(
    ("decisions", "state", "status", "actions"),
    [
        ([Decision.BLIND], "blinded", Status.BLINDED, [Action.BLIND]),
        ([Decision.REJECT], "rejected", Status.VISIBLE, [Action.REFUSE]),
        ([Decision.REMOVE], "removed", Status.TRASHED, [Action.TRASH]),
        (
            [Decision.BLIND, Decision.RESTORE],
            "restored",
            Status.VISIBLE,
            [Action.BLIND, Action.UNBLIND],
        ),
        (
            [Decision.BLIND, Decision.REMOVE],
            "removed",
            Status.TRASHED,
            [Action.BLIND, Action.TRASH],
        ),
    ],
)
def test_each_decision_is_carried_out_and_logged(
    moderator, takedown, decisions, state, status, actions, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        for decision in decisions:
            takedown = decide(takedown, decision, user=moderator, seen=takedown.state)
    assert (takedown.state, takedown.decided_by) == (state, moderator)
    assert Comment.objects.get(pk=takedown.comment_id).status == status
    events = ModerationEvent.objects.filter(comment_ref=takedown.comment_id).order_by("pk")
    assert [event.action for event in events] == actions
    assert all(takedown.ticket in event.reason for event in events)
    assert {event.actor_name for event in events} == {"밥"}
    assert len(letters_to("hong@elsewhere.example")) == len(decisions)
    call_command("recount_comments", "--check", stdout=StringIO())


def test_the_second_of_two_moderators_is_told_and_changes_nothing(moderator, takedown):
    blind(takedown, moderator)
    with pytest.raises(DecidedAlreadyError):
        decide(takedown, Decision.REJECT, user=moderator, seen=TakedownState.RECEIVED)
    assert Takedown.objects.get().state == TakedownState.BLINDED


@pytest.mark.promise("D6")
@pytest.mark.parametrize("days", [0, 31])
def test_nobody_blinds_for_longer_than_thirty_days(moderator, takedown, days):
    with pytest.raises(ValueError, match="thirty"):
        blind(takedown, moderator, days=days)
    with pytest.raises(IntegrityError), transaction.atomic():
        Takedown.objects.update(blind_days=days)


def test_a_blind_by_any_other_way_ends_after_thirty_days_too(article):
    comment = make_comment(article)
    far = timezone.now() + timedelta(days=400)
    only = Comment.objects.filter(pk=comment.pk)
    change_status(only, Status.BLINDED, actor=HOUSEKEEPING, blinded_until=far)
    comment.refresh_from_db()
    assert comment.blinded_until <= timezone.now() + timedelta(days=30)
    with pytest.raises(IntegrityError), transaction.atomic():
        only.update(blinded_until=None)


def test_what_is_hidden_is_not_blinded_because_it_would_come_back(moderator, takedown):
    change_status(Comment.objects.all(), Status.HIDDEN, actor=HOUSEKEEPING)
    with pytest.raises(NotVisibleError):
        blind(takedown, moderator)
    assert Takedown.objects.get().state == TakedownState.RECEIVED


@pytest.mark.promise("D6")
@pytest.mark.parametrize("place", ["discussion", "article", "permalink", "command", "thread"])
def test_when_the_time_has_passed_it_is_read_again(
    client, article, moderator, takedown, place, django_capture_on_commit_callbacks
):
    blind(takedown, moderator)
    sent_mail().clear()
    let_time_pass(takedown)
    url = {
        "discussion": discussion_url(article),
        "article": article.get_absolute_url(),
        "permalink": f"/comments/{takedown.comment_id}/",
        "thread": f"{discussion_url(article)}?thread={takedown.comment_id}",
    }
    with django_capture_on_commit_callbacks(execute=True):
        if place == "command":
            call_command("purge_comment_data", stdout=StringIO())
        else:
            client.get(url[place])
    html = client.get(discussion_url(article)).content.decode()
    assert "다툼이 있는 글" in html
    assert "<span data-comment-count>1</span>" in html
    found = Takedown.objects.get()
    assert (found.state, found.ended_at is None) == (TakedownState.EXPIRED, False)
    event = ModerationEvent.objects.first()
    assert (event.action, event.actor_name) == (Action.UNBLIND, "정기 정리")
    assert takedown.ticket in event.reason
    assert len(letters_to("author@canary.example")) == 1
    call_command("recount_comments", "--check", stdout=StringIO())


def test_the_page_that_ends_a_blind_shows_the_comment_at_once(client, article, moderator, takedown):
    blind(takedown, moderator)
    let_time_pass(takedown)
    html = client.get(discussion_url(article)).content.decode()
    assert "다툼이 있는 글" in html
    assert "<span data-comment-count>1</span>" in html


def test_until_then_no_page_changes_anything(client, article, moderator, takedown):
    blind(takedown, moderator)
    client.get(discussion_url(article))
    assert client.get(f"/comments/{takedown.comment_id}/").status_code == 404
    assert Takedown.objects.get().state == TakedownState.BLINDED
    assert ModerationEvent.objects.count() == 1


def test_the_end_of_a_blind_leaves_reports_to_moderators(article, moderator):
    comment = make_comment(article, report_count=1, folded_at=timezone.now())
    Report.objects.create(comment=comment, reporter="browser:x", reason="spam")
    takedown = blind(make_takedown(comment), moderator)
    let_time_pass(takedown)
    call_command("purge_comment_data", stdout=StringIO())
    comment.refresh_from_db()
    assert (comment.is_visible, comment.is_folded, comment.report_count) == (True, True, 1)


def test_a_request_ends_with_its_time_though_the_comment_is_gone(moderator, takedown):
    blind(takedown, moderator)
    change_status(Comment.objects.all(), Status.TRASHED, actor=HOUSEKEEPING)
    past = timezone.now() - timedelta(minutes=1)
    Takedown.objects.update(blinded_until=past)
    call_command("purge_comment_data", stdout=StringIO())
    assert Takedown.objects.get().state == TakedownState.EXPIRED
    assert Comment.objects.get().status == Status.TRASHED
