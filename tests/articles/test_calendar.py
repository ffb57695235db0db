"""The calendar: what appears on which Korean day, and moving what has not appeared yet."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article, Deed, DeskEvent
from articles.schedule import month_of
from tests.articles.desk import make_editor, make_staff, signed_in
from tests.builders import KST, make_article, make_draft

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]

CALENDAR = "/admin/articles/article/calendar/"
MORNING = datetime(2998, 11, 27, 9, 0, tzinfo=KST)


@pytest.fixture
def desk() -> Client:
    return signed_in(make_editor())


def move(desk: Client, article: Article, day: str, time: str = "09:00") -> Any:
    url = f"/admin/articles/article/{article.pk}/reschedule/"
    response = desk.post(url, {"date": day, "time": time})
    article.refresh_from_db()
    return response


def test_a_month_is_whole_weeks_from_sunday_on() -> None:
    month = month_of(Article.objects.all(), date(2026, 11, 25))
    assert [len(week) for week in month.weeks] == [7] * len(month.weeks)
    assert (month.weeks[0][0].date, month.weeks[-1][-1].date) == (
        date(2026, 11, 1),
        date(2026, 12, 5),
    )
    assert sum(day.is_in_month for week in month.weeks for day in week) == 30


def test_an_article_stands_on_its_korean_day() -> None:
    late = datetime(2026, 11, 27, 0, 30, tzinfo=KST)
    article = make_article(published_at=late)
    make_draft()
    month = month_of(Article.objects.all(), date(2026, 11, 1))
    found = {day.date: day.articles for week in month.weeks for day in week if day.articles}
    assert found == {date(2026, 11, 27): [article]}


def test_the_page_shows_a_form_for_what_can_still_be_moved(desk: Client) -> None:
    make_article("올 글", published_at=MORNING)
    page = desk.get(CALENDAR, {"month": "2998-11"}).text
    assert "올 글" in page
    assert 'draggable="true"' in page
    make_article("나온 글", published_at=datetime(2020, 2, 3, tzinfo=KST))
    assert 'draggable="true"' not in desk.get(CALENDAR, {"month": "2020-02"}).text


@pytest.mark.parametrize("month", ["", "어제", "2026-13", "0001-01", "9999-12", "2026-11-25"])
def test_a_month_that_is_none_shows_this_one(desk: Client, month: str) -> None:
    assert desk.get(CALENDAR, {"month": month}).context["month"].first == (
        timezone.localdate().replace(day=1)
    )


def test_a_scheduled_article_moves_and_the_log_says_so(desk: Client) -> None:
    article = make_article(published_at=MORNING)
    response = move(desk, article, "2998-12-03", "08:30")
    assert response.url == f"{CALENDAR}?month=2998-12"
    assert article.published_at == datetime(2998, 12, 3, 8, 30, tzinfo=KST)
    assert DeskEvent.objects.get().deed == Deed.RESCHEDULE


@pytest.mark.parametrize(
    ("day", "time"),
    [("2020-01-01", "09:00"), ("내일", "09:00"), ("2998-12-03", "25:00"), ("9999-12-31", "23:59")],
)
def test_a_time_that_cannot_be_is_refused(desk: Client, day: str, time: str) -> None:
    article = make_article(published_at=MORNING)
    assert move(desk, article, day, time).status_code == 422
    assert article.published_at == MORNING


def test_nothing_moves_behind_its_end(desk: Client) -> None:
    article = make_article(published_at=MORNING, expires_at=MORNING + timedelta(days=1))
    assert move(desk, article, "2998-11-30").status_code == 422


def test_what_has_appeared_meanwhile_is_not_taken_back(desk: Client) -> None:
    article = make_article()
    assert move(desk, article, "2998-12-03").status_code == 409
    assert article.is_public()


def test_only_who_may_publish_moves(desk: Client) -> None:
    article = make_article(published_at=MORNING)
    writer = signed_in(make_staff("view_article", "change_article", "change_any_article"))
    page = writer.get(CALENDAR, {"month": "2998-11"}).text
    assert 'draggable="true"' not in page
    assert "옮기기" not in page
    assert move(writer, article, "2998-12-03").status_code == 403
    assert article.published_at == MORNING


def test_the_menu_marks_the_calendar_alone(desk: Client) -> None:
    groups = desk.get(CALENDAR).context["sidebar_navigation"]
    marked = [item["title"] for group in groups for item in group["items"] if item["active"]]
    assert marked == ["발행 달력"]


def test_a_get_moves_nothing(desk: Client) -> None:
    article = make_article(published_at=MORNING)
    assert desk.get(f"/admin/articles/article/{article.pk}/reschedule/").status_code == 405
