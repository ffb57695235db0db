"""Votes, reports and blocks: one row a reader, and columns that equal the count of rows."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from comments.models import Block, Comment, ModerationEvent, Report, Status, Vote
from comments.ranking import ratio_score
from comments.reactions import CommentGoneError, block, report, vote
from comments.transitions import Actor, clear_reports
from tests.builders import make_article, make_user
from tests.comments.builders import make_comment, make_reader

BOB = Actor("밥", ref=7)


@pytest.fixture
def comment(db):
    return make_comment(make_article())


def reader(number: int):
    return make_reader(secret=f"browser {number}")


def assert_columns_equal_rows():
    for comment in Comment.objects.all():
        likes = comment.votes.filter(value=1).count()
        dislikes = comment.votes.filter(value=-1).count()
        assert (comment.likes, comment.dislikes) == (likes, dislikes)
        assert comment.net_likes == likes - dislikes
        assert comment.ratio_score == ratio_score(likes, dislikes)
        assert comment.report_count == comment.reports.filter(resolved_at=None).count()


def test_a_vote_counts_once_however_often_it_is_sent(comment):
    for _ in range(3):
        voted = vote(comment, reader(1), Vote.LIKE)
    assert (voted.likes, voted.dislikes, Vote.objects.count()) == (1, 0, 1)


def test_a_vote_can_be_changed_and_withdrawn(comment):
    vote(comment, reader(1), Vote.LIKE)
    changed = vote(comment, reader(1), Vote.DISLIKE)
    assert (changed.likes, changed.dislikes) == (0, 1)
    withdrawn = vote(comment, reader(1), 0)
    assert (withdrawn.likes, withdrawn.dislikes, Vote.objects.count()) == (0, 0, 0)


def test_an_account_votes_once_from_whatever_browser(comment):
    alice = make_user()
    for secret in ("desk", "phone"):
        vote(comment, make_reader(account=alice, secret=secret), Vote.LIKE)
    assert Vote.objects.get().voter == f"account:{alice.pk}"


def test_a_hidden_comment_takes_no_votes_and_no_reports(comment):
    Comment.objects.update(status=Status.HIDDEN, removed_by="moderator")
    with pytest.raises(CommentGoneError):
        vote(comment, reader(1), Vote.LIKE)
    with pytest.raises(CommentGoneError):
        report(comment, reader(1), "spam", "", threshold=1)


def test_columns_equal_rows_after_any_sequence_of_votes(comment):
    other = make_comment(make_article("다른 글"))
    dice = random.Random(7)  # noqa: S311
    for _ in range(200):
        vote(dice.choice([comment, other]), reader(dice.randrange(12)), dice.choice([1, -1, 0]))
    assert_columns_equal_rows()


def test_reports_fold_at_the_threshold_and_say_so_in_the_log(comment):
    for number in range(2):
        report(comment, reader(number), "abuse", "", threshold=3)
    comment.refresh_from_db()
    assert not comment.is_folded
    report(comment, reader(2), "spam", "광고", threshold=3)
    comment.refresh_from_db()
    assert comment.is_folded
    assert ModerationEvent.objects.get().action == "fold"


def test_one_reader_reports_once(comment):
    for _ in range(5):
        report(comment, reader(1), "abuse", "", threshold=2)
    comment.refresh_from_db()
    assert (comment.report_count, comment.is_folded) == (1, False)


def test_what_a_moderator_let_stand_is_not_folded_again_until_it_is_edited(comment):
    for number in range(3):
        report(comment, reader(number), "abuse", "", threshold=3)
    clear_reports(Comment.objects.all(), actor=BOB)
    for number in range(10, 15):
        report(comment, reader(number), "abuse", "", threshold=3)
    comment.refresh_from_db()
    assert not comment.is_folded
    Comment.objects.update(reports_cleared_at=None, edited_at=timezone.now())
    report(comment, reader(0), "abuse", "", threshold=3)
    comment.refresh_from_db()
    assert comment.is_folded
    assert_columns_equal_rows()


def test_a_block_is_kept_once(comment):
    for _ in range(2):
        block(comment, reader(1))
    assert Block.objects.get().author == comment.author_key


def at_once(work, count: int) -> None:
    def run(number: int) -> None:
        try:
            work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(min(count, 25)) as threads:
        list(threads.map(run, range(count)))


@pytest.mark.django_db(transaction=True)
def test_votes_of_one_reader_at_once_leave_one_row():
    comment = make_comment(make_article())
    at_once(lambda number: vote(comment, reader(1), Vote.LIKE), 20)
    assert Vote.objects.count() == 1
    assert_columns_equal_rows()


@pytest.mark.django_db(transaction=True)
def test_votes_of_many_readers_at_once_are_all_counted():
    comment = make_comment(make_article())
    at_once(lambda number: vote(comment, reader(number), 1 if number % 3 else -1), 30)
    assert Vote.objects.count() == 30
    assert_columns_equal_rows()


@pytest.mark.django_db(transaction=True)
def test_fifty_reports_at_once_fold_once():
    comment = make_comment(make_article())
    at_once(lambda number: report(comment, reader(number), "abuse", "", threshold=5), 50)
    assert Report.objects.count() == 50
    assert ModerationEvent.objects.filter(action="fold").count() == 1
    assert_columns_equal_rows()
