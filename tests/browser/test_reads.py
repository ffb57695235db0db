"""Ten seconds in view are one read, in a real browser with a clock of ours."""

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from articles.models import DailyReads
from articles.reads import gathered
from tests.articles.test_visits import PHONE
from tests.builders import make_article

pytestmark = [pytest.mark.any_engine, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TURN_AWAY = """(state) => {
  Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def open_article(page: Page, path: str) -> list[str]:
    """Open the article; returns the list in which its reports appear."""
    reports: list[str] = []
    page.on("requestfinished", lambda request: request.method == "POST" and reports.append("read"))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    return reports


def test_ten_seconds_in_view_are_one_read(browser: Browser, live_server: LiveServer) -> None:
    path = make_article().get_absolute_url()
    # Whether the page comes from the site or from a cache in front, the browser reports.
    kept = Client().get(path).content
    with browser.new_context(base_url=live_server.url, user_agent=PHONE) as context:
        page = context.new_page()
        page.clock.install()
        page.route(f"**{path}", lambda route: route.fulfill(body=kept, content_type="text/html"))
        reports = open_article(page, path)
        page.clock.run_for(8_000)
        page.evaluate(TURN_AWAY, "hidden")
        page.clock.run_for(60_000)
        page.evaluate(TURN_AWAY, "visible")
        page.clock.run_for(1_000)
        assert reports == []
        with page.expect_event("requestfinished", lambda request: request.method == "POST"):
            page.clock.run_for(2_000)
        page.wait_for_function("() => localStorage.getItem('pildam:reads')")
        again = open_article(page, path)
        page.clock.run_for(60_000)
        page.wait_for_load_state("networkidle")
        assert again == []
        assert context.cookies() == []
    gathered.store()
    assert [row.count for row in DailyReads.objects.all()] == [1]
