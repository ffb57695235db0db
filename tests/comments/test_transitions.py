from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article
from comments.models import Comment, Status
from comments.transitions import change_status, erase
from tests.builders import make_article
from tests.comments.builders import PASSWORD, make_comment

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
    assert change_status(only(comment), Status.HIDDEN) == 1
    assert stored_count(article) == 1


def test_replies_under_a_hidden_root_are_still_counted_because_they_are_read(article):
    root = make_comment(article)
    make_comment(article, parent=root)
    change_status(only(root), Status.HIDDEN)
    assert stored_count(article) == 1


def test_showing_twice_counts_once(article):
    comment = make_comment(article, status=Status.HELD)
    assert change_status(only(comment), Status.VISIBLE) == 1
    assert change_status(only(comment), Status.VISIBLE) == 0
    assert stored_count(article) == 1


def test_saving_a_comment_again_changes_no_count(article):
    comment = make_comment(article)
    for _ in range(3):
        comment.save()
    assert stored_count(article) == 1


def test_a_change_is_timed(article):
    comment = make_comment(article)
    before = comment.status_changed_at
    change_status(only(comment), Status.HIDDEN)
    comment.refresh_from_db()
    assert comment.status_changed_at > before


def test_the_comments_of_several_articles_change_together(article):
    other = make_article("다른 글")
    comments = [make_comment(article), make_comment(other), make_comment(other)]
    assert change_status(only(*comments), Status.HIDDEN) == 3
    assert (stored_count(article), stored_count(other)) == (0, 0)


def test_a_root_counts_its_thread_and_a_reply_its_answers(article):
    root = make_comment(article)
    reply = make_comment(article, parent=root)
    answer = make_comment(article, parent=reply)
    root.refresh_from_db()
    reply.refresh_from_db()
    assert (root.reply_count, reply.reply_count) == (2, 1)
    change_status(only(answer), Status.HIDDEN)
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
    assert change_status(only(comment), Status.VISIBLE) == 0


def test_moderators_do_not_delete(article):
    with pytest.raises(ValueError, match="erase"):
        change_status(only(make_comment(article)), Status.DELETED)


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
        change_status(only(comment), status)
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
