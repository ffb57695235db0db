import pytest
from django.db import IntegrityError, transaction
from django.db.models import RestrictedError

from comments.models import Comment, CommentSettings, DiscussionSettings, Policy, Status
from tests.builders import make_article, make_user
from tests.comments.builders import PASSWORD, make_comment

pytestmark = pytest.mark.django_db


def refused(comment: Comment) -> bool:
    try:
        with transaction.atomic():
            comment.save()
    except IntegrityError:
        return True
    return False


def guest_comment(article, **fields) -> Comment:
    comment = Comment(article=article, is_guest=True, name="나그네", password="x", body="글")
    for name, value in fields.items():
        setattr(comment, name, value)
    return comment


@pytest.fixture
def article():
    return make_article()


def test_a_guest_comment_is_taken(article):
    assert not refused(guest_comment(article))


@pytest.mark.parametrize(
    "fields",
    [
        {"name": ""},
        {"body": ""},
        {"password": ""},
        {"is_guest": False},
        {"status": "unknown"},
        {"status": Status.DELETED},
    ],
)
def test_the_database_refuses_an_impossible_comment(article, fields):
    assert refused(guest_comment(article, **fields))


def test_the_database_refuses_a_guest_with_an_account(article):
    assert refused(guest_comment(article, account=make_user()))


def test_the_database_refuses_a_password_beside_an_account(article):
    assert refused(guest_comment(article, account=make_user(), is_guest=False))


def test_the_database_refuses_a_reply_without_a_root(article):
    root = make_comment(article)
    assert refused(guest_comment(article, in_reply_to=root))


def test_the_database_refuses_a_root_without_an_answered_comment(article):
    root = make_comment(article)
    assert refused(guest_comment(article, root=root))


def test_the_database_refuses_an_answer_to_itself(article):
    comment = make_comment(article)
    comment.root = comment.in_reply_to = comment
    assert refused(comment)


def test_the_database_refuses_an_answer_to_what_is_older_than_the_thread(article):
    older, root = make_comment(article), make_comment(article)
    assert refused(guest_comment(article, root=root, in_reply_to=older))


def test_the_database_refuses_a_circle(article):
    root = make_comment(article)
    first = make_comment(article, parent=root)
    second = make_comment(article, parent=first)
    first.in_reply_to = second
    assert refused(first)


def test_a_comment_survives_its_account_without_becoming_a_guest(article):
    bob = make_user("bob@pildam.example", display_name="밥")
    comment = make_comment(article, account=bob)
    bob.delete()
    comment.refresh_from_db()
    assert (comment.account, comment.is_guest, comment.name) == (None, False, "밥")


def test_a_comment_cannot_be_removed_from_under_its_replies(article):
    root = make_comment(article)
    make_comment(article, parent=root)
    with pytest.raises(RestrictedError):
        root.delete()


def test_an_article_takes_its_comments_along(article):
    root = make_comment(article)
    make_comment(article, parent=make_comment(article, parent=root))
    article.delete()
    assert not Comment.objects.exists()


@pytest.mark.promise("C7")
def test_only_a_hash_of_the_password_is_stored(article):
    comment = make_comment(article)
    stored = Comment.objects.values().get(pk=comment.pk)
    assert PASSWORD not in str(stored)
    assert comment.password_matches(PASSWORD)
    assert not comment.password_matches("다른 비밀번호")


def test_no_password_opens_the_comment_of_an_account(article):
    comment = make_comment(article, account=make_user())
    assert not comment.password_matches("")


def test_what_nobody_judged_is_not_shown(article):
    comment = guest_comment(article)
    comment.save()
    assert comment.status == Status.HELD


def test_a_page_has_a_place_for_the_visible_and_what_holds_them_up(article):
    visible = make_comment(article)
    tombstone = make_comment(article, status=Status.DELETED)
    make_comment(article, parent=tombstone)
    make_comment(article, status=Status.DELETED)
    assert set(Comment.objects.shown_roots()) == {visible, tombstone}


def test_the_articles_choice_comes_before_the_sites_and_that_before_the_environments(
    article, settings
):
    settings.COMMENT_MODERATION, settings.COMMENT_CLOSE_AFTER_DAYS = "pre", 30
    assert (Policy.of(article).mode, Policy.of(article).close_after_days) == ("pre", 30)
    CommentSettings.objects.create(mode="first", close_after_days=0, default_sort="likes")
    assert (Policy.of(article).mode, Policy.of(article).close_after_days) == ("first", 0)
    DiscussionSettings.objects.create(article=article, mode="post", default_sort="oldest")
    policy = Policy.of(article)
    assert (policy.mode, policy.sort, policy.close_after_days) == ("post", "oldest", 0)


def test_a_policy_is_one_question(article, django_assert_num_queries):
    with django_assert_num_queries(1):
        Policy.of(article)
