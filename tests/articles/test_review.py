"""The way between writer and editor: each step in its place, by whom it belongs to, and logged."""

from typing import Any

import pytest
from django.test import Client

from accounts.roles import Role
from articles import review
from articles.editing import Actor
from articles.models import Article, Deed, DeskEvent, Status
from tests.articles.desk import ADD, LIST, change_url, form_of, room_url, signed_in
from tests.builders import make_article, make_draft, make_user
from tests.roles import make_member

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]


@pytest.fixture
def writer():
    return make_member(Role.WRITER, display_name="앨리스")


@pytest.fixture
def editor():
    return make_member(Role.EDITOR, display_name="밥")


def own_draft(writer, **fields: Any) -> Article:
    return make_draft(owner=writer, **fields)


def press(desk: Client, article: Article, button: str, **changes: Any) -> Any:
    response = desk.post(change_url(article), form_of(article, **{button: ""}, **changes))
    article.refresh_from_db()
    return response


def deeds() -> list[str]:
    return list(DeskEvent.objects.order_by("pk").values_list("deed", flat=True))


def test_an_article_goes_from_writer_to_editor_and_back_and_is_approved(writer, editor):
    article = own_draft(writer)
    alice, bob = signed_in(writer), signed_in(editor)
    response = press(alice, article, "_submit", body="고친 글", review_note="급합니다.")
    assert (response.status_code, response.url) == (303, change_url(article))
    assert (article.status, article.body) == (Status.IN_REVIEW, "고친 글")
    assert "급합니다." in bob.get(change_url(article)).content.decode()
    press(bob, article, "_return", review_note="둘째 문단의 출처를 적어 주세요.")
    assert article.status == Status.DRAFT
    for page in (change_url(article), "/admin/"):
        assert "둘째 문단의 출처를 적어 주세요." in alice.get(page).content.decode()
    press(alice, article, "_submit")
    press(bob, article, "_approve")
    assert article.status == Status.APPROVED
    assert deeds() == [Deed.SAVE, Deed.SUBMIT, Deed.RETURN, Deed.SUBMIT, Deed.APPROVE]
    assert DeskEvent.objects.get(deed=Deed.RETURN).actor_name == "밥"


def test_a_writer_takes_the_request_back(writer):
    article = own_draft(writer, title="내 글")
    Article.objects.update(status=Status.IN_REVIEW)
    press(signed_in(writer), article, "_recall")
    assert article.status == Status.DRAFT


def test_a_new_article_can_be_submitted_at_once(writer):
    signed_in(writer).post(ADD, form_of(title="새 글", _submit=""))
    assert Article.objects.get().status == Status.IN_REVIEW


def test_sending_back_asks_for_a_word_and_keeps_the_text(writer, editor):
    article = own_draft(writer)
    Article.objects.update(status=Status.IN_REVIEW)
    response = press(signed_in(editor), article, "_return", body="편집자가 고친 글")
    assert response.status_code == 422
    page = response.content.decode()
    assert "돌려보내는 까닭" in page
    assert "편집자가 고친 글" in page
    assert article.status == Status.IN_REVIEW
    assert deeds() == []


def test_a_step_that_does_not_fit_any_more_is_a_conflict_and_saves_nothing(editor):
    article = make_draft()
    response = press(signed_in(editor), article, "_approve", title="바뀐 제목")
    assert response.status_code == 409
    assert "할 수 없습니다" in response.content.decode()
    assert "바뀐 제목" in response.content.decode()
    assert (article.status, article.title) == (Status.DRAFT, "아직 쓰는 글")


def test_an_approved_article_stays_approved_when_an_editor_changes_it(writer, editor):
    article = own_draft(writer)
    Article.objects.update(status=Status.APPROVED)
    press(signed_in(editor), article, "_save", body="조금 고친 글")
    assert (article.status, article.body) == (Status.APPROVED, "조금 고친 글")
    assert press(signed_in(writer), article, "_save", body="더").status_code == 403
    assert article.body == "조금 고친 글"


REVIEW = (Deed.SUBMIT, Deed.RECALL, Deed.RETURN, Deed.APPROVE, Deed.REVIVE)


@pytest.mark.parametrize("deed", REVIEW)
def test_a_step_leads_from_where_the_table_says_and_from_nowhere_else(deed):
    step = review.STEPS[deed]
    for status in Status:
        article = make_article(status=status)
        if status in step.before:
            assert review.take(article, deed, Actor("밥"), "까닭").status == step.after
            continue
        with pytest.raises(review.MisfitError):
            review.take(article, deed, Actor("밥"), "까닭")
        assert Article.objects.get(pk=article.pk).status == status
    assert deeds() == [deed] * len(step.before)


@pytest.mark.parametrize("button", ["_approve", "_return", "_publish", "_revive"])
def test_a_writer_cannot_press_what_only_editors_have(writer, button):
    article = own_draft(writer)
    Article.objects.update(status=Status.IN_REVIEW)
    response = press(signed_in(writer), article, button, title="내 마음대로", review_note="왜")
    assert response.status_code == 403
    assert (article.status, article.title) == (Status.IN_REVIEW, "아직 쓰는 글")
    assert deeds() == [Deed.REFUSED]


@pytest.mark.promise("P4")
@pytest.mark.parametrize(
    "smuggled",
    [
        {"status": "published"},
        {"published_at_0": "2020-01-01", "published_at_1": "09:00"},
        {"expires_at": "2020-01-01"},
        {"pending": "1"},
        {"owner": "1"},
        {"withdrawn_as": "gone"},
        {"is_staff": "on", "is_superuser": "on"},
    ],
)
def test_fields_that_the_form_has_not_change_nothing_and_are_noted(writer, smuggled):
    article = own_draft(writer)
    before = Article.objects.filter(pk=article.pk).values().get()
    form = form_of(article, title="몰래 고친 글") | smuggled
    assert signed_in(writer).post(change_url(article), form).status_code == 403
    assert Article.objects.filter(pk=article.pk).values().get() == before
    writer.refresh_from_db()
    assert not writer.is_superuser
    event = DeskEvent.objects.get()
    assert (event.deed, event.actor_ref) == (Deed.REFUSED, writer.pk)
    assert event.detail == {"fields": sorted(smuggled)}


@pytest.mark.promise("P4")
def test_the_article_of_another_is_neither_changed_nor_is_the_attempt_forgotten(writer):
    article = make_draft("남의 글", owner=make_user("carol@pildam.example", display_name="캐럴"))
    response = signed_in(writer).post(change_url(article), form_of(article, title="빼앗은 글"))
    assert response.status_code == 403
    article.refresh_from_db()
    assert article.title == "남의 글"
    assert deeds() == [Deed.REFUSED]


@pytest.mark.parametrize("action", ["publish_selected", "withdraw_selected", "delete_selected"])
def test_a_writer_has_no_bulk_action_of_the_editors(writer, action):
    article = own_draft(writer)
    form = {"action": action, "_selected_action": [article.pk], "post": "yes", "confirmed": "1"}
    assert signed_in(writer).post(LIST, form | {"reason": "왜"}).status_code == 403
    assert Article.objects.get().status == Status.DRAFT
    assert deeds() == [Deed.REFUSED]


@pytest.mark.parametrize("room", ["publish", "withdraw"])
def test_the_rooms_of_editors_are_closed_to_writers(writer, room):
    article = own_draft(writer)
    desk = signed_in(writer)
    assert desk.get(room_url(article, room)).status_code == 403
    assert deeds() == []
    form = {"when": "now", "reason": "왜", "withdrawn_as": "gone"}
    assert desk.post(room_url(article, room), form).status_code == 403
    assert deeds() == [Deed.REFUSED]


def test_everybody_is_shown_the_buttons_that_fit(writer, editor):
    article = own_draft(writer)
    alice, bob = signed_in(writer), signed_in(editor)
    assert buttons_of(alice, article) == ["_submit"]
    assert buttons_of(bob, article) == ["_submit", "_publish"]
    Article.objects.update(status=Status.IN_REVIEW)
    assert buttons_of(alice, article) == ["_recall"]
    assert buttons_of(bob, article) == ["_return", "_approve", "_publish"]
    Article.objects.update(status=Status.APPROVED)
    assert buttons_of(alice, article) == []
    assert buttons_of(bob, article) == ["_return", "_publish"]
    Article.objects.update(status=Status.WITHDRAWN)
    assert buttons_of(bob, article) == ["_revive", "_publish"]


def buttons_of(desk: Client, article: Article) -> list[str]:
    return [button.name for button in desk.get(change_url(article)).context["buttons"]]


def test_the_log_is_read_by_editors_and_changed_by_nobody(writer, editor):
    review.take(make_draft("적힌 글"), Deed.SUBMIT, Actor("밥"), "부탁합니다.")
    log, bob = "/admin/articles/deskevent/", signed_in(editor)
    listed = bob.get(log, {"q": "적힌", "deed__exact": "submit"}).content.decode()
    assert "부탁합니다." in listed
    one = f"{log}{DeskEvent.objects.get().pk}/"
    assert bob.get(f"{one}change/").status_code == 200
    for address in (f"{log}add/", f"{one}delete/", f"{one}change/"):
        assert bob.post(address, {"note": "바꾼 말", "post": "yes"}).status_code == 403
    assert signed_in(writer).get(log).status_code == 403
