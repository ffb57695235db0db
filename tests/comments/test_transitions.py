from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.models import AppendOnlyError, Article
from comments.models import Announcement, Comment, ModerationEvent, RemovedBy, Status
from comments.transitions import (
    RULES,
    Actor,
    TooManyRecommendedError,
    change_status,
    clear_reports,
    erase,
    recommend,
)
from tests.builders import make_article
from tests.comments.builders import PASSWORD, make_comment, make_comments

BOB = Actor("밥", ref=7)

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make_article()


def only(*comments):
    return Comment.objects.filter(pk__in=[comment.pk for comment in comments])


def assert_counts_equal_rows():
    call_command("recount_comments", "--check", stdout=StringIO(), stderr=StringIO())


def stored_count(article) -> int:
    return Article.objects.get(pk=article.pk).comment_count


def test_hiding_takes_a_comment_out_of_the_count(article):
    comment = make_comment(article)
    make_comment(article)
    assert change_status(only(comment), Status.HIDDEN, actor=BOB) == 1
    assert stored_count(article) == 1


def test_replies_under_a_hidden_root_are_still_counted_because_they_are_read(article):
    root = make_comment(article)
    make_comment(article, parent=root)
    change_status(only(root), Status.HIDDEN, actor=BOB)
    assert stored_count(article) == 1


def test_showing_twice_counts_once(article):
    comment = make_comment(article, status=Status.HELD)
    assert change_status(only(comment), Status.VISIBLE, actor=BOB) == 1
    assert change_status(only(comment), Status.VISIBLE, actor=BOB) == 0
    assert stored_count(article) == 1


def test_saving_a_comment_again_changes_no_count(article):
    comment = make_comment(article)
    for _ in range(3):
        comment.save()
    assert stored_count(article) == 1


def test_a_change_is_timed(article):
    comment = make_comment(article)
    before = comment.status_changed_at
    change_status(only(comment), Status.HIDDEN, actor=BOB)
    comment.refresh_from_db()
    assert comment.status_changed_at > before


def test_the_comments_of_several_articles_change_together(article):
    other = make_article("다른 글")
    comments = [make_comment(article), make_comment(other), make_comment(other)]
    assert change_status(only(*comments), Status.HIDDEN, actor=BOB) == 3
    assert (stored_count(article), stored_count(other)) == (0, 0)


def test_a_root_counts_its_thread_and_a_reply_its_answers(article):
    root = make_comment(article)
    reply = make_comment(article, parent=root)
    answer = make_comment(article, parent=reply)
    root.refresh_from_db()
    reply.refresh_from_db()
    assert (root.reply_count, reply.reply_count) == (2, 1)
    change_status(only(answer), Status.HIDDEN, actor=BOB)
    root.refresh_from_db()
    reply.refresh_from_db()
    assert (root.reply_count, reply.reply_count) == (1, 0)


def test_erasing_leaves_nothing_to_read(article):
    comment = make_comment(article, "지울 글", email="carol@example.com")
    erase(comment)
    comment.refresh_from_db()
    assert (comment.status, comment.body, comment.email) == (Status.DELETED, "", "")
    assert not comment.password_matches(PASSWORD)
    assert stored_count(article) == 0


def test_what_was_erased_cannot_be_shown_again(article):
    comment = make_comment(article)
    erase(comment)
    assert change_status(only(comment), Status.VISIBLE, actor=BOB) == 0


def test_moderators_do_not_delete(article):
    with pytest.raises(ValueError, match="erase"):
        change_status(only(make_comment(article)), Status.DELETED, actor=BOB)


def test_counts_equal_rows_after_any_sequence_of_changes(article):
    root = make_comment(article)
    reply = make_comment(article, parent=root)
    answer = make_comment(article, parent=reply)
    for comment, status in [
        (reply, Status.HIDDEN),
        (root, Status.HELD),
        (answer, Status.HIDDEN),
        (root, Status.VISIBLE),
        (reply, Status.VISIBLE),
        (answer, Status.VISIBLE),
        (root, Status.HIDDEN),
    ]:
        change_status(only(comment), status, actor=BOB)
        assert_counts_equal_rows()
    erase(reply)
    assert_counts_equal_rows()
    assert stored_count(article) == 1


def test_the_check_names_what_is_wrong_and_fails(article):
    comment = make_comment(article)
    Article.objects.filter(pk=article.pk).update(comment_count=7)
    only(comment).update(reply_count=2)
    errors = StringIO()
    with pytest.raises(CommandError, match="2 counts are wrong"):
        call_command("recount_comments", "--check", stdout=StringIO(), stderr=errors)
    assert "7 stored, 1 counted" in errors.getvalue()
    assert "2 stored, 0 counted" in errors.getvalue()
    assert stored_count(article) == 7


def test_recounting_corrects_everything_once(article):
    comment = make_comment(article)
    Article.objects.filter(pk=article.pk).update(comment_count=7)
    only(comment).update(reply_count=2)
    first, second = StringIO(), StringIO()
    call_command("recount_comments", stdout=first)
    call_command("recount_comments", stdout=second)
    assert "2 counts corrected" in first.getvalue()
    assert "0 counts corrected" in second.getvalue()
    assert_counts_equal_rows()


def test_the_check_knows_votes_and_reports_and_the_repair_mends_them(article):
    comment = make_comment(article, likes=3, net_likes=3, report_count=2)
    with pytest.raises(CommandError):
        assert_counts_equal_rows()
    call_command("recount_comments", stdout=StringIO())
    comment.refresh_from_db()
    assert (comment.likes, comment.net_likes, comment.report_count) == (0, 0, 0)
    assert_counts_equal_rows()


def test_every_change_is_logged_with_who_why_before_and_after(article):
    comment = make_comment(article)
    change_status(only(comment), Status.HIDDEN, actor=BOB, reason="욕설", batch="b1")
    event = ModerationEvent.objects.get()
    assert (event.comment_ref, event.actor_name, event.actor_ref) == (comment.pk, "밥", 7)
    assert (event.action, event.before, event.after) == ("hide", "visible", "hidden")
    assert (event.reason, event.batch) == ("욕설", "b1")


def test_what_does_not_change_is_not_logged(article):
    change_status(only(make_comment(article)), Status.VISIBLE, actor=BOB)
    assert not ModerationEvent.objects.exists()


def test_the_log_is_never_rewritten(article):
    change_status(only(make_comment(article)), Status.HIDDEN, actor=BOB)
    event = ModerationEvent.objects.get()
    for attempt in (
        event.save,
        event.delete,
        ModerationEvent.objects.all().delete,
        lambda: ModerationEvent.objects.update(reason="다른 이유"),
    ):
        with pytest.raises(AppendOnlyError):
            attempt()


@pytest.mark.parametrize(
    ("actor", "expected"),
    [(BOB, RemovedBy.MODERATOR), (RULES, RemovedBy.RULE)],
)
def test_who_removes_is_remembered_until_it_is_shown_again(article, actor, expected):
    comment = make_comment(article)
    change_status(only(comment), Status.SPAM, actor=actor)
    comment.refresh_from_db()
    assert comment.removed_by == expected
    change_status(only(comment), Status.VISIBLE, actor=BOB)
    comment.refresh_from_db()
    assert comment.removed_by == ""


def test_an_author_who_deletes_what_was_hidden_does_not_hide_who_hid_it(article):
    comment = make_comment(article)
    change_status(only(comment), Status.HIDDEN, actor=BOB)
    erase(comment)
    comment.refresh_from_db()
    assert comment.removed_by == RemovedBy.MODERATOR


def test_showing_a_reported_comment_clears_its_reports_and_no_others(article):
    reported = make_comment(article, report_count=5, folded_at=timezone.now(), status=Status.HIDDEN)
    other = make_comment(article, status=Status.HIDDEN)
    change_status(only(reported, other), Status.VISIBLE, actor=BOB)
    reported.refresh_from_db()
    other.refresh_from_db()
    assert (reported.report_count, reported.folded_at) == (0, None)
    assert reported.reports_cleared_at is not None
    assert other.reports_cleared_at is None


def test_clearing_reports_lets_a_comment_stand(article):
    comment = make_comment(article, report_count=5, folded_at=timezone.now())
    assert clear_reports(only(comment), actor=BOB) == 1
    comment.refresh_from_db()
    assert (comment.status, comment.report_count, comment.is_folded) == ("visible", 0, False)
    assert ModerationEvent.objects.get().action == "clear"


def test_approving_announces_once(article):
    comment = make_comment(article, status=Status.HELD)
    for status in (Status.VISIBLE, Status.HIDDEN, Status.VISIBLE):
        change_status(only(comment), status, actor=BOB)
    assert Announcement.objects.count() == 1


def test_a_recommended_comment_that_is_hidden_loses_its_pin(article):
    comment = make_comment(article)
    recommend(comment, actor=BOB, chosen=True)
    change_status(only(comment), Status.HIDDEN, actor=BOB)
    comment.refresh_from_db()
    assert comment.recommended_at is None


def test_what_nobody_sees_cannot_be_recommended(article):
    comment = make_comment(article, status=Status.HELD)
    recommend(comment, actor=BOB, chosen=True)
    comment.refresh_from_db()
    assert comment.recommended_at is None


def test_an_article_has_five_recommended_comments_at_most(article):
    *five, sixth = make_comments(article, 6)
    for comment in five:
        recommend(comment, actor=BOB, chosen=True)
    with pytest.raises(TooManyRecommendedError):
        recommend(sixth, actor=BOB, chosen=True)
    recommend(five[0], actor=BOB, chosen=False)
    recommend(sixth, actor=BOB, chosen=True)
    assert Comment.objects.filter(recommended_at__isnull=False).count() == 5
