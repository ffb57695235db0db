from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from comments.models import Comment, Status
from comments.submission import ParentGoneError, RefusedError, Submission, edit, submit
from tests.builders import make_article, make_user
from tests.comments.builders import PASSWORD, make_comment

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make_article()


def guest(article, **fields) -> Submission:
    typed = {"body": "잘 읽었습니다.", "name": "나그네", "password": PASSWORD}
    return Submission(article=article, **(typed | fields))


def test_a_guest_comment_is_visible_at_once(article):
    comment = submit(guest(article))
    article.refresh_from_db()
    assert (comment.status, article.comment_count) == (Status.VISIBLE, 1)


def test_an_account_comment_stands_under_its_display_name(article):
    alice = make_user()
    comment = submit(Submission(article=article, account=alice, body="저도요."))
    assert (comment.account, comment.name, comment.password) == (alice, "앨리스", "")


def test_an_account_without_a_name_shows_nothing_of_its_address(article):
    nameless = make_user("secret.reader@pildam.example", display_name="")
    comment = submit(Submission(article=article, account=nameless, body="저도요."))
    assert comment.name == "이름 없는 독자"


def test_a_reply_to_a_reply_stays_on_the_second_level(article):
    root = make_comment(article)
    reply = make_comment(article, parent=root)
    answer = submit(guest(article, parent_id=reply.pk))
    assert (answer.root, answer.in_reply_to) == (root, reply)


@pytest.mark.parametrize("status", [Status.HELD, Status.HIDDEN, Status.DELETED])
def test_what_readers_do_not_see_cannot_be_answered(article, status):
    parent = make_comment(article, status=status)
    with pytest.raises(ParentGoneError):
        submit(guest(article, parent_id=parent.pk))
    assert Comment.objects.count() == 1


def test_a_comment_on_another_article_cannot_be_answered(article):
    elsewhere = make_comment(make_article("다른 글"))
    with pytest.raises(ParentGoneError):
        submit(guest(article, parent_id=elsewhere.pk))


def test_what_does_not_exist_cannot_be_answered(article):
    with pytest.raises(ParentGoneError):
        submit(guest(article, parent_id=10**18))


def test_pre_moderation_holds_a_comment_and_does_not_count_it(article, settings):
    settings.COMMENT_MODERATION = "pre"
    comment = submit(guest(article))
    article.refresh_from_db()
    assert (comment.status, article.comment_count) == (Status.HELD, 0)


def test_first_moderation_holds_until_one_comment_is_visible(article, settings):
    settings.COMMENT_MODERATION = "first"
    alice = make_user()
    first = submit(Submission(article=article, account=alice, body="처음"))
    Comment.objects.filter(pk=first.pk).update(status=Status.VISIBLE)
    second = submit(Submission(article=article, account=alice, body="다음"))
    assert (first.status, second.status) == (Status.HELD, Status.VISIBLE)


def test_a_moderator_is_not_held(article, settings):
    settings.COMMENT_MODERATION = "pre"
    editor = make_user(is_staff=True)
    editor.user_permissions.add(Permission.objects.get(codename="change_comment"))
    comment = submit(Submission(article=article, account=editor, body="공지"))
    assert comment.status == Status.VISIBLE


def test_pressing_twice_stores_one_comment(article):
    first = submit(guest(article))
    assert submit(guest(article)) == first
    assert Comment.objects.count() == 1


def test_pressing_twice_while_held_stores_one_comment(article, settings):
    settings.COMMENT_MODERATION = "pre"
    first = submit(guest(article))
    assert submit(guest(article)) == first


def test_an_account_pressing_twice_stores_one_comment(article):
    alice = make_user()
    first = submit(Submission(article=article, account=alice, body="저도요."))
    assert submit(Submission(article=article, account=alice, body="저도요.")) == first


def test_the_same_words_under_the_same_name_with_another_password_are_refused(article):
    submit(guest(article))
    with pytest.raises(RefusedError, match="같은 내용"):
        submit(guest(article, password="다른 비밀번호"))


def test_sending_the_same_words_is_no_way_to_guess_the_password(article):
    submit(guest(article))
    for guess in range(5):
        with pytest.raises(RefusedError):
            submit(guest(article, password=f"추측 {guess}"))
    with pytest.raises(RefusedError):
        submit(guest(article))


def test_the_same_words_in_another_place_are_refused(article):
    root = make_comment(article, "첫 댓글")
    submit(guest(article))
    with pytest.raises(RefusedError, match="같은 내용"):
        submit(guest(article, parent_id=root.pk))


def test_the_same_words_as_a_hidden_comment_are_refused(article):
    make_comment(article, "광고입니다", status=Status.HIDDEN, created_at=timezone.now())
    with pytest.raises(RefusedError, match="같은 내용"):
        submit(guest(article, body="광고입니다"))


def test_the_same_words_from_somebody_else_are_taken(article):
    submit(guest(article))
    submit(guest(article, name="길손"))
    assert Comment.objects.count() == 2


def test_the_same_words_are_taken_again_after_six_minutes(article):
    make_comment(article, created_at=timezone.now() - timedelta(minutes=6, seconds=1))
    submit(guest(article))
    assert Comment.objects.count() == 2


def test_an_edit_is_marked(article):
    comment = edit(make_comment(article), "고친 글")
    assert comment.body == "고친 글"
    assert comment.edited_at is not None


def test_an_edit_that_changes_nothing_is_not_marked(article):
    assert edit(make_comment(article, "그대로"), "그대로").edited_at is None


def test_an_edit_is_judged_like_a_new_comment(article, settings):
    comment = make_comment(article)
    settings.COMMENT_MODERATION = "pre"
    edited = edit(comment, "승인받지 않은 글")
    article.refresh_from_db()
    assert (edited.status, article.comment_count) == (Status.HELD, 0)


def test_what_was_hidden_meanwhile_cannot_be_edited(article):
    comment = make_comment(article)
    Comment.objects.filter(pk=comment.pk).update(status=Status.HIDDEN)
    with pytest.raises(RefusedError):
        edit(comment, "고친 글")
