"""글 가져오기 in a real browser: dropped, read by itself, corrected, and stored by itself."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from accounts.roles import Role
from articles.admin import import_pages
from articles.models import Article
from tests.articles.desk import signed_in
from tests.browser.windows import Windows
from tests.roles import make_member

pytestmark = [
    pytest.mark.any_engine,
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

START = "/admin/articles/article/import/"


@pytest.fixture
def page(windows: Windows, live_server) -> Iterator[Page]:
    cookies = signed_in(make_member(Role.EDITOR)).cookies
    with windows.lend(live_server.url, size=(390, 844)) as page:
        page.context.add_cookies(
            [
                {"name": name, "value": c.value, "url": live_server.url}
                for name, c in cookies.items()
            ]
        )
        yield page


def test_files_go_in_step_by_step_without_another_press(page: Page, monkeypatch) -> None:
    monkeypatch.setattr(import_pages, "SECONDS_A_STEP", 0.0)
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.goto(START)
    texts = {f"{name}.md": f"# {name}의 글\n\n{name}에서 본 것을 적는다." for name in "강산들"}
    page.set_input_files(
        "#id_files",
        [
            {"name": name, "mimeType": "text/markdown", "buffer": text.encode()}
            for name, text in texts.items()
        ],
    )
    expect(page.locator(".import-chosen li")).to_have_count(3)
    page.get_by_role("button", name="올리고 살펴보기").click()
    expect(page.locator(".import-table tbody tr")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth") == 390

    page.get_by_role("link", name="강의 글").click()
    page.get_by_label("제목").fill("강에서 쓴 글")
    page.get_by_role("button", name="적어 두고 목록으로").click()
    page.get_by_label("가져오기: 들의 글").uncheck()
    page.get_by_role("button", name="편 가져오기").click()
    expect(page.locator("#stored")).to_be_visible()
    titles = set(Article.objects.values_list("title", flat=True))
    assert titles == {"강에서 쓴 글", "산의 글"}
    assert complaints == []
