"""Unfold's interface under the desk's content policy, which knows no eval."""

import mimetypes
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Page, Route, expect

from tests.articles.desk import ADD, LIST, PREVIEW, make_editor, signed_in
from tests.browser.waiting import eventually
from tests.browser.windows import Windows
from tests.builders import make_draft

pytestmark = [pytest.mark.any_engine, pytest.mark.browser, pytest.mark.django_db]

# Browsers trust this origin as they trust https.
ORIGIN = "http://127.0.0.1"


class Answers:
    """Pages rendered beforehand and the static files, given to the browser without a server."""

    def __init__(self, client: Client, *paths: str) -> None:
        self._pages = {path: client.get(path) for path in (*paths, "/admin/jsi18n/")}
        self._pages[PREVIEW] = client.post(PREVIEW, headers={"X-Pildam": "preview"})

    def __call__(self, route: Route) -> None:
        path = unquote(urlsplit(route.request.url).path)
        if page := self._pages.get(path):
            route.fulfill(body=page.content, headers=dict(page.items()))
        elif found := finders.find(path.removeprefix("/static/")):
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            route.fulfill(body=Path(found).read_bytes(), content_type=kind)
        else:
            route.fulfill(status=404)


@pytest.fixture
def answers() -> Answers:
    make_draft()
    return Answers(signed_in(make_editor()), LIST, ADD)


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture
def page(windows: Windows, answers: Answers, complaints: list[str]) -> Iterator[Page]:
    with windows.lend(ORIGIN) as page:
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.route("**/*", answers)
        yield page


def test_the_filters_open_and_close(page: Page, complaints: list[str]) -> None:
    page.goto(LIST)
    page.get_by_text("필터", exact=False).first.click()
    page.locator("#changelist-filter").wait_for(state="visible")
    page.keyboard.press("Escape")
    page.locator("#changelist-filter").wait_for(state="hidden")
    assert complaints == []


def test_choosing_an_article_offers_what_can_be_done(page: Page, complaints: list[str]) -> None:
    page.goto(LIST)
    page.locator("td input.action-select").check()
    page.locator("select[name=action]").select_option("publish_selected")
    page.get_by_role("button", name="실행").wait_for(state="visible")
    assert complaints == []


def test_the_tabs_of_the_form_change_what_is_shown(page: Page, complaints: list[str]) -> None:
    page.goto(ADD)
    assert not page.locator("#id_slug").is_visible()
    page.locator("nav").get_by_text("발행", exact=True).click()
    # Alpine shows and hides in a step of its own.
    expect(page.locator("#id_slug")).to_be_visible()
    expect(page.locator("#id_tags")).to_be_hidden()
    assert complaints == []


def test_the_tabs_of_the_form_are_reached_by_keyboard(page: Page, complaints: list[str]) -> None:
    page.goto(ADD)
    page.get_by_role("button", name="발행", exact=True).press("Enter")
    page.locator("#id_slug").wait_for(state="visible")
    assert complaints == []


def test_the_desk_is_there_without_scripts(windows: Windows, answers: Answers) -> None:
    with windows.lend(ORIGIN, java_script_enabled=False) as page:
        page.route("**/*", answers)
        page.goto(ADD)
        page.locator("#id_title").fill("제목")
        expect(page.locator("#id_title")).to_have_value("제목")
        expect(page.get_by_role("button", name="저장", exact=True)).to_be_visible()


def test_another_author_can_be_added(page: Page, complaints: list[str]) -> None:
    page.goto(ADD)
    page.locator("#byline-group .add-row").click()
    expect(page.locator("#id_byline-TOTAL_FORMS")).to_have_value("2")
    assert complaints == []


def test_the_theme_can_be_changed(page: Page, complaints: list[str]) -> None:
    page.goto(LIST)
    page.get_by_text("editor@pildam.example").click()
    page.get_by_text("어둡게").click()
    expect(page.locator("html")).to_have_class(re.compile("dark"))
    assert complaints == []


def test_expressions_reach_nothing_but_their_component(page: Page, complaints: list[str]) -> None:
    page.goto(LIST)
    expressions = ["''.constructor", "[]['__proto__']", "eval('1')", "document.cookie", "a ="]
    page.evaluate(
        "(texts) => texts.forEach((text) => { const probe = document.createElement('i');"
        " probe.setAttribute('x-text', text); document.body.append(probe); })",
        expressions,
    )
    eventually(page, lambda: len(complaints) == len(expressions))
    for expression, complaint in zip(expressions, complaints, strict=True):
        assert f"in {expression}" in complaint
