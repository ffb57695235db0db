"""Feeds, sitemaps and structured data, as strict readers take them.

Feeds go through feedparser (if it is installed) and the rules of RSS, Atom and JSON Feed that it
does not know; sitemaps through the schemas' element order; JSON-LD through what search engines
ask of each type. Prints what is wrong, and ends with 1 if anything is.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

from bench.site import fetch, origin_of_arguments, pages

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
# What Google's documentation asks of each type, or recommends.
_ASKED = {
    "NewsArticle": {"headline", "image", "datePublished", "dateModified", "author", "publisher"},
    "BreadcrumbList": {"itemListElement"},
    "ProfilePage": {"mainEntity"},
    "WebSite": {"name", "url", "potentialAction"},
    "CollectionPage": {"name", "url"},
}


def main() -> None:
    origin = origin_of_arguments()
    found = pages(origin)
    lists = [found[kind] for kind in ("categories", "tags", "authors", "series") if kind in found]
    checks: list[tuple[str, Callable[[str], Iterator[str]]]] = [
        *((f"{address}feed/", rss) for address in (f"{origin}/", f"{origin}/articles/", *lists)),
        (f"{found['discussion']}feed/", rss),
        (f"{origin}/feed/atom/", atom),
        (f"{origin}/feed.json", json_feed),
        *((f"{origin}/sitemap-{part}.xml", sitemap) for part in ("pages", "articles", "tags")),
        (f"{origin}/sitemap-news.xml", sitemap),
        *((address, structured_data) for address in found.values()),
    ]
    wrong = [f"{address}: {fault}" for address, check in checks for fault in check(address)]
    print("\n".join(wrong))
    print(f"{len(checks)} looked at, {len(wrong)} faults")
    sys.exit(bool(wrong))


def rss(address: str) -> Iterator[str]:
    root = ElementTree.fromstring(fetch(address))  # noqa: S314 - our own site's
    channel = root.find("channel")
    if root.get("version") != "2.0" or channel is None:
        yield "it is not RSS 2.0"
        return
    yield from _lacking(channel, "title", "link", "description")
    own = channel.find(f"{ATOM}link[@rel='self']")
    if own is None or own.get("href") != address:
        yield f"rel=self is {own.get('href') if own is not None else 'missing'}"
    for item in channel.iter("item"):
        yield from _lacking(item, "title", "link", "guid", "pubDate")
        yield from _not_absolute(item.findtext("link", ""))
        if parsedate_to_datetime(item.findtext("pubDate", "")).tzinfo is None:
            yield "a pubDate has no zone"
    yield from _parsed(address)


def atom(address: str) -> Iterator[str]:
    root = ElementTree.fromstring(fetch(address))  # noqa: S314
    yield from _lacking(root, f"{ATOM}id", f"{ATOM}title", f"{ATOM}updated", f"{ATOM}author")
    for entry in root.iter(f"{ATOM}entry"):
        yield from _lacking(entry, f"{ATOM}id", f"{ATOM}title", f"{ATOM}updated", f"{ATOM}link")
    yield from _parsed(address)


def json_feed(address: str) -> Iterator[str]:
    feed = json.loads(fetch(address))
    if feed["version"] != "https://jsonfeed.org/version/1.1" or feed["feed_url"] != address:
        yield "its version or its address is wrong"
    for item in feed["items"]:
        if not {"id", "url", "content_html"} <= item.keys():
            yield f"an item lacks one of its keys: {sorted(item)}"
        datetime.fromisoformat(item["date_published"])


def sitemap(address: str) -> Iterator[str]:
    root = ElementTree.fromstring(fetch(address))  # noqa: S314
    if root.tag != f"{SITEMAP}urlset":
        yield "it is no sitemap"
    known = {location.text for location in root.iter(f"{SITEMAP}loc")}
    for entry in root:
        order = [child.tag for child in entry if child.tag.startswith(SITEMAP)]
        if order != [f"{SITEMAP}{name}" for name in ("loc", "lastmod")[: len(order)]]:
            yield f"elements out of order: {order}"
        yield from _not_absolute(entry.findtext(f"{SITEMAP}loc", ""))
        for link in entry.iter(f"{XHTML}link"):
            if link.get("href") not in known:
                yield f"an alternate leads to what has no entry: {link.get('href')}"
        for news in entry.iter(f"{NEWS}news"):
            yield from _lacking(
                news, f"{NEWS}publication", f"{NEWS}publication_date", f"{NEWS}title"
            )


def structured_data(address: str) -> Iterator[str]:
    page = fetch(address).decode()
    for block in re.findall(r'<script type="application/ld\+json">(.*?)</script', page, re.DOTALL):
        data: dict[str, Any] = json.loads(block)
        if data.get("@context") != "https://schema.org" or data.get("@type") not in _ASKED:
            yield f"a type that nobody knows: {data.get('@type')}"
            continue
        if lacking := _ASKED[data["@type"]] - data.keys():
            yield f"{data['@type']} lacks {sorted(lacking)}"
        if data["@type"] == "BreadcrumbList":
            places = [item["position"] for item in data["itemListElement"]]
            if places != list(range(1, len(places) + 1)):
                yield f"breadcrumbs out of order: {places}"
        for name in ("datePublished", "dateModified"):
            if name in data and datetime.fromisoformat(data[name]).tzinfo is None:
                yield f"{name} has no zone"


def _lacking(element: ElementTree.Element, *names: str) -> Iterator[str]:
    for name in names:
        found = element.find(name)
        if found is None or not ("".join(found.itertext()).strip() or found.attrib or len(found)):
            yield f"{element.tag} lacks {name}"


def _not_absolute(address: str) -> Iterator[str]:
    if not urlsplit(address).netloc:
        yield f"an address is not absolute: {address}"


def _parsed(address: str) -> Iterator[str]:
    try:
        feedparser: Any = importlib.import_module("feedparser")
    except ImportError:
        return
    parsed = feedparser.parse(fetch(address))
    if parsed.bozo:
        yield f"feedparser: {parsed.bozo_exception}"


if __name__ == "__main__":
    main()
