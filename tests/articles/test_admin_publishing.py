"""The publish page: nothing is published by accident, past the gate, twice, or by halves."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles import publishing
from articles.content import content_of
from articles.editing import Actor, save
from articles.models import Article, Deed, DeskEvent, Redirect, RevisionKind, Status
from tests.articles.desk import (
    ADD,
    LIST,
    change_url,
    form_of,
    make_editor,
    make_ready_draft,
    make_staff,
    messages_of,
    publish_form,
    room_url,
    signed_in,
    when,
)
from tests.builders import (
    FAR_FUTURE,
    PUBLISHED_AT,
    make_article,
    make_author,
    make_draft,
    make_series,
)

pytestmark = pytest.mark.django_db
BOB = Actor("밥")


@pytest.fixture
def desk() -> Client:
    return signed_in(make_editor())


def make_live(title: str = "실린 글", **fields: Any) -> Article:
    """Return an article that readers see and with which the gate is content."""
    return make_ready_draft(
        title, **({"status": Status.PUBLISHED, "published_at": PUBLISHED_AT} | fields)
    )


def publish(desk: Client, article: Article, moment: str = "now", **changes: Any) -> Any:
    response = desk.post(
        room_url(article, "publish"), publish_form(article, moment, **changes), follow=True
    )
    article.refresh_from_db()
    return response


def change(article: Article, **parts: Any) -> None:
    """Save at the desk, so that it waits while readers see the article."""
    stored = Article.objects.get(pk=article.pk)
    save(stored, content_of(stored) | parts, BOB)


def deeds() -> list[str]:
    return list(DeskEvent.objects.order_by("pk").values_list("deed", flat=True))


# Now, and what is in the way


@pytest.mark.any_engine
def test_the_button_saves_the_form_and_leads_to_the_page(desk):
    article = make_ready_draft()
    response = desk.post(change_url(article), form_of(article, body="다 쓴 글", _publish=""))
    assert (response.status_code, response.url) == (303, room_url(article, "publish"))
    article.refresh_from_db()
    assert (article.body, article.status) == ("다 쓴 글", Status.DRAFT)


def test_the_page_publishes_and_says_where(desk):
    article = make_ready_draft()
    response = publish(desk, article)
    assert response.redirect_chain == [(change_url(article), 303)]
    [told] = messages_of(response)
    assert f'href="{article.get_absolute_url()}"' in told
    assert article.is_public()
    assert article.revisions.get().kind == RevisionKind.PUBLISHED
    assert deeds() == [Deed.PUBLISH]
    assert not article.was_revised


@pytest.mark.any_engine
def test_the_gate_names_every_problem_with_its_spot_and_publishes_nothing(desk):
    article = make_draft(body="## 하나\n\n![](/media/images/a.webp)")
    response = publish(desk, article)
    assert response.status_code == 422
    page = response.content.decode()
    assert f'href="{change_url(article)}?line=3#id_body"' in page
    assert f'href="{change_url(article)}#id_summary_1"' in page
    assert article.status == Status.DRAFT
    assert deeds() == []


@pytest.mark.any_engine
def test_an_editor_answers_for_what_the_gate_has_found(desk):
    article = make_draft()
    refused = publish(desk, article, reason="왜")
    assert refused.status_code == 422
    assert "아직 발행하지 않았습니다" in refused.content.decode()
    publish(desk, article, reason="속보라서 나중에 채웁니다.")
    assert article.is_public()
    event = DeskEvent.objects.get(deed=Deed.OVERRIDE)
    assert event.note == "속보라서 나중에 채웁니다."
    assert event.detail == {"problems": ["no_author", "no_category", "no_summary"]}


@pytest.mark.any_engine
def test_no_reason_publishes_an_empty_article(desk):
    article = make_draft(body="")
    assert publish(desk, article, reason="그래도 꼭 내야 합니다.").status_code == 422
    assert article.status == Status.DRAFT


def test_two_clicks_publish_once(desk):
    article = make_ready_draft()
    form = publish_form(article)
    desk.post(room_url(article, "publish"), form)
    again = desk.post(room_url(article, "publish"), form, follow=True)
    assert messages_of(again)[-1] == publishing.ALREADY
    assert article.revisions.count() == 1
    assert deeds() == [Deed.PUBLISH]


def test_what_somebody_has_changed_meanwhile_is_shown_before_it_is_published(desk):
    article = make_ready_draft()
    form = publish_form(article)
    change(article, title="다른 제목")
    response = desk.post(room_url(article, "publish"), form)
    assert response.status_code == 409
    assert "다른 제목" in response.content.decode()
    assert not Article.objects.published().exists()


# When


def test_a_time_to_come_schedules_in_korean_time_and_an_end_is_kept(desk):
    article = make_ready_draft()
    end = FAR_FUTURE + timedelta(days=1)
    [told] = messages_of(
        publish(desk, article, "at", **when("at", FAR_FUTURE), **when("until", end))
    )
    assert told == "예약했습니다. 2999.01.01 09:00에 공개됩니다: 다 쓴 글"
    assert (article.published_at, article.expires_at) == (FAR_FUTURE, end)
    assert not article.is_public()
    assert Article.objects.published(FAR_FUTURE).exists()
    assert deeds() == [Deed.SCHEDULE]


def test_an_article_may_be_dated_back(desk):
    article = make_ready_draft()
    publish(desk, article, "at", **when("at", PUBLISHED_AT))
    assert article.published_at == PUBLISHED_AT
    assert not article.was_revised


@pytest.mark.any_engine
@pytest.mark.parametrize(
    "times",
    [
        {"at_0": "", "at_1": ""},
        {"at_0": "2999-01-01", "at_1": ""},
        {"at_0": "1899-12-31", "at_1": "09:00"},
        {"at_0": "9999-12-31", "at_1": "23:59"},
        {"at_0": "2999-02-30", "at_1": "09:00"},
        {"at_0": "2998-01-01", "at_1": "09:00", "until_0": "2998-01-01", "until_1": "09:00"},
        {"at_0": "2020-01-01", "at_1": "09:00", "until_0": "2021-01-01", "until_1": "09:00"},
    ],
)
def test_times_that_cannot_be_are_refused(desk, times):
    article = make_ready_draft()
    assert publish(desk, article, "at", **times).status_code == 422
    assert article.status == Status.DRAFT


@pytest.mark.any_engine
def test_a_time_written_beside_another_choice_publishes_nothing_by_accident(desk):
    article = make_ready_draft()
    assert publish(desk, article, "now", at_0="2998-01-01", at_1="09:00").status_code == 422
    assert article.status == Status.DRAFT


def test_publishing_again_lifts_an_end_that_has_passed(desk):
    article = make_live(expires_at=timezone.now() - timedelta(days=1))
    publish(desk, article, "keep")
    assert article.is_public()
    assert article.published_at == PUBLISHED_AT


# What waits behind a live article


def test_readers_see_a_change_once_it_is_published(desk):
    article = make_live(body="처음 글")
    change(article, body="고친 글", tags=["새 태그"])
    article.refresh_from_db()
    assert "처음 글" in article.body_html
    assert "<strong>본문, 태그</strong>" in desk.get(room_url(article, "publish")).content.decode()
    publish(desk, article, "keep")
    assert "고친 글" in article.body_html
    assert list(article.tags.names()) == ["새 태그"]
    assert article.pending is None
    assert article.published_at == PUBLISHED_AT
    assert article.was_revised


@pytest.mark.any_engine
def test_a_small_fix_and_what_is_no_text_leave_the_date(desk):
    article = make_live()
    change(article, body="고친 글")
    publish(desk, article, "keep", keeps_dates="on")
    assert (article.body, article.was_revised) == ("고친 글", False)
    change(article, tags=["태그"])
    publish(desk, article, "keep")
    assert not article.was_revised


def test_a_new_address_says_so_and_leaves_the_old_one_working(desk):
    article = make_live(slug="옛-주소")
    change(article, slug="새-주소")
    assert not Redirect.objects.exists()
    page = desk.get(room_url(article, "publish")).content.decode()
    assert "<code>/articles/옛-주소/</code>에서 <code>/articles/새-주소/</code>로" in page
    [told] = messages_of(publish(desk, article, "keep"))
    assert "옛 주소 /articles/옛-주소/로 오는 독자는" in told
    assert Redirect.objects.get().old_path == "/articles/옛-주소/"
    assert Deed.ADDRESS in deeds()


def test_an_address_or_episode_taken_meanwhile_is_named_and_nothing_is_lost(desk):
    article, series = make_live(), make_series()
    change(article, slug="새-주소", series=series.pk, episode=1)
    other = make_article("먼저 온 글", slug="새-주소")
    response = publish(desk, article, "keep")
    assert response.status_code == 422
    assert "주소 ‘새-주소’" in response.content.decode()
    Article.objects.filter(pk=other.pk).update(slug="다른-주소", series=series, episode=1)
    response = publish(desk, article, "keep")
    assert response.status_code == 422
    assert "이 연재의 1화" in response.content.decode()
    assert article.pending is not None


def test_a_change_can_be_dropped(desk):
    article = make_live(body="처음 글")
    change(article, body="고친 글")
    desk.post(room_url(article, "publish"), publish_form(article, drop="1"))
    article.refresh_from_db()
    assert article.pending is None
    assert article.revisions.count() == 2
    assert deeds()[-1] == Deed.DROP


def test_what_a_colleague_has_saved_meanwhile_is_not_dropped_unseen(desk):
    article = make_live(body="처음 글")
    change(article, body="고친 글")
    form = publish_form(article, drop="1")
    change(article, body="동료가 또 고친 글")
    assert desk.post(room_url(article, "publish"), form).status_code == 409
    article.refresh_from_db()
    assert article.pending.content["body"] == "동료가 또 고친 글"


# By nobody else, and by no other way


@pytest.mark.any_engine
def test_a_get_never_publishes(desk):
    article = make_ready_draft()
    desk.get(change_url(article), {"_publish": ""})
    desk.get(room_url(article, "publish"), publish_form(article))
    article.refresh_from_db()
    assert article.status == Status.DRAFT


@pytest.mark.any_engine
def test_a_viewer_cannot_publish_by_a_crafted_post():
    article = make_ready_draft()
    bob = signed_in(make_staff("view_article", "change_any_article"))
    assert publish(bob, article).status_code == 403
    assert bob.post(change_url(article), form_of(article, _publish="")).status_code == 403
    article.refresh_from_db()
    assert article.status == Status.DRAFT


@pytest.mark.any_engine
def test_publishing_asks_for_the_csrf_token():
    article = make_ready_draft()
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(make_editor())
    form = publish_form(article)
    assert careful.post(room_url(article, "publish"), form).status_code == 403
    assert careful.post(change_url(article), form_of(article, _publish="")).status_code == 403


@pytest.mark.any_engine
def test_a_form_with_an_error_leads_nowhere(desk):
    article = make_ready_draft()
    response = desk.post(change_url(article), form_of(article, title="", _publish=""))
    assert response.status_code == 422


@pytest.mark.any_engine
def test_the_link_to_the_site_is_there_once_readers_see_the_article(desk):
    draft, live = make_draft(), make_article()
    assert "사이트에서 보기" not in desk.get(change_url(draft)).content.decode()
    assert f'href="{live.get_absolute_url()}"' in desk.get(change_url(live)).content.decode()


@pytest.fixture
def writer():
    return make_staff(
        "view_article", "add_article", "change_article", email="writer@pildam.example"
    )


@pytest.mark.any_engine
def test_a_writer_sees_and_changes_drafts_of_their_own_alone(writer):
    desk = signed_in(writer)
    own, named = make_draft("내 글", owner=writer), make_draft("내 이름의 글")
    others = make_draft("남의 글")
    named.set_authors([make_author("캐럴", user=writer)])
    listed = desk.get(LIST).content.decode()
    assert "내 글" in listed
    assert "내 이름의 글" in listed
    assert "남의 글" not in listed
    assert desk.get(change_url(own)).status_code == 200
    assert desk.get(change_url(others)).status_code == 302


def test_what_a_writer_begins_is_theirs(writer):
    signed_in(writer).post(ADD, form_of(title="처음 쓰는 글"))
    assert Article.objects.get().owner == writer


@pytest.mark.any_engine
def test_a_writer_reads_what_is_published_of_their_own_and_no_longer_changes_it(writer):
    article = make_article("실린 글", owner=writer)
    desk = signed_in(writer)
    assert desk.get(change_url(article)).status_code == 200
    assert desk.post(change_url(article), form_of(article, title="바뀐 글")).status_code == 403
    article.refresh_from_db()
    assert article.title == "실린 글"
