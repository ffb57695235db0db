"""What a first visit costs a reader on a phone: bytes, requests, and when the page shows (LCP).

The connection is slow 4G as the tools of Chromium throttle it: 1.6 Mbit/s less a tenth, and 150 ms
as a request through TCP feels it.
"""

from __future__ import annotations

from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Request, sync_playwright

from bench import servers
from bench.answers import HOST
from bench.pages import pages_of
from bench.servers import Addresses
from bench.site import CHROMIUM, FLAGS
from bench.tables import table

_VIEWS = 3
_SLOW_4G = {
    "offline": False,
    "latency": 150 * 3.75,
    "downloadThroughput": 1.6e6 * 0.9 / 8,
    "uploadThroughput": 750e3 * 0.9 / 8,
}
_LARGEST_PAINT = """() => new Promise(resolve => new PerformanceObserver(list =>
    resolve(list.getEntries().at(-1).startTime)
).observe({type: "largest-contentful-paint", buffered: true}))"""


def measure(url: str, addresses: Addresses, folder: Path) -> str:
    port = addresses.stored
    environment = servers.site_environment(url, port)
    rows = []
    with (
        servers.running(servers.site("first-view", port, folder, environment)),
        sync_playwright() as playwright,
    ):
        pages = pages_of(port)[:2]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for page in pages:
            address = f"http://{HOST}:{port}{page.paths[0]}"
            views = [_view(browser, address) for _ in range(_VIEWS)]
            size, requests, _ = views[0]
            paint = median(view[2] for view in views)
            rows.append([page.name, f"{size:,}", str(requests), f"{paint / 1000:.2f}"])
        browser.close()
    return table(["first view", "bytes as they travel", "requests", "LCP, s"], rows)


def _view(browser: Browser, address: str) -> tuple[int, int, float]:
    """Return bytes of bodies, requests, and milliseconds until the largest paint."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=3)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", _SLOW_4G)
    requests: list[Request] = []
    page.on("requestfinished", lambda request: requests.append(request))
    page.goto(address, wait_until="networkidle")
    paint: float = page.evaluate(_LARGEST_PAINT)
    size = sum(request.sizes()["responseBodySize"] for request in requests)
    context.close()
    return size, len(requests), paint
