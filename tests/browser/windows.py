"""Windows of the browser that tests take turns with: opening one costs more than most tests do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Error, Page

# What is waited for comes at once, but for a machine that is busy with everything else.
PATIENCE = 15_000
DESKTOP = (1280, 720)


class Windows:
    """Lends pages, each alone in its context and each as empty as a new one."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[str, list[Page]] = {}

    @contextmanager
    def lend(
        self,
        base_url: str,
        *,
        size: tuple[int, int] = DESKTOP,
        color_scheme: Literal["dark", "light"] = "light",
        reduced_motion: Literal["no-preference", "reduce"] = "no-preference",
        **options: Any,
    ) -> Iterator[Page]:
        """Yield a page of that size; `options` are those of Playwright's `new_context`.

        Scripts that a page or context shall begin with stay: those need a context of their own.
        """
        free = self._free.setdefault(repr((base_url, sorted(options.items()))), [])
        page = free.pop() if free else self._opened(base_url=base_url, **options)
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(color_scheme=color_scheme, reduced_motion=reduced_motion)
        with _listeners_taken_back(page, page.context):
            yield page
        try:
            _empty(page, base_url)
        except Error:  # closed or crashed by its test
            page.context.close()
        else:
            free.append(page)

    def _opened(self, **options: Any) -> Page:
        context = self._browser.new_context(**options)
        context.set_default_timeout(PATIENCE)
        return context.new_page()


def _empty(page: Page, base_url: str) -> None:
    """Take everything from a page that a test has left there, and let it say nothing on leaving."""
    context = page.context
    for other in context.pages:
        if other != page:
            other.close()
    page.unroute_all(behavior="ignoreErrors")
    context.set_offline(True)
    if page.url != "about:blank":
        page.evaluate("sessionStorage.clear()")
    page.goto("about:blank")
    page.mouse.move(0, 0)
    context.clear_cookies()
    tools = context.new_cdp_session(page)
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(base_url))
    tools.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
    tools.send("Network.clearBrowserCache")
    tools.detach()
    context.set_offline(False)


@contextmanager
def _listeners_taken_back(*sources: Page | BrowserContext) -> Iterator[None]:
    heard: list[tuple[Page | BrowserContext, Any, Callable[..., Any]]] = []

    def noting(source: Any) -> Callable[[Any, Callable[..., Any]], None]:
        def on(event: Any, listener: Callable[..., Any]) -> None:
            heard.append((source, event, listener))
            type(source).on(source, event, listener)

        return on

    for source in sources:
        source.on = noting(source)  # type: ignore[method-assign]
    yield
    for source in sources:
        del source.on
    for source, event, listener in heard:
        source.remove_listener(event, listener)
