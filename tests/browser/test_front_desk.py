"""The front page's rows in a real browser: dragged, moved by keys, added, saved and previewed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from articles.models import FrontPin
from tests.articles.desk import make_editor, signed_in
from tests.browser.waiting import eventually
from tests.browser.windows import Windows
from tests.builders import make_articles

pytestmark = [
    pytest.mark.any_engine,
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

PATH = "/admin/articles/frontpage/"


@pytest.fixture
def page(windows: Windows, live_server) -> Iterator[Page]:
    cookies = signed_in(make_editor()).cookies
    with windows.lend(live_server.url, size=(1280, 900)) as page:
        page.context.add_cookies(
            [
                {"name": name, "value": c.value, "url": live_server.url}
                for name, c in cookies.items()
            ]
        )
        yield page


def pinned(page: Page) -> list[str]:
    fields = page.locator("input[name^=pins-][name$=-article]").all()
    return [value.partition(" #")[0] for field in fields if (value := field.input_value())]


def test_rows_are_dragged_moved_by_keys_added_previewed_and_saved(page: Page) -> None:
    for article in make_articles(3):
        FrontPin.objects.create(article=article, position=article.pk)
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.goto(PATH)
    rows = page.locator("[data-rows]").first.locator("[data-row]")
    page.mouse.move(*middle(rows.nth(0).locator(".front-handle")))
    page.mouse.down()
    x, y = middle(rows.nth(1).locator(".front-handle"))
    page.mouse.move(x, y + 25, steps=5)
    page.mouse.up()
    eventually(page, lambda: pinned(page) == ["글 2", "글 1", "글 3"])

    rows.nth(2).get_by_role("button", name="위로").press("Enter")
    expect(rows.nth(1).get_by_role("button", name="위로")).to_be_focused()
    eventually(page, lambda: pinned(page) == ["글 2", "글 3", "글 1"])

    page.get_by_role("button", name="한 줄 더").first.click()
    expect(rows).to_have_count(6)
    rows.nth(0).get_by_label("빼기").check()
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="미리 보기").click()
    expect(opened.value.locator(".story-lead .story-title")).to_have_text("글 3")

    page.get_by_role("button", name="저장", exact=True).last.click()
    expect(page.get_by_text("첫 화면을 바꾸었습니다.", exact=False)).to_be_visible()
    assert pinned(page) == ["글 3", "글 1"]
    assert complaints == []


def middle(locator) -> tuple[float, float]:
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
