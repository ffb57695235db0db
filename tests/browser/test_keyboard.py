"""A reader without a mouse: through a whole article to a comment and out, and through the search."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article
from articles.search import index
from comments.models import Comment
from tests.browser.test_discussion_accessibility import findings
from tests.builders import make_article, make_author, make_category, make_image
from tests.comments.builders import PASSWORD

pytestmark = [
    pytest.mark.any_engine,
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("patient_forms"),
]

# What has the focus: its name, and whether somebody who sees would know. None past the end.
STOP = """() => {
  const stop = document.activeElement;
  if (!stop || stop === document.body) return null;
  const { top, bottom, width, height } = stop.getBoundingClientRect();
  const style = getComputedStyle(stop);
  const ringed = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const within = width > 0 && height > 0 && bottom > 0 && top < innerHeight;
  const name = stop.getAttribute("aria-label") || stop.textContent.trim() || stop.name;
  return { name: name.replace(/\\s+/g, " "), ringed, within: within && stop.checkVisibility() };
}"""
MOST_STOPS = 120


@pytest.fixture
def essay() -> Article:
    picture = make_image()
    long = "천천히 읽히는 문단이 이어집니다. " * 40
    return make_article(
        "긴 글",
        body=f"첫머리[^1]입니다.\n\n![낡은 시계]({picture.url} '시계')\n\n## 가운데\n\n{long}\n\n"
        "## 끝\n\n마칩니다.\n\n[^1]: 덧붙인 말입니다.\n",
        category=make_category("기술"),
        authors=[make_author()],
    )


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    with browser.new_context(
        base_url=live_server.url,
        viewport={"width": 1280, "height": 720},
        reduced_motion="reduce",
    ) as context:
        yield context.new_page()


def step(page: Page) -> dict[str, Any] | None:
    """Press Tab and return where that leads."""
    page.keyboard.press("Tab")
    stop: dict[str, Any] | None = page.evaluate(STOP)
    return stop


def walk_to(page: Page, name: str) -> list[str]:
    """Press Tab until the focus is on what is called so, and return all that was passed.

    Every stop on the way is visible, and shows that it has the focus.
    """
    passed: list[str] = []
    while not passed or name not in passed[-1]:
        stop = step(page)
        assert stop is not None, f"the page ended before {name!r}: {passed}"
        assert stop["ringed"], f"{stop} does not show that it has the focus"
        assert stop["within"], f"{stop} has the focus where nobody sees it"
        passed.append(stop["name"])
        assert len(passed) < MOST_STOPS, f"no way out before {name!r}: {passed[-9:]}"
    return passed


def test_from_the_skip_link_to_a_comment_and_out(page: Page, essay: Article) -> None:
    page.goto(essay.get_absolute_url())
    expect(page.locator("[data-write]")).to_be_attached()
    assert walk_to(page, "본문으로 바로 가기") == ["본문으로 바로 가기"]
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    # From the beginning again: a browser goes on from where it was on a page it knows.
    page.goto("about:blank")
    page.goto(essay.get_absolute_url())
    expect(page.locator("[data-write]")).to_be_attached()
    # The masthead, the head of the article and its tools, the table of contents.
    passed = walk_to(page, "가운데")
    assert [name for name in ("찾기", "기술", "신피질", "나중에 읽기") if name not in passed] == []
    walk_to(page, "각주 1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="각주 1")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="각주 1")).to_be_focused()
    walk_to(page, "크게 보기")
    page.keyboard.press("Enter")
    lightbox = page.get_by_role("dialog", name="그림 크게 보기")
    expect(lightbox).to_be_visible()
    assert lightbox.evaluate("dialog => dialog.contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="크게 보기")).to_be_focused()
    assert "링크 복사" in walk_to(page, "메일로 보내기")
    walk_to(page, "댓글 쓰기")
    page.keyboard.press("Enter")
    for name, text in {
        "body": "자판으로만 씁니다.",
        "name": "나그네",
        "password": PASSWORD,
    }.items():
        field = page.locator(f"[name={name}]")
        expect(field).to_be_visible()
        if not field.evaluate("field => field === document.activeElement"):
            walk_to(page, name)
        page.keyboard.type(text)
    walk_to(page, "올리기")
    page.keyboard.press("Enter")
    expect(page.locator(".comment").first).to_be_focused()
    assert Comment.objects.get().body == "자판으로만 씁니다."
    # On to the end of the page, which lets the reader out.
    while stop := step(page):
        assert stop["ringed"], stop


def test_search_offers_pages_to_the_keyboard_and_to_screen_readers(
    page: Page, essay: Article
) -> None:
    index.refresh([essay.pk])
    page.goto("/search/")
    field = page.get_by_role("combobox", name="찾을 말")
    walk_to(page, "q")
    expect(field).to_have_attribute("aria-autocomplete", "list")
    expect(field).to_have_attribute("aria-expanded", "false")
    page.keyboard.type("긴")
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options).to_have_count(1)
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status")).to_contain_text("1개")
    list_name = page.get_by_role("listbox").get_attribute("id") or "none"
    expect(field).to_have_attribute("aria-controls", list_name)
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    chosen = options.first.get_attribute("id")
    expect(field).to_have_attribute("aria-activedescendant", chosen or "")
    expect(field).to_be_focused()
    assert findings(page) == []
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(field).to_have_value("긴")
    page.keyboard.type(" ")
    expect(options).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("긴 글")
