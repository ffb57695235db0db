"""Waiting for what Playwright's `expect` cannot ask for."""

import time
from collections.abc import Callable

from playwright.sync_api import Page

PATIENCE = 30


def eventually(page: Page, holds: Callable[[], bool]) -> None:
    """Let the page go on until the condition holds; on a busy machine that takes a while."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "what was waited for did not come"
        page.wait_for_timeout(50)
