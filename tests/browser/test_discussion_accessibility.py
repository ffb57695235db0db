"""axe, on the pages of a discussion: on a phone and a desk, on light paper and dark."""

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article
from comments.models import Comment
from tests.browser.windows import Windows
from tests.builders import make_article, make_user
from tests.comments.builders import WRITTEN_AT, discussion_url, make_comment

pytest.importorskip("axe_playwright_python")
pytestmark = [pytest.mark.any_engine, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def article() -> Article:
    return make_article()


@pytest.fixture
def comment(article: Article) -> Comment:
    """A lively discussion, of which the first comment is returned."""
    root = make_comment(article, "**굵게** `code` https://example.com", recommended_at=WRITTEN_AT)
    reply = make_comment(article, "> 인용\n\n대답", parent=root)
    make_comment(article, "다시 대답", parent=reply, edited_at=WRITTEN_AT)
    make_comment(article, "편집부입니다.", account=make_user(is_staff=True))
    make_comment(article, "여러 사람이 신고한 글", folded_at=WRITTEN_AT)
    return root


@pytest.fixture(params=[(390, "light"), (1280, "dark")], ids=str)
def page(
    windows: Windows, live_server: LiveServer, request: pytest.FixtureRequest
) -> Iterator[Page]:
    width, scheme = request.param
    with windows.lend(
        live_server.url, size=(width, 844), color_scheme=scheme, reduced_motion="reduce"
    ) as page:
        yield page


def findings(page: Page) -> list[str]:
    page.evaluate(AXE)
    result: dict[str, Any] = page.evaluate("axe.run()")
    return [
        f"{found['id']}: {node['html']}"
        for found in result["violations"]
        for node in found["nodes"]
        if found["impact"] in ("serious", "critical")
    ]


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_lively_discussion(page, article, comment):
    page.goto(discussion_url(article))
    page.get_by_role("button", name="공감 0").first.click()
    expect(page.locator(".vote[aria-pressed=true]")).to_have_count(1)
    page.get_by_text("펼쳐 보기").click()
    page.locator("[data-reply]").nth(1).click()
    page.locator(".comment-menu summary").first.click()
    assert findings(page) == []
    assert fits(page)


def test_a_form_with_errors(page, article, comment):
    page.goto(discussion_url(article))
    page.get_by_role("button", name="올리기").click()
    expect(page.locator("#errors")).to_be_focused()
    assert findings(page) == []
    assert fits(page)


def test_what_is_done_to_a_comment(page, comment):
    for deed in ("report", "vote", "block", "edit", "delete", "takedown"):
        page.goto(f"/comments/{comment.pk}/{deed}/")
        assert findings(page) == [], deed
        assert fits(page), deed
