from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from comments.models import (
    Announcement,
    Ban,
    Comment,
    ModerationEvent,
    Policy,
    RemovedBy,
    Status,
    WordRule,
)
from comments.submission import (
    BannedError,
    ParentGoneError,
    ProofNeededError,
    RefusedError,
    Submission,
    UsedFormError,
    edit,
    submit,
)
from tests.builders import make_article, make_user
from tests.comments.builders import PASSWORD, make_comment, make_reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make_article()


def guest(article, **fields) -> Submission:
    typed = {
        "body": "잘 읽었습니다.",
        "name": "나그네",
        "password": PASSWORD,
        "reader": make_reader(),
        "form_age": 60.0,
    }
    return Submission(article=article, policy=Policy.of(article), **(typed | fields))


def by_account(article, account, **fields) -> Submission:
    reader = make_reader(account=account)
    return Submission(
        article=article, policy=Policy.of(article), reader=reader, form_age=60.0, **fields
    )


def edited(comment, body):
    return edit(comment, body, policy=Policy.of(comment.article), reader=make_reader())


def test_a_guest_comment_is_visible_at_once(article):
    comment = submit(guest(article))
    article.refresh_from_db()
    assert (comment.status, article.comment_count) == (Status.VISIBLE, 1)


def test_an_account_comment_stands_under_its_display_name(article):
    alice = make_user()
    comment = submit(by_account(article, alice, body="저도요."))
    assert (comment.account, comment.name, comment.password) == (alice, "앨리스", "")


def test_an_account_without_a_name_shows_nothing_of_its_address(article):
    nameless = make_user("secret.reader@pildam.example", display_name="")
    comment = submit(by_account(article, nameless, body="저도요."))
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
    first = submit(by_account(article, alice, body="처음"))
    Comment.objects.filter(pk=first.pk).update(status=Status.VISIBLE)
    second = submit(by_account(article, alice, body="다음"))
    assert (first.status, second.status) == (Status.HELD, Status.VISIBLE)


def test_a_moderator_is_not_held(article, settings):
    settings.COMMENT_MODERATION = "pre"
    editor = make_user(is_staff=True)
    editor.user_permissions.add(Permission.objects.get(codename="change_comment"))
    comment = submit(by_account(article, editor, body="공지"))
    assert comment.status == Status.VISIBLE


def test_a_form_sent_twice_makes_one_comment(article):
    first = submit(guest(article, nonce="a1"))
    assert submit(guest(article, nonce="a1")) == first
    assert Comment.objects.count() == 1


def test_a_form_sent_twice_while_held_makes_one_comment(article, settings):
    settings.COMMENT_MODERATION = "pre"
    first = submit(guest(article, nonce="a1"))
    assert submit(guest(article, nonce="a1")) == first


def test_a_form_is_good_for_one_comment(article):
    submit(guest(article, nonce="a1"))
    with pytest.raises(UsedFormError):
        submit(guest(article, nonce="a1", body="다른 글"))
    assert Comment.objects.count() == 1


@pytest.mark.promise("C2")
@pytest.mark.parametrize(
    "reader",
    [
        make_reader(network="198.51.100.7"),
        make_reader(secret="another"),
        make_reader(secret="another", network="198.51.100.7"),
    ],
    ids=["same browser", "same network", "same name"],
)
def test_the_same_words_within_six_minutes_are_refused(article, reader):
    submit(guest(article, nonce="a1"))
    with pytest.raises(RefusedError, match="같은 내용"):
        submit(guest(article, nonce="a2", reader=reader))


def test_the_same_words_are_refused_under_another_article_too(article):
    submit(guest(article))
    with pytest.raises(RefusedError, match="같은 내용"):
        submit(guest(make_article("다른 글")))


def test_spaces_and_signs_do_not_make_other_words(article):
    submit(guest(article, body="좋은 글입니다!"))
    with pytest.raises(RefusedError, match="같은 내용"):
        submit(guest(article, body="좋은글 입니다..."))


def test_the_same_words_as_a_hidden_comment_are_refused(article):
    make_comment(article, "광고입니다", status=Status.HIDDEN, created_at=timezone.now())
    with pytest.raises(RefusedError, match="같은 내용"):
        submit(guest(article, body="광고입니다"))


def test_the_same_words_from_somebody_else_are_taken(article):
    submit(guest(article))
    stranger = make_reader(secret="another", network="198.51.100.7")
    submit(guest(article, name="길손", reader=stranger))
    assert Comment.objects.count() == 2


def test_the_same_words_are_taken_again_after_six_minutes(article):
    make_comment(article, created_at=timezone.now() - timedelta(minutes=6, seconds=1))
    submit(guest(article))
    assert Comment.objects.count() == 2


def test_nearly_the_same_words_again_and_again_wait_for_a_moderator(article):
    text = "지금 바로 연락 주시면 누구나 큰돈을 벌 수 있는 방법을 알려 드립니다"
    statuses = [submit(guest(article, body=f"{text} {mark}")).status for mark in "가나다라"]
    assert statuses == [Status.VISIBLE, Status.HELD, Status.HELD, Status.SPAM]


def test_what_the_rules_hold_is_logged_with_the_reason(article):
    comment = submit(guest(article, body="제 번호는 010-1234-5678입니다"))
    event = ModerationEvent.objects.get()
    assert (comment.status, event.comment_ref) == (Status.HELD, comment.pk)
    assert (event.action, event.actor_name) == ("hold", "자동 규칙")
    assert "전화번호" in event.reason


def test_spam_by_rule_counts_as_removed_by_rule(article):
    comment = submit(guest(article, trap_is_filled=True, form_age=None))
    assert (comment.status, comment.removed_by) == (Status.SPAM, RemovedBy.RULE)


def test_a_word_of_the_moderators_holds_a_comment(article):
    WordRule.objects.create(pattern="바보", exceptions="바보상자")
    held = submit(guest(article, body="이런 바보를 봤나"))
    innocent = submit(guest(article, body="바보상자라 불리던 텔레비전"))
    assert (held.status, innocent.status) == (Status.HELD, Status.VISIBLE)
    assert held.reasons[0]["code"] == "word_body"


def test_what_is_doubtful_needs_a_proof_where_one_can_be_given(article):
    doubtful = {"body": "https://a.example https://b.example https://c.example", "form_age": 1.0}
    with pytest.raises(ProofNeededError):
        submit(guest(article, can_prove=True, **doubtful))
    proved = submit(guest(article, can_prove=True, proof_is_given=True, **doubtful))
    assert proved.status == Status.VISIBLE


def test_what_is_doubtful_waits_where_no_proof_can_be_given(article):
    body = "https://a.example https://b.example https://c.example"
    assert submit(guest(article, body=body, form_age=1.0)).status == Status.HELD


def test_a_banned_network_writes_nothing_until_the_ban_ends(article):
    reader = make_reader()
    ban = Ban.objects.create(
        network_hash=reader.network_hash,
        reason="도배",
        expires_at=timezone.now() + timedelta(hours=1),
    )
    with pytest.raises(BannedError, match="도배"):
        submit(guest(article, reader=reader))
    Ban.objects.filter(pk=ban.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert submit(guest(article, reader=reader)).status == Status.VISIBLE


def test_a_banned_account_writes_nothing(article):
    alice = make_user()
    Ban.objects.create(account=alice, reason="도배")
    with pytest.raises(BannedError):
        submit(by_account(article, alice, body="저도요."))


def test_the_address_is_kept_as_hash_and_outer_part_alone(article):
    comment = submit(guest(article, reader=make_reader(network="203.0.113.77")))
    assert comment.network_prefix == "203.0.113.0/24"
    assert len(comment.network_hash) == 32
    assert "203.0.113.77" not in str(Comment.objects.values().get())


def test_a_comment_that_is_seen_is_to_be_announced_and_one_that_waits_is_not(article, settings):
    seen = submit(guest(article))
    settings.COMMENT_MODERATION = "pre"
    submit(guest(article, body="기다리는 글"))
    assert list(Announcement.objects.values_list("comment", flat=True)) == [seen.pk]


def test_an_edit_is_marked(article):
    comment = edited(make_comment(article), "고친 글")
    assert comment.body == "고친 글"
    assert comment.edited_at is not None


def test_an_edit_that_changes_nothing_is_not_marked(article):
    assert edited(make_comment(article, "그대로"), "그대로").edited_at is None


def test_an_edit_is_judged_like_a_new_comment(article, settings):
    comment = make_comment(article)
    settings.COMMENT_MODERATION = "pre"
    after = edited(comment, "승인받지 않은 글")
    article.refresh_from_db()
    assert (after.status, article.comment_count) == (Status.HELD, 0)


def test_what_was_hidden_meanwhile_cannot_be_edited(article):
    comment = make_comment(article)
    Comment.objects.filter(pk=comment.pk).update(status=Status.HIDDEN)
    with pytest.raises(RefusedError):
        edited(comment, "고친 글")


def test_an_edit_ends_the_immunity_from_reports(article):
    comment = make_comment(article, reports_cleared_at=timezone.now())
    assert edited(comment, "고친 글").reports_cleared_at is None


def test_an_edit_keeps_the_votes_that_came_meanwhile(article):
    comment = make_comment(article)
    Comment.objects.filter(pk=comment.pk).update(likes=3, net_likes=3)
    edited(comment, "고친 글")
    comment.refresh_from_db()
    assert comment.likes == 3


def test_what_waits_for_a_moderator_still_waits_after_an_edit(article):
    assert edited(make_comment(article, status=Status.HELD), "고친 글").status == Status.HELD


def test_an_edit_takes_the_pin_away(article):
    assert (
        edited(make_comment(article, recommended_at=timezone.now()), "고친 글").recommended_at
        is None
    )
