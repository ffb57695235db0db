"""The pictures of a page under the addresses that they really have."""

from __future__ import annotations

import re

from lxml.html import HtmlElement, fragment_fromstring

from articles.importing.pages.addresses import is_beside, picture_address
from articles.importing.pages.elements import drop

# Where scripts find the address of a picture that is loaded only when it comes into sight.
_LAZY = [
    "data-orig-file",
    "data-org-src",
    "data-lazy-src",
    "data-original",
    "data-src",
    "data-actualsrc",
    "data-echo",
    "data-url",
    "data-image",
    "data-img-src",
    "data-hi-res-src",
    "data-full-src",
    "data-phocus",
    "data-lazyload",
    "data-srcset",
    "data-lazy-srcset",
    "srcset",
]
_PLACEHOLDER = re.compile(
    r"^$|^data:|^about:|(?:^|[/_.-])(?:blank|spacer|transparent|placeholder|pixel|1x1|dot|empty|loading|lazy"
    r"|loader|grey|noimage|no_image|img_blank|clear)[\w-]{0,12}\.(?:gif|png|jpe?g|svg|webp)",
    re.IGNORECASE,
)
# What counts readers, and the signs of buttons.
_DECORATION = re.compile(
    r"doubleclick|/pixel|facebook\.com/tr|/beacon|/emoji/|gravatar\.com|(?:^|[/_.-])(?:btn|bullet|blt|ico|icon|icons"
    r"|logo|sns|share|banner)[_.-]?[\w-]{0,20}\.(?:gif|png|jpe?g|svg|webp)",
    re.IGNORECASE,
)
_MIN_SIDE = 3
_CANDIDATE = re.compile(r"(?P<address>[^\s,]\S*?)(?:\s+(?P<size>[\d.]{1,8})[wx])?(?:,\s+|,?\s*$)")


def settle_pictures(body: HtmlElement, base: str) -> None:
    """Give every picture its address as `src`, and take out those that show nothing.

    `base` is the address that relative ones are told by, or "".
    """
    _unwrap_noscript(body)
    for image in list(body.iter("img", "amp-img")):
        address = address_of(image, base)
        if not address or _is_dot(image) or _DECORATION.search(address):
            drop(image)
            continue
        kept = {name: image.get(name) for name in ("alt", "class", "title", "width")}
        image.tag = "img"
        image.attrib.clear()
        image.set("src", address)
        for name, value in kept.items():
            if value:
                image.set(name, value)
    # The parser does not know that a `<source>` is empty, and puts the picture into it.
    for source in list(body.iter("source")):
        if source.get("src") is None:
            source.drop_tag()


def _unwrap_noscript(body: HtmlElement) -> None:
    """Put what a page shows without scripts in the place of a picture that needs them."""
    for element in list(body.iter("noscript")):
        images = list(element.iter("img"))
        if not images and "<img" in (element.text or ""):
            images = list(fragment_fromstring(element.text or "", create_parent="div").iter("img"))
        above = element.getprevious()
        lazy = None if above is None else next(iter(above.iter("img")), None)
        parent = element.getparent()
        if images and parent is not None and (lazy is None or _own_address(lazy) == ""):
            images[0].tail = None
            parent.insert(parent.index(element), images[0])
            if lazy is not None:
                drop(lazy)
        drop(element)


def address_of(image: HtmlElement, base: str) -> str:
    """Return where a picture really is: a web address, or a path from the page; "" for nowhere."""
    address = picture_address(_own_address(image), base)
    if address:
        return address
    parent = next(image.iterancestors("picture"), None)
    if parent is not None:
        offered = (
            _largest(source.get("srcset") or source.get("data-srcset") or "")
            for source in parent.iter("source")
        )
        return picture_address(next(filter(None, offered), ""), base)
    return ""


def _own_address(image: HtmlElement) -> str:
    """Return the picture's address as it stands there; a file saved beside the page is surest."""
    shown = (image.get("src") or "").strip()
    if is_beside(shown) and not _PLACEHOLDER.search(shown):
        return shown
    for name in _LAZY:
        value = (image.get(name) or "").strip()
        value = _largest(value) if name.endswith("srcset") else value
        is_shown = name == "srcset" and not _PLACEHOLDER.search(shown)
        if value and not is_shown and not _PLACEHOLDER.search(value) and _is_address(value):
            return value
    return "" if _PLACEHOLDER.search(shown) else shown


def _is_address(text: str) -> bool:
    return re.match(r"(?:https?:)?//|\.{0,2}/|[^\s{}<>]+\.\w{3,4}(?:\?|$)", text) is not None


def _largest(candidates: str) -> str:
    """Return the widest of the addresses in a `srcset`."""
    found = [
        (float(match["size"] or 1), match["address"])
        for match in _CANDIDATE.finditer(candidates[:20_000])
        if re.fullmatch(r"[\d.]*\d", match["size"] or "1") and (match["size"] or "").count(".") < 2
    ]
    return max(found, key=lambda each: each[0])[1] if found else ""


def _is_dot(image: HtmlElement) -> bool:
    sides = (
        re.fullmatch(r"\s*(\d{1,5})(?:px)?\s*", image.get(name) or "")
        for name in ("width", "height")
    )
    return any(side is not None and int(side[1]) < _MIN_SIDE for side in sides)
