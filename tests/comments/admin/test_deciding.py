import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article
from comments.decisions import decide
from comments.models import Comment, ModerationEvent, Status
from comments.transitions import Actor
from tests.articles.desk import make_editor, messages_of, signed_in
from tests.builders import make_article
from tests.comments.admin.desk import (
    change_url,
    decide_url,
    moderators_desk,
    press,
    press_for_many,
    queue_url,
    report_by,
    seen,
)
from tests.comments.builders import make_comment, make_comments, make_many

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make_article()


@pytest.fixture
def desk():
    return moderators_desk()


def now(comment):
    return Comment.objects.get(pk=comment.pk)


@pytest.mark.parametrize(
    ("decision", "status"),
    [
        ("approve", Status.VISIBLE),
        ("hide", Status.HIDDEN),
        ("spam", Status.SPAM),
        ("trash", Status.TRASHED),
    ],
)
def test_a_button_decides_about_its_comment(desk, article, decision, status):
    comment, other = make_comments(article, 2, status=Status.HELD)
    response = press(desk, decision, comment, reason="살펴봄")
    assert response.redirect_chain[0][0].startswith(queue_url("held"))
    assert (now(comment).status, now(other).status) == (status, Status.HELD)
    event = ModerationEvent.objects.get()
    assert (event.actor_name, event.reason, event.before) == ("밥", "살펴봄", "held")


def test_a_decision_about_many_offers_to_take_it_back(desk, article):
    comments = make_comments(article, 3)
    page = press_for_many(desk, "hide", *comments, queue="recent")
    assert "댓글 3개를 가렸습니다." in page.content.decode()
    batch = page.context["undoable"]["batch"]
    desk.post("/admin/comments/comment/undo/", {"batch": batch, "back": queue_url("recent")})
    assert Article.objects.get().comment_count == 3


def test_an_undo_that_comes_too_late_says_who_was_first(desk, article):
    comment = make_comment(article)
    batch = press(desk, "hide", comment, queue="recent").context["undoable"]["batch"]
    version = dict(item.split(":") for item in seen(comment))[str(comment.pk)]
    decide({comment.pk: version}, Status.SPAM, actor=Actor("캐럴"))
    response = desk.post("/admin/comments/comment/undo/", {"batch": batch})
    assert response.status_code == 409
    assert "캐럴: 스팸으로" in response.content.decode()


@pytest.mark.any_engine
@pytest.mark.parametrize("batch", ["", "x", "a\0b", "0123456789abcdef"])
def test_nothing_to_undo_is_said(desk, batch):
    response = desk.post("/admin/comments/comment/undo/", {"batch": batch}, follow=True)
    assert messages_of(response) == ["되돌릴 것이 없습니다."]


def test_a_comment_decided_by_a_colleague_is_409_with_both_decisions(desk, article):
    comment = make_comment(article, "다툼의 글", status=Status.HELD)
    screen = seen(comment)
    press(signed_in(make_editor()), "spam", comment)
    response = press(desk, "approve", comment, seen=screen)
    html = response.content.decode()
    assert response.status_code == 409
    for text in ("편집자: 스팸으로", "다툼의 글", "그래도 공개"):
        assert text in html
    assert now(comment).status == Status.SPAM


def test_conflicts_among_many_are_named_and_the_rest_is_done(desk, article):
    one, other = make_comments(article, 2, status=Status.HELD)
    screen = seen(one, other)
    press(signed_in(make_editor()), "spam", one)
    response = press_for_many(desk, "approve", one, other, seen=screen)
    assert response.status_code == 200
    [warning] = messages_of(response)
    assert "그대로 둔 댓글이 1개" in warning
    assert "편집자: 스팸으로" in warning
    assert now(other).status == Status.VISIBLE


def test_everything_that_matches_can_be_decided_at_once(desk, article):
    make_comments(article, 60, status=Status.SPAM, name="광고")
    kept = make_comment(article, status=Status.SPAM, name="나그네")
    as_of = desk.get(queue_url("spam")).context["as_of"]
    press_for_many(desk, "trash", queue="spam", everything="1", q="광고", as_of=as_of)
    assert Comment.objects.filter(status=Status.TRASHED).count() == 60
    assert now(kept).status == Status.SPAM


def test_what_came_after_the_page_was_shown_is_not_among_everything(desk, article):
    as_of = desk.get(queue_url("held")).context["as_of"]
    late = make_comment(article, status=Status.HELD, created_at=timezone.now())
    press_for_many(desk, "approve", queue="held", everything="1", as_of=as_of)
    assert now(late).status == Status.HELD


def test_no_more_than_five_hundred_are_decided_at_once(desk, article):
    make_many(article, 501, status=Status.SPAM)
    as_of = desk.get(queue_url("spam")).context["as_of"]
    page = press_for_many(desk, "trash", queue="spam", everything="1", as_of=as_of)
    assert "댓글 500개를 휴지통으로 옮겼습니다." in page.content.decode()
    assert Comment.objects.filter(status=Status.SPAM).count() == 1


@pytest.mark.any_engine
@pytest.mark.parametrize(
    "form",
    [
        {},
        {"many": "hide"},
        {"many": "delete", "chosen": "1", "seen": "1:held.0"},
        {"one": "hide"},
        {"one": "hide:x"},
        {"one": "hide:1"},
        {"many": "hide", "chosen": "9" * 30, "seen": "9" * 30 + ":held.0"},
        {"many": "hide", "everything": "1", "as_of": "x"},
        {"many": "hide", "everything": "1", "as_of": "9" * 18, "q": "\0"},
        {"many": "hide", "chosen": "1", "seen": "1:held.0", "reason": "가" * 501},
    ],
)
def test_a_form_that_decides_nothing_changes_nothing(desk, article, form):
    comment = make_comment(article, created_at=timezone.now())
    response = desk.post(decide_url("held"), form, follow=True)
    assert response.status_code == 200
    assert len(messages_of(response)) == 1
    assert now(comment).is_visible


@pytest.mark.any_engine
@pytest.mark.parametrize(
    "back", ["https://evil.example/admin/", "//evil.example", "/", "/admin\\@x"]
)
def test_nobody_is_sent_away_from_the_desk(desk, article, back):
    response = press(desk, "hide", make_comment(article), back=back)
    assert response.redirect_chain[0][0].startswith("/admin/comments/")


def test_reports_are_cleared_and_the_comment_stands(desk, article):
    comment = make_comment(article)
    report_by(comment, "abuse", "spam")
    press(desk, "clear", comment, queue="reported", reason="괜찮은 글")
    found = now(comment)
    assert (found.status, found.report_count) == (Status.VISIBLE, 0)
    assert found.reports_cleared_at is not None
    assert ModerationEvent.objects.get().reason == "괜찮은 글"


def test_a_recommendation_is_given_and_taken_away(desk, article):
    comment = make_comment(article)
    press(desk, "recommend", comment, queue="recent")
    assert now(comment).is_recommended
    press(desk, "unrecommend", comment, queue="recommended")
    assert not now(comment).is_recommended


def test_more_recommendations_than_there_are_places_are_refused_with_a_reason(desk, article):
    make_comments(article, 5, recommended_at=timezone.now())
    response = press(desk, "recommend", make_comment(article), queue="recent")
    assert any("5개까지" in message for message in messages_of(response))
    assert not any("추천했습니다" in message for message in messages_of(response))


@pytest.mark.any_engine
def test_who_may_only_look_cannot_decide(article):
    comment = make_comment(article)
    desk = moderators_desk("view_comment")
    assert press(desk, "hide", comment).status_code == 403
    assert desk.post("/admin/comments/comment/undo/", {"batch": "x"}).status_code == 403
    assert now(comment).is_visible


@pytest.mark.any_engine
def test_a_decision_needs_the_forms_own_token(article):
    comment = make_comment(article)
    desk = Client(enforce_csrf_checks=True)
    desk.force_login(make_editor())
    assert press(desk, "hide", comment).status_code == 403
    assert now(comment).is_visible


@pytest.mark.any_engine
def test_reading_an_address_decides_nothing(desk, article):
    comment = make_comment(article)
    assert desk.get(decide_url("held"), {"one": f"hide:{comment.pk}"}).status_code == 405
    assert desk.get("/admin/comments/comment/undo/").status_code == 405


@pytest.mark.any_engine
def test_strangers_are_asked_to_sign_in(article):
    response = press(Client(), "hide", make_comment(article))
    assert "/admin/login/" in response.redirect_chain[0][0]


@pytest.mark.any_engine
def test_decisions_from_the_page_of_one_comment_lead_back_to_it(desk, article):
    comment = make_comment(article)
    response = press(desk, "hide", comment, queue="all", back=change_url(comment))
    assert response.redirect_chain[0][0].startswith(change_url(comment))
    assert "댓글 1개를 가렸습니다." in response.content.decode()
