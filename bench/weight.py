"""What a first visit to an article without pictures costs: bytes, requests, hosts, cookies.

At most 60 kB as they travel and 8 requests, no foreign host and no cookie. Bytes are those of
bodies; headers are told beside them. Where the server does not compress a page, what gzip would
make of it is told too, and what was really sent is what counts.
"""

from __future__ import annotations

import gzip
import re
import sys
from urllib.parse import urlsplit

from playwright.sync_api import Request, sync_playwright

from bench.site import CHROMIUM, FLAGS, fetch, origin_of_arguments, sitemaps

MOST_BYTES, MOST_REQUESTS = 60_000, 8


def main() -> None:
    origin = origin_of_arguments()
    address = _without_pictures(origin)
    requests: list[Request] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 390, "height": 844}, device_scale_factor=3)
        page.on("requestfinished", lambda request: requests.append(request))
        page.goto(address, wait_until="networkidle")
        cookies = page.context.cookies()
        sizes = {request.url: request.sizes() for request in requests}
        browser.close()
    total = 0
    for url, size in sizes.items():
        total += size["responseBodySize"]
        print(f"{size['responseBodySize']:7,} + {size['responseHeadersSize']:5,}  {url[:120]}")
    foreign = {
        host for url in sizes if (host := urlsplit(url).netloc) not in (urlsplit(origin).netloc, "")
    }
    page_bytes = fetch(address)
    print(
        f"{address}\n{total:,} bytes (the page gzipped would be {len(gzip.compress(page_bytes)):,} "
        f"of {len(page_bytes):,}), {len(sizes)} requests, foreign hosts {sorted(foreign)}, "
        f"{len(cookies)} cookies"
    )
    sys.exit(bool(total > MOST_BYTES or len(sizes) > MOST_REQUESTS or foreign or cookies))


def _without_pictures(origin: str) -> str:
    """Return the longest of the first articles without a picture, portraits included.

    What is offered below it may have pictures, which a browser fetches when they come near.
    """
    articles = [a for part, found in sitemaps(origin).items() if "articles" in part for a in found]
    pages = {address: fetch(address).decode() for address in articles[:200]}
    plain = {
        address: len(page)
        for address, page in pages.items()
        if not re.search(r"<(?:img|picture)\b", page.partition("</article>")[0])
    }
    if not plain:
        sys.exit("Every article here shows a picture; publish one without.")
    return max(plain, key=lambda address: plain[address])


if __name__ == "__main__":
    main()
