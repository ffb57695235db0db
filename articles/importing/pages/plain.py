"""The plain elements that a platform's own blocks become."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from lxml.html import Element, HtmlElement

from articles.importing.pages.elements import drop, is_element, one_line, text_of
from articles.importing.picture_addresses import original

_LAZY = ("data-lazy-src", "data-src", "data-original", "data-origin-src")
_PICTURES_SET = re.compile(r"\s*([^\s,]+)")
_YOUTUBE = re.compile(
    r"(?:youtube(?:-nocookie)?\.com/(?:embed/|v/|shorts/|live/|watch\?(?:[^#\s]{0,200}&)?v=)|youtu\.be/)"
    r"([\w-]{11})"
)
_MAX_JSON = 200_000


def element(tag: str, text: str = "", **attributes: str) -> HtmlElement:
    made = Element(tag, attributes)
    made.text = text or None
    return made


def figure(address: str, caption: str = "", alt: str = "", link: str = "") -> HtmlElement:
    made = element("figure")
    holder = made
    if link.startswith(("http://", "https://")):
        holder = element("a", href=link)
        made.append(holder)
    holder.append(element("img", src=address, alt=alt))
    if caption:
        made.append(element("figcaption", caption))
    return made


def link_line(address: str, title: str = "") -> HtmlElement:
    """Return a paragraph that is a link: what a link's card, a file or a film becomes."""
    made = element("p")
    made.append(element("a", one_line(title) or address, href=address))
    return made


def film(address: str, title: str = "") -> HtmlElement:
    """Return a player for a film on YouTube, and a link to any other."""
    if match := _YOUTUBE.search(address):
        return element("iframe", src=f"https://www.youtube.com/embed/{match[1]}")
    return link_line(address, title)


def code(text: str, language: str = "") -> HtmlElement:
    made = element("pre", text.replace("\xa0", " ").strip("\n"))
    if language:
        made.set("data-language", language)
    return made


def details(summary: str, content: HtmlElement) -> HtmlElement:
    """Return the content folded under a summary; the content's own element is left behind."""
    made = element("details")
    if summary:
        made.append(element("summary", summary))
    move_content(content, made)
    return made


def move_content(source: HtmlElement, target: HtmlElement) -> None:
    """Append what is in one element to another."""
    if source.text:
        if len(target):
            target[-1].tail = (target[-1].tail or "") + source.text
        else:
            target.text = (target.text or "") + source.text
    for child in list(source):
        target.append(child)


def replace(old: HtmlElement, new: Iterable[HtmlElement]) -> None:
    """Put the new elements in the place of the old one."""
    if old.getparent() is None:
        return
    for each in new:
        each.tail = None
        old.addprevious(each)
    drop(old)


def picture_address(image: HtmlElement, *kept_aside: str | None) -> str:
    """Return a picture's address: the file beside the page, or the original on the web.

    A lazy address goes before a stand-in, and the browser's own copy before the addresses that
    the platform has `kept_aside`.
    """
    lazy = next((image.get(name) for name in _LAZY if image.get(name)), "") or ""
    shown = (image.get("src") or "").strip()
    if not lazy and shown and is_beside(shown):
        return shown
    if not lazy and (match := _PICTURES_SET.match(image.get("srcset") or "")):
        kept_aside = (*kept_aside, match[1])
    address = next(filter(None, (*kept_aside, lazy)), "") or shown
    return "" if address.startswith("data:") else original(address)


def is_beside(address: str) -> bool:
    """Whether the address is of a file that was saved along with the page."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc and not address.startswith(("#", "?"))


def data_of(element: HtmlElement, name: str) -> dict[str, Any]:
    """Return the object that an attribute holds as JSON; empty when it holds none."""
    text = element.get(name) or ""
    try:
        found = json.loads(text, strict=False) if len(text) <= _MAX_JSON else None
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def unquoted(text: str) -> str:
    """Return what a string of a script says, given what stands between its quotes."""
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:
        return text


def text_at(data: object, *path: str) -> str:
    """Return the text at a path in what was JSON, or ""."""
    for name in path:
        data = data.get(name) if isinstance(data, dict) else None
    return one_line(data) if isinstance(data, str) else ""


def outermost(top: HtmlElement, wanted: Callable[[HtmlElement], bool]) -> list[HtmlElement]:
    """Return the wanted elements within one, in order, and none that stands in another of them."""
    found: list[HtmlElement] = []
    pending = list(reversed(top))
    while pending:
        each = pending.pop()
        if is_element(each) and wanted(each):
            found.append(each)
        else:
            pending += reversed(each)
    return found


def is_blank(element: HtmlElement) -> bool:
    """Whether there is nothing to see in an element."""
    seen = ("img", "iframe", "video", "audio", "hr", "table", "svg")
    return not text_of(element) and next(element.iter(*seen), None) is None


def unwrap_paragraphs(body: HtmlElement, *blocks: str) -> None:
    """Free blocks from the paragraphs around them, which no browser would leave there."""
    for block in list(body.iter(*blocks)):
        parent = block.getparent()
        if parent is not None and parent is not body and parent.tag == "p":
            parent.drop_tag()


def coloured_code(body: HtmlElement) -> None:
    """Let tables that Color Scripter has painted be code again."""
    for table in outermost(body, _is_painted):
        rows = (row for part in (table, *table.iterchildren("tbody")) for row in part)
        cells = [cell for row in rows if row.tag == "tr" for cell in row.iterchildren("td")]
        longest = max(cells, key=lambda cell: len(cell.text_content()), default=None)
        if longest is not None:
            lines = [line.text_content() for line in _code_lines(longest)]
            replace(table, [code("\n".join(lines) or longest.text_content())])


def _is_painted(element: HtmlElement) -> bool:
    return element.tag == "table" and "colorscripter-code-table" in (element.get("class") or "")


def _code_lines(cell: HtmlElement) -> list[HtmlElement]:
    for link in list(cell.iter("a")):
        if "colorscripter.com" in (link.get("href") or ""):
            drop(link)
    return [each for each in cell.iter("div") if next(each.iterchildren("div"), None) is None]
