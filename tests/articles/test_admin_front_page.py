"""Arranging the front page: rows in, one edition out, and what it would look like."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import timezone

from articles.models import Banner, FrontBlock, FrontPage, FrontPin
from tests.articles.desk import make_editor, make_staff, messages_of, signed_in
from tests.builders import (
    FAR_FUTURE,
    KST,
    make_article,
    make_articles,
    make_banner,
    make_category,
    make_draft,
    make_image,
)

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]

PAGE = "/admin/articles/frontpage/"
PREVIEW = f"{PAGE}preview/"


@pytest.fixture
def desk() -> Client:
    return signed_in(make_editor())


def form(
    *,
    pins: list[dict[str, Any]] | None = None,
    blocks: list[dict[str, Any]] | None = None,
    banners: list[dict[str, Any]] | None = None,
    **fields: Any,
) -> dict[str, Any]:
    """Return the page's form as a browser sends it, with just these rows."""
    data: dict[str, Any] = {"seen": 0}
    for prefix, rows in (("pins", pins), ("blocks", blocks), ("banners", banners)):
        rows = rows or []
        data |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
        for number, row in enumerate(rows):
            data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data | fields


def banner(**fields: Any) -> dict[str, Any]:
    return {"title": "독자 모임", "slot": "top", **fields}


def test_rows_are_stored_in_the_order_of_their_numbers(desk: Client) -> None:
    first, second, third = make_articles(3)
    technology, culture = make_category("기술"), make_category("문화")
    image = make_image()
    response = desk.post(
        PAGE,
        form(
            pins=[
                {"article": f"{first.title} #{first.pk}", "position": 7},
                {"article": "글 2", "position": ""},
                {"article": f"https://pildam.example{third.get_absolute_url()}?a=1", "position": 1},
                {"article": "", "position": ""},
            ],
            blocks=[
                {"key": f"section-{technology.pk}", "position": 2, "size": 2, "is_shown": "on"},
                {"key": f"section-{culture.pk}", "position": 1, "size": 5},
                {"key": "series", "position": 3, "size": 3, "is_shown": "on"},
                {"key": "section-999", "position": 4, "size": 3, "is_shown": "on"},
            ],
            banners=[banner(image=image.url, target="/archive/", ends_at="2030-01-01T09:00")],
        ),
        follow=True,
    )
    assert messages_of(response) == ["첫 화면을 바꾸었습니다. 독자에게는 1분 안에 보입니다."]
    assert [pin.article for pin in FrontPin.objects.all()] == [third, first, second]
    kept = FrontBlock.objects.values_list("category__name", "size", "is_shown")
    assert list(kept) == [("문화", 5, False), ("기술", 2, True), (None, 3, True)]
    stored = Banner.objects.get()
    assert stored.image == image
    assert stored.ends_at.astimezone(KST).isoformat() == "2030-01-01T09:00:00+09:00"
    assert "첫 화면" in LogEntry.objects.get().get_change_message()


def test_what_the_page_shows_comes_back_as_it_was(desk: Client) -> None:
    pinned = make_article()
    FrontPin.objects.create(article=pinned, until=FAR_FUTURE)
    make_banner(image=make_image())
    make_category()
    shown = desk.get(PAGE).context["form"]
    sent = {"seen": 0}
    for rows in (shown.pins, shown.blocks, shown.banners):
        for part in (rows.management_form, *rows.forms):
            for field in part:
                value = field.field.widget.format_value(field.value())
                if field.value() not in (None, False, ""):
                    sent[field.html_name] = value[0] if isinstance(value, list) else value or "on"
    assert desk.post(PAGE, sent).status_code == 302
    assert FrontPin.objects.get().until == FAR_FUTURE
    assert Banner.objects.get().image is not None
    assert FrontBlock.objects.count() == 3


@pytest.mark.any_engine
@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ({"pins": [{"article": "없는 글"}]}, "그런 글을 찾지 못했습니다."),
        ({"pins": [{"article": "글"}]}, "여러 글이 맞습니다."),
        ({"pins": [{"article": "글 1"}, {"article": "글 1"}]}, "이 글은 위에 이미 있습니다."),
        ({"pins": [{"article": "글 1", "until": "0001-01-01T00:00"}]}, "연도를 다시 확인해"),
        ({"pins": [{"article": "글 1 #999999999999999999"}]}, "그런 글을 찾지 못했습니다."),
        ({"banners": [banner(title="", text="말")]}, "필수"),
        ({"banners": [banner(target="javascript:alert(1)")]}, "/로 시작하는 경로나"),
        ({"banners": [banner(image="/media/none.webp")]}, "그런 그림을 찾지 못했습니다."),
        (
            {"banners": [banner(starts_at="2030-01-02T00:00", ends_at="2030-01-01T00:00")]},
            "끝은 시작보다 뒤여야 합니다.",
        ),
    ],
)
def test_what_is_wrong_is_said_where_it_stands_and_nothing_is_stored(
    desk: Client, rows: dict[str, Any], said: str
) -> None:
    make_articles(2)
    rows.setdefault("banners", []).append(banner(title="그대로 남는 말"))
    response = desk.post(PAGE, form(**rows))
    assert response.status_code == 422
    assert said in response.text
    assert "그대로 남는 말" in response.text
    assert not FrontPin.objects.exists()
    assert not Banner.objects.exists()


def test_a_row_that_is_taken_out_is_gone_whatever_it_says(desk: Client) -> None:
    make_article("글 1")
    rows = [{"article": "글 1"}, {"article": "없는 글", "DELETE": "on"}]
    assert desk.post(PAGE, form(pins=rows)).status_code == 302
    assert FrontPin.objects.count() == 1


def test_who_has_not_seen_the_newest_edition_keeps_the_words_and_may_send_again(
    desk: Client,
) -> None:
    bob = signed_in(make_staff("change_frontpage"))
    assert bob.post(PAGE, form(banners=[banner(title="밥의 배너")])).status_code == 302
    late = desk.post(PAGE, form(banners=[banner(title="늦은 배너")]))
    assert late.status_code == 409
    assert "바꾼 사람은 밥입니다." in late.text
    assert "늦은 배너" in late.text
    assert Banner.objects.get().title == "밥의 배너"
    seen = late.context["seen"]
    assert desk.post(PAGE, form(banners=[banner()], seen=seen)).status_code == 302
    assert FrontPage.current().edition == 2


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 40, "²"])
def test_nonsense_for_an_edition_is_a_conflict(desk: Client, seen: str) -> None:
    assert desk.post(PAGE, form(seen=seen)).status_code == 409


def test_pins_that_readers_do_not_see_are_explained(desk: Client) -> None:
    soon = timezone.now() + timedelta(days=400)
    seen, ended = make_article("보이는 글"), make_article("끝난 글")
    for article in (make_draft(), make_article("올 글", published_at=soon), seen):
        FrontPin.objects.create(article=article)
    FrontPin.objects.create(article=ended, until=timezone.now())
    local = soon.astimezone(KST)
    when = f"{local.year}년 {local.month}월 {local.day}일 {local:%H:%M}에 나타납니다."
    notes = [note for _, note in desk.get(PAGE).context["form"].pin_rows()]
    draft = "아직 초고여서 보이지 않습니다. 발행하면 이 자리에 나타납니다."
    assert notes == [draft, when, "", "앞세울 기간이 끝났습니다.", "", ""]


def test_banners_say_whether_they_run(desk: Client) -> None:
    now = timezone.now()
    make_banner("지금")
    make_banner("나중", starts_at=now + timedelta(days=1))
    make_banner("지난", ends_at=now)
    standings = [said for _, said in desk.get(PAGE).context["form"].banner_rows()]
    assert standings == ["게재 중", "예정", "끝남", ""]


def test_the_preview_shows_the_form_at_a_time_to_come_and_stores_nothing(desk: Client) -> None:
    make_articles(5)
    make_article("내일의 글", published_at=timezone.now() + timedelta(days=1))
    rows = form(
        pins=[{"article": "내일의 글"}, {"article": "글 5"}],
        banners=[banner(starts_at="2998-01-01T09:00")],
    )
    now = desk.post(PREVIEW, rows)
    assert now.context["front"].lead.title == "글 5"
    assert "독자 모임" not in now.text
    later = desk.post(PREVIEW, rows | {"at": "2998-01-01T09:00"})
    assert later.context["front"].lead.title == "내일의 글"
    assert "2998년 1월 1일 09:00의 첫 화면입니다." in later.text
    assert "독자 모임" in later.text
    assert '<meta name="robots" content="noindex">' in later.text
    assert "no-store" in later["Cache-Control"]
    assert not FrontPin.objects.exists()


@pytest.mark.any_engine
@pytest.mark.parametrize("fields", [{"at": "언젠가"}, {"pins": [{"article": "없는 글"}]}, {"x": 1}])
def test_a_preview_of_what_is_wrong_says_so(desk: Client, fields: dict[str, Any]) -> None:
    response = desk.post(PREVIEW, form(**fields) if "x" not in fields else {})
    assert response.status_code == 422
    assert "보여 드리지 못했습니다." in response.text


@pytest.mark.any_engine
@pytest.mark.parametrize("path", [PAGE, PREVIEW])
def test_only_who_may_change_the_front_page_gets_in(path: str) -> None:
    colleague = signed_in(make_staff("view_frontpage", "change_article"))
    assert colleague.post(path, form()).status_code == 403
    assert not FrontPage.objects.exists()
