"""The desk's own reader of Alpine's expressions: what it understands and what it refuses."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.any_engine, pytest.mark.browser]

ALPINE = ("desk/alpine.js", "unfold/js/alpine/alpine.js")
DATA = "{ name: 'pildam', count: 2, log: [] }"


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.set_content(f'<!doctype html><i x-data="{DATA}"></i>')
    for script in ALPINE:
        page.add_script_tag(content=Path(str(finders.find(script))).read_text(encoding="utf-8"))
    page.wait_for_function("document.querySelector('i')._x_dataStack")
    yield page
    page.close()


def evaluated(page: Page, expression: str) -> object:
    return page.evaluate("(text) => Alpine.evaluate(document.querySelector('i'), text)", expression)


def complaint(page: Page, expression: str) -> str:
    """Return what the console says of an expression, which may be after it was evaluated."""
    with page.expect_console_message() as said:
        evaluated(page, expression)
    return said.value.text


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        (r"'a\nb'", "a\nb"),
        (r"'\u0027\x41'", "'A"),
        (r"'it\'s'", "it's"),
        (r"{ 'a\'b': 1 }", {"a'b": 1}),
        ("1 + 2 * 3 - -4", 11),
        ("name.toUpperCase().slice(0, 3)", "PIL"),
        ("['h3', name].includes('pildam') && count > 1", True),
        ("[1, 2].map(x => x * count)", [2, 4]),
        ("count == 2 ? 'two' : count == 3 ? 'three' : 'many'", "two"),
        ("if (count === 3) { name = 'x' } else { log = [1] }; log.length", 1),
    ],
)
def test_an_expression_means_what_javascript_means(
    page: Page, expression: str, value: object
) -> None:
    assert evaluated(page, expression) == value


def test_the_owner_of_a_called_member_is_found_once(page: Page) -> None:
    assert evaluated(page, "log = [[1], [2], [3]]; log.pop().concat(log.length)") == [3, 2]


@pytest.mark.promise("X4")
@pytest.mark.parametrize(
    "expression",
    [
        "''[['constructor']]",
        "(x => x)[['constructor']]('1')",
        "__lookupGetter__('__proto__')",
        "$el.ownerDocument.title",
        "$el.getRootNode().title",
        "$el.ownerDocument.defaultView.name",
        "window.name",
        "window.location = 'x'",
        "document.title",
    ],
)
def test_nothing_leads_to_the_page_or_to_a_compiler(page: Page, expression: str) -> None:
    assert f"in {expression}" in complaint(page, expression)


@pytest.mark.parametrize(
    "expression",
    [
        "--count", "count++", "count += 1", "count ** 2", "count ?? 1", "name?.length",
        "typeof name", "new Date()", "`${name}`", "[...log]", "{ count }", "{ +: 1 }",
        "x => { x }", "() => 1", "(a, b) => a", "/a/.test(name)", "1, 2", "let a = 1",
        "await name", "function () {}", "this.name", r"'\u{41}'", r"'\1'", "'a\nb'",
        "count & 1", "count 1", "count(1)", "nothing", "# count", "name.", "(name", "if (name",
    ],
)  # fmt: skip
def test_what_is_not_understood_is_said_in_the_console(page: Page, expression: str) -> None:
    assert f"in {expression}" in complaint(page, expression)
