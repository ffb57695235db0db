"""A real headless Chromium, the machine's own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from comments import form_tokens
from tests.browser.windows import PATIENCE, Windows

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
expect.set_options(timeout=PATIENCE)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    # Between tests a page goes to about:blank: in a process of its own, a fifth of a test.
    "--disable-site-isolation-trials",
    "--renderer-process-limit=1",
]


def pytest_itemcollected(item: pytest.Item) -> None:
    """Ask a second time: on a machine with other work, a browser now and then comes too late."""
    if item.get_closest_marker("browser"):
        item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("No Chromium on this machine: install Debian's chromium, or set CHROMIUM.")
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread; the ORM works between its calls only.
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def windows(browser: Browser) -> Windows:
    return Windows(browser)


@pytest.fixture
def patient_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hand out forms as if the reader had taken a minute: tests type faster than people."""
    issue, now = form_tokens.issue, form_tokens.time.time

    def issue_early(article_id: int) -> str:
        with pytest.MonkeyPatch.context() as clock:
            clock.setattr(form_tokens.time, "time", lambda: now() - 60)
            return issue(article_id)

    monkeypatch.setattr(form_tokens, "issue", issue_early)
