"""The moderators' queue under a keyboard, and under the desk's content policy."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from comments.models import Comment, Status
from tests.articles.desk import make_editor, signed_in
from tests.browser.windows import Windows
from tests.builders import make_article
from tests.comments.admin.desk import queue_url
from tests.comments.builders import make_comments

pytestmark = [pytest.mark.any_engine, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def comments() -> list[Comment]:
    return make_comments(make_article(), 3, status=Status.HELD)


@pytest.fixture
def page(windows: Windows, live_server: Any, comments: list[Comment]) -> Iterator[Page]:
    client = signed_in(make_editor())
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    host = str(urlsplit(live_server.url).hostname)
    complaints: list[str] = []
    with windows.lend(live_server.url) as page:
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": value, "domain": host, "path": "/"}]
        )
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.goto(queue_url("held"))
        yield page
        assert complaints == []


def statuses() -> list[str]:
    return list(Comment.objects.order_by("pk").values_list("status", flat=True))


def test_j_and_k_walk_through_the_cards(page: Page, comments: list[Comment]) -> None:
    for key in ("j", "j", "k"):
        page.keyboard.press(key)
    expect(page.locator(f"#card-{comments[0].pk}")).to_be_focused()
    for _ in range(5):
        page.keyboard.press("j")
    expect(page.locator(f"#card-{comments[2].pk}")).to_be_focused()


def test_a_key_decides_and_the_next_card_takes_the_place(
    page: Page, comments: list[Comment]
) -> None:
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("h")
    page.get_by_text("댓글 1개를 가렸습니다.").wait_for()
    assert statuses() == ["held", "hidden", "held"]
    expect(page.locator(f"#card-{comments[2].pk}")).to_be_focused()


def test_u_takes_the_decision_back(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("s")
    page.get_by_text("댓글 1개를 스팸으로 옮겼습니다.").wait_for()
    page.keyboard.press("u")
    page.get_by_text("댓글 1개를 되돌렸습니다.").wait_for()
    assert statuses() == ["held", "held", "held"]


def test_keys_are_known_by_their_place_on_a_korean_keyboard(
    page: Page, comments: list[Comment]
) -> None:
    page.evaluate(
        "document.dispatchEvent(new KeyboardEvent('keydown',"
        " { key: 'ㅓ', code: 'KeyJ', bubbles: true }))"
    )
    expect(page.locator(f"#card-{comments[0].pk}")).to_be_focused()


def test_nothing_is_heard_while_somebody_types_or_composes(page: Page) -> None:
    page.keyboard.press("j")
    page.evaluate(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown',"
        " { key: 'ㅁ', code: 'KeyA', bubbles: true, isComposing: true }))"
    )
    page.locator("input[name=reason]").click()
    page.keyboard.type("jhasdx?")
    page.keyboard.press("Enter")
    page.locator("[data-keys]:not([open])").wait_for()
    assert statuses() == ["held", "held", "held"]
    assert page.locator("input[name=reason]").input_value() == "jhasdx?"


def test_shortcuts_of_the_browser_stay_its_own(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("Control+a")
    page.keyboard.press("Alt+h")
    assert statuses() == ["held", "held", "held"]


def test_chosen_cards_are_decided_together(page: Page) -> None:
    for key in ("j", "x", "j", "x"):
        page.keyboard.press(key)
    page.get_by_text("2개 고름").wait_for()
    page.locator("button[name=many][value=approve]").click()
    page.get_by_text("댓글 2개를 공개했습니다.").wait_for()
    assert statuses() == ["visible", "visible", "held"]


def test_all_of_the_page_can_be_chosen(page: Page) -> None:
    page.get_by_label("이 쪽의 댓글 모두").check()
    page.get_by_text("3개 고름").wait_for()
    expect(page.locator("input[name=chosen]:checked")).to_have_count(3)


def test_the_question_mark_opens_and_closes_the_help(page: Page) -> None:
    page.keyboard.press("Shift+Slash")
    expect(page.locator("[data-keys]")).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(page.locator("[data-keys]")).not_to_have_attribute("open", "")


def test_nothing_is_wider_than_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
