"""Pages of brunch, Kakao's platform for essays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from articles.importing.pages import plain
from articles.importing.pages.elements import is_element, one_line, text_of
from articles.importing.pages.facts import PageFacts
from articles.importing.pages.page import Excerpt, Page

_EPISODE = re.compile(r"^(\d{1,4})\s?화\s+(?=\S)")
_NEIGHBOUR = re.compile(r"(이전|다음)\s?(\d{1,4})\s?화")
_SERIES_WORDS = re.compile(
    r"^(?:연재\s?중|완결|브런치북|매거진|위클리\s?매거진|brunch\s?book|magazine|연재)\s+|\s+(?:연재\s?중|\d{1,4}화)$",
    re.IGNORECASE,
)
_SERIES_PATH = re.compile(r"/(?:brunchbook|magazine)/[^/?#]+/?$")
_BOOK = re.compile(r"\s*[|｜]\s*")
_KIND = re.compile(r"item_type_(\w+)")
# What brunch writes for a picture that its author did not describe.
_NUMBERED_PICTURE = re.compile(r"브런치 글 이미지 \d{1,4}")
_NOT_KEPT = frozenset(["sticker"])


def is_brunch(page: Page) -> bool:
    addresses = (page.facts.address, page.facts.canonical_url)
    is_there = any("//brunch.co.kr/" in each for each in addresses)
    return page.has(".wrap_body") and (is_there or page.has(".wrap_item", ".cover_title"))


def read_brunch(page: Page) -> Excerpt | None:
    """Return the essay; None where the page shows none."""
    body = page.longest_above(1, ".wrap_body")
    if body is None:
        return None
    facts = _facts(page, body)
    items = plain.outermost(body, lambda each: bool(_kind_of(each)))
    if not items:
        return Excerpt([body], facts, is_exact=True)
    made = [block for item in items for block in _plain(item, facts)]
    body.clear()
    body.tag = "div"
    body.extend(made)
    return Excerpt([body], facts, is_exact=True)


def _facts(page: Page, body: HtmlElement) -> PageFacts:
    facts = PageFacts(dek=page.text(".cover_sub_title"))
    title = page.text(".cover_title") or page.facts.title
    episode = _EPISODE.match(title) or _EPISODE.match(page.facts.title)
    facts.title = _EPISODE.sub("", title)
    author = _meta(page, "og:article:author") or _meta(page, "article:media_name")
    if not author and (byline := page.first(".text_author")) is not None:
        author = next(filter(None, map(text_of, byline.iter("a"))), "")
    facts.authors = (author,) if author else ()
    inside = set(body.iter("a"))
    outside = [link for link in page.all("a") if link not in inside]
    boxes = [link for box in page.all(".list_keyword", ".wrap_keyword") for link in box.iter("a")]
    facts.tags = _names(boxes) or _names(each for each in outside if _leads_to_keyword(each))
    facts.series = _series(outside)
    if episode:
        facts.episode = int(episode[1])
    else:
        facts.guess("episode", _episode_by_neighbours(outside))
    return facts


def _meta(page: Page, name: str) -> str:
    for each in page.all("meta"):
        if name in (each.get("property"), each.get("name")):
            return one_line(each.get("content"))
    return ""


def _names(links: Iterable[HtmlElement]) -> tuple[str, ...]:
    names = (text_of(link).lstrip("# ") for link in links)
    return tuple(dict.fromkeys(filter(None, names)))


def _leads_to_keyword(link: HtmlElement) -> bool:
    return "/keyword/" in (link.get("href") or "")


def _series(links: list[HtmlElement]) -> str:
    for link in links:
        if _SERIES_PATH.search(link.get("href") or ""):
            name = text_of(link)
            while (shorter := _SERIES_WORDS.sub("", name).strip()) != name:
                name = shorter
            if name and len(name) <= 80 and not _NEIGHBOUR.search(name):
                return name
    return ""


def _episode_by_neighbours(links: list[HtmlElement]) -> int | None:
    """Return the number between those of the episodes that the page leads on to."""
    for text in map(text_of, links):
        if match := _NEIGHBOUR.match(text):
            number = int(match[2]) + (1 if match[1] == "이전" else -1)
            return number if number > 0 else None
    return None


def _kind_of(element: HtmlElement) -> str:
    """Return what kind of block an element is: what it keeps as data goes before its class."""
    if not is_element(element):
        return ""
    classes = element.get("class") or ""
    match = _KIND.search(classes)
    kind = plain.text_at(plain.data_of(element, "data-app"), "type") if match else ""
    return kind if kind == "quotation" else match[1] if match else ""


def _plain(item: HtmlElement, facts: PageFacts) -> Iterator[HtmlElement]:
    """Yield the block as plain HTML."""
    kind, data = _kind_of(item), plain.data_of(item, "data-app")
    if kind in _NOT_KEPT or (kind in ("text", "quotation") and plain.is_blank(item)):
        return
    item.tail = None
    if kind in ("img", "gridGallery"):
        yield from _pictures(item, data)
    elif kind == "hr":
        yield plain.element("hr")
    elif kind == "quotation" or item.tag == "blockquote":
        item.tag = "blockquote"
        yield item
    elif kind == "opengraph":
        yield from _card(item, data)
    elif kind == "video":
        yield from _film(item, data, facts)
    elif kind == "file":
        if address := plain.text_at(data, "url") or _first_link(item):
            yield plain.link_line(address, plain.text_at(data, "name") or text_of(item))
    elif kind == "place":
        where = (plain.text_at(data, "name"), plain.text_at(data, "address"))
        yield plain.element("p", ", ".join(filter(None, where)) or text_of(item))
    else:
        item.tag = "p" if item.tag == "div" else item.tag
        yield item


def _pictures(item: HtmlElement, data: dict[str, object]) -> Iterator[HtmlElement]:
    """Yield the pictures: those beside the page, or as the block's data names them."""
    captions = [each for each in item.iter("span") if "caption" in (each.get("class") or "")]
    caption = one_line(" ".join(map(text_of, captions))) or plain.text_at(data, "caption")
    listed = data.get("images")
    known = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    known = known or [data]
    shown = list(item.iter("img"))
    made: list[HtmlElement] = []
    for number in range(max(len(known), len(shown))):
        aside = plain.text_at(known[number], "url") if number < len(known) else ""
        image = shown[number] if number < len(shown) else plain.element("img")
        if address := plain.picture_address(image, aside):
            alt = one_line(image.get("alt"))
            said = "" if alt == caption or _NUMBERED_PICTURE.fullmatch(alt) else alt
            made.append(plain.figure(_secure(address), alt=said))
    if made and caption:
        made[-1].append(plain.element("figcaption", caption))
    yield from made


def _secure(address: str) -> str:
    """Return the address as brunch serves it today."""
    return re.sub(r"^http://(?=[a-z0-9]{1,10}\.daumcdn\.net/)", "https://", address)


def _card(item: HtmlElement, data: dict[str, object]) -> Iterator[HtmlElement]:
    address = plain.text_at(data, "openGraphData", "url") or _first_link(item)
    title = plain.text_at(data, "openGraphData", "title")
    if not title:
        titles = (each for each in item.iter() if (each.get("class") or "") == "title")
        title = next(filter(None, map(text_of, titles)), "")
    if address:
        yield plain.link_line(address, title)


def _film(item: HtmlElement, data: dict[str, object], facts: PageFacts) -> Iterator[HtmlElement]:
    frames = (frame.get("src") or "" for frame in item.iter("iframe"))
    address = next(filter(None, frames), "") or plain.text_at(data, "url")
    if address.startswith("//"):
        address = f"https:{address}"
    if address.startswith("http"):
        yield plain.film(address, plain.text_at(data, "title"))
    else:
        facts.warnings.append("a film was left out")


def _first_link(item: HtmlElement) -> str:
    return next(filter(None, (link.get("href") for link in item.iter("a"))), "") or ""
