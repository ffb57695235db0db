"""Addresses on a saved page: where it is from, and where its links and pictures lead."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlElement

# Where browsers put what belongs to a page that they save.
_BESIDE = re.compile(r"(?:\./)?[^/?#:]{1,250}(?:_files|\.files|_파일)/[^?#]", re.IGNORECASE)
_SAVED_FROM = re.compile(
    r"\s*(?:saved from url=\(\d{1,5}\)|Page saved with SingleFile\s+url:)\s*(?P<url>https?://[^\s<>]+)"
)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_MAX_ADDRESS = 2_000


def web_address(text: str | None) -> str:
    """Return an address of the web as it was written, or "" for anything else."""
    text = (text or "").strip()
    if len(text) > _MAX_ADDRESS or re.match(r"https?://[^\s/]+", text) is None:
        return ""
    try:
        host = urlsplit(text).hostname
    except ValueError:
        return ""
    return text if host else ""


def saved_from(tree: HtmlElement) -> str:
    """Return the address that the browser noted when it saved the page, or ""."""
    above = tree.itersiblings(preceding=True) if tree.getparent() is None else ()
    for comment in [*above, *tree.iter(etree.Comment)][:50]:
        if isinstance(comment, etree._Comment) and (match := _SAVED_FROM.match(comment.text or "")):
            return web_address(match["url"])
    return ""


def is_beside(reference: str) -> bool:
    """Whether a reference is of a file that the browser has saved along with the page."""
    return _BESIDE.match(reference) is not None


def picture_address(reference: str, base: str) -> str:
    """Return where a picture is: a web address, or a path from the page; "" for nowhere."""
    reference = re.sub(r"[\t\r\n]", "", reference.strip()).replace("\\", "/")
    if is_beside(reference):
        return reference.removeprefix("./")
    if _SCHEME.match(reference) and not re.match(r"https?:", reference, re.IGNORECASE):
        return ""
    return _joined(base, reference)


def link_address(reference: str, base: str) -> str:
    """Return where a link leads; "" for scripts, files of the machine and the like."""
    reference = re.sub(r"[\t\r\n]", "", reference.strip()).replace("\\", "/")
    if reference.startswith("#") or re.match(r"(?:mailto|tel):", reference, re.IGNORECASE):
        return reference if len(reference) > 1 else ""
    if _SCHEME.match(reference) and not re.match(r"https?:", reference, re.IGNORECASE):
        return ""
    joined = _joined(base, reference)
    page, _, fragment = joined.partition("#")
    # A link to a place on the page itself, made whole by the browser that saved it.
    return f"#{fragment}" if fragment and page == base.partition("#")[0] else joined


def _joined(base: str, reference: str) -> str:
    try:
        joined = urljoin(base, reference) if base else reference
        return f"https:{joined}" if joined.startswith("//") else joined
    except ValueError:
        return ""
