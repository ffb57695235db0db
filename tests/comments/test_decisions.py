import pytest

from articles.models import Article
from comments.decisions import decide, undo, version_of
from comments.models import Action, Comment, ModerationEvent, RemovedBy, Status
from comments.transitions import AUTHOR, Actor, change_status, erase, recommend
from tests.builders import make_article, make_articles
from tests.comments.builders import make_comment, make_comments

pytestmark = pytest.mark.django_db

BOB = Actor("밥", ref=1)
CAROL = Actor("캐럴", ref=2)


@pytest.fixture
def article():
    return make_article()


def seen(*comments):
    return {
        comment.pk: version_of(comment)
        for comment in Comment.objects.filter(pk__in=[comment.pk for comment in comments])
    }


def only(comment):
    return Comment.objects.filter(pk=comment.pk)


def now(comment):
    return Comment.objects.get(pk=comment.pk)


def test_a_decision_changes_counts_and_logs_with_one_batch(article):
    comments = make_comments(article, 3)
    outcome = decide(seen(*comments), Status.HIDDEN, actor=BOB, reason="다툼")
    events = ModerationEvent.objects.filter(batch=outcome.batch)
    assert sorted(outcome.done) == [comment.pk for comment in comments]
    assert {(e.actor_name, e.reason, e.before, e.after) for e in events} == {
        ("밥", "다툼", "visible", "hidden")
    }
    assert Article.objects.get(pk=article.pk).comment_count == 0


def test_what_a_colleague_has_decided_meanwhile_is_left_alone(article):
    one, other = make_comments(article, 2, status=Status.HELD)
    screen = seen(one, other)
    decide(seen(one), Status.SPAM, actor=CAROL)
    outcome = decide(screen, Status.VISIBLE, actor=BOB)
    assert (outcome.done, outcome.conflicts) == ([other.pk], [one.pk])
    assert now(one).status == Status.SPAM


def test_a_comment_decided_there_and_back_is_a_conflict_too(article):
    comment = make_comment(article, status=Status.HELD)
    screen = seen(comment)
    decide(screen, Status.VISIBLE, actor=CAROL)
    decide(seen(comment), Status.HELD, actor=CAROL)
    assert decide(screen, Status.VISIBLE, actor=BOB).conflicts == [comment.pk]


def test_a_text_edited_since_it_was_read_is_a_conflict(article):
    comment = make_comment(article, status=Status.HELD)
    screen = seen(comment)
    only(comment).update(body="다른 말", edited_at=comment.created_at)
    assert decide(screen, Status.VISIBLE, actor=BOB).conflicts == [comment.pk]


@pytest.mark.parametrize("status", [Status.DELETED, Status.BLINDED])
def test_what_is_settled_elsewhere_cannot_be_decided(article, status):
    comment = make_comment(article, status=status)
    assert decide(seen(comment), Status.VISIBLE, actor=BOB).conflicts == [comment.pk]
    assert now(comment).status == status


def test_a_comment_that_is_gone_is_a_conflict(article):
    assert decide({404: "held.0"}, Status.VISIBLE, actor=BOB).conflicts == [404]


def test_deciding_what_is_so_already_changes_nothing(article):
    comment = make_comment(article)
    outcome = decide(seen(comment), Status.VISIBLE, actor=BOB)
    assert (outcome.done, outcome.conflicts) == ([], [])
    assert not ModerationEvent.objects.exists()


def test_undo_restores_each_status_and_who_had_removed_it(article):
    held = make_comment(article, status=Status.HELD)
    spam = make_comment(article, status=Status.SPAM)
    batch = decide(seen(held, spam), Status.TRASHED, actor=BOB).batch
    assert now(spam).removed_by == RemovedBy.MODERATOR
    assert sorted(undo(batch, actor=CAROL).done) == [held.pk, spam.pk]
    assert (now(held).status, now(held).removed_by) == (Status.HELD, "")
    assert (now(spam).status, now(spam).removed_by) == (Status.SPAM, RemovedBy.RULE)
    assert ModerationEvent.objects.filter(action=Action.UNDO, actor_name="캐럴").count() == 2


def test_undo_shows_again_with_count_reports_and_recommendation(article):
    comment = make_comment(article, report_count=3)
    recommend(comment, actor=BOB, chosen=True)
    batch = decide(seen(comment), Status.HIDDEN, actor=BOB).batch
    assert now(comment).recommended_at is None
    undo(batch, actor=BOB)
    assert now(comment).is_recommended
    assert now(comment).report_count == 3
    assert Article.objects.get(pk=article.pk).comment_count == 1


def test_undo_recommends_no_more_than_an_article_may_have(article):
    comment, *others = make_comments(article, 6)
    recommend(comment, actor=BOB, chosen=True)
    batch = decide(seen(comment), Status.HIDDEN, actor=BOB).batch
    for other in others:
        recommend(other, actor=BOB, chosen=True)
    undo(batch, actor=BOB)
    assert now(comment).is_visible
    assert not now(comment).is_recommended


def test_undo_leaves_what_has_been_decided_since(article):
    one, other = make_comments(article, 2)
    batch = decide(seen(one, other), Status.HIDDEN, actor=BOB).batch
    change_status(only(one), Status.VISIBLE, actor=CAROL)
    change_status(only(one), Status.HIDDEN, actor=CAROL)
    outcome = undo(batch, actor=BOB)
    assert (outcome.done, outcome.conflicts) == ([other.pk], [one.pk])
    assert now(one).status == Status.HIDDEN


def test_undo_twice_restores_once(article):
    comment = make_comment(article)
    batch = decide(seen(comment), Status.HIDDEN, actor=BOB).batch
    assert undo(batch, actor=BOB).done == [comment.pk]
    assert undo(batch, actor=BOB).done == []


def test_undo_brings_back_nothing_that_its_author_has_erased(article):
    comment = make_comment(article)
    batch = decide(seen(comment), Status.HIDDEN, actor=BOB).batch
    erase(comment, actor=AUTHOR)
    assert undo(batch, actor=BOB).conflicts == [comment.pk]


@pytest.mark.parametrize("batch", ["", "none"])
def test_a_batch_that_never_was_undoes_nothing(article, batch):
    change_status(only(make_comment(article)), Status.HIDDEN, actor=BOB)
    assert undo(batch, actor=BOB).done == []


@pytest.mark.any_engine
def test_five_hundred_across_articles_change_in_a_few_queries_each(
    article, django_assert_max_num_queries
):
    articles = make_articles(100)
    comments = [make_comment(each, status=Status.HELD) for each in articles for _ in range(5)]
    screen = seen(*comments)
    # Ten for each article, and a few for all.
    with django_assert_max_num_queries(1_050):
        outcome = decide(screen, Status.VISIBLE, actor=BOB)
    assert len(outcome.done) == 500
    assert len(undo(outcome.batch, actor=BOB).done) == 500
