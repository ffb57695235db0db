"""A reader's own ways through an article, by keyboard alone, in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article
from tests.browser.test_discussion_accessibility import findings, fits
from tests.browser.waiting import eventually
from tests.browser.windows import Windows
from tests.builders import make_article, make_image

pytestmark = [pytest.mark.any_engine, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHIFTS = """() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) sum += entry.value;
    resolve(sum);
  }).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
})"""


@pytest.fixture
def essay() -> Article:
    picture = make_image()
    long = "\n\n".join("천천히 읽히는 문단이 이어집니다. " * 20 for _ in range(12))
    return make_article(
        "긴 글",
        body=f"첫머리[^1]입니다.\n\n![낡은 시계]({picture.url} '시계')\n\n## 가운데\n\n"
        f"```python\nprint(1)\n```\n\n{long}\n\n## 끝\n\n마칩니다.\n\n[^1]: 덧붙인 말입니다.\n",
    )


@pytest.fixture
def page(windows: Windows, live_server: LiveServer) -> Iterator[Page]:
    clipboard = ["clipboard-read", "clipboard-write"]
    with windows.lend(live_server.url, reduced_motion="reduce", permissions=clipboard) as page:
        yield page


def press(page: Page, name: str) -> None:
    control = page.get_by_role("button", name=name).first
    control.focus()
    page.keyboard.press("Enter")


def test_settings_are_chosen_by_keyboard_and_there_before_paint(page: Page, essay: Article) -> None:
    page.goto(essay.get_absolute_url())
    press(page, "보기 설정")
    expect(page.get_by_role("dialog", name="보기 설정")).to_be_visible()
    # Into each group of choices, and one or two steps on in it.
    for group, steps in (("글자 크기", 2), ("본문 글꼴", 1), ("화면", 2)):
        page.get_by_role("group", name=group).locator("input:checked").focus()
        for _ in range(steps):
            page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="보기 설정").first).to_be_focused()
    # Before the body is there, and with it anything to paint.
    page.reload(wait_until="commit")
    root = page.locator("html")
    for name, value in {"size": "larger", "face": "serif", "theme": "dark"}.items():
        expect(root).to_have_attribute(f"data-{name}", value)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(23, 21, 18)"
    page.wait_for_load_state("networkidle")
    assert page.evaluate(SHIFTS) < 0.1
    assert findings(page) == []
    assert page.context.cookies() == []


def test_notes_pictures_addresses_and_the_place_to_go_on_at(page: Page, essay: Article) -> None:
    page.goto(essay.get_absolute_url())
    mark = page.get_by_role("link", name="각주 1")
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="각주 1")).to_contain_text("덧붙인 말입니다.")
    page.keyboard.press("Escape")
    expect(mark).to_be_focused()
    press(page, "크게 보기: 낡은 시계")
    expect(page.get_by_role("dialog", name="그림 크게 보기")).to_contain_text("시계")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="크게 보기: 낡은 시계")).to_be_focused()
    press(page, "코드 복사")
    expect(page.get_by_role("status").filter(has_text="코드를 복사했습니다.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "print(1)"
    press(page, "나중에 읽기")
    expect(page.get_by_role("button", name="나중에 읽기")).to_have_attribute("aria-pressed", "true")
    page.locator(".article-body > p").nth(8).evaluate("block => block.scrollIntoView()")
    expect(page.locator(".toc [aria-current]")).to_have_text("가운데")
    # Leaving keeps the place.
    page.goto("/reading-list/")
    expect(page.get_by_role("heading", name="이어서 읽기")).to_be_visible()
    assert findings(page) == []
    assert fits(page)
    page.get_by_role("link", name="긴 글").click()
    press(page, "읽던 곳부터 이어서 읽기")
    eventually(page, lambda: page.evaluate("scrollY") > 500)
