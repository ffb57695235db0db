"""The picture that a page shows above its article's text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement, builder

from articles.importing.pages.captions import caption_text
from articles.importing.pages.elements import one_line
from articles.importing.pages.facts import PageFacts
from articles.importing.pages.pictures import address_of
from articles.importing.picture_addresses import original

_SIZE = re.compile(r"[-_](?:\d{2,5}x\d{2,5}|scaled|thumb|w\d{2,4})(?=\.|$)")
# Covers are shown behind the title.
_BACKGROUND = re.compile(
    r"background(?:-image)?\s*:[^;]{0,100}?url\(\s?['\"]?(?P<address>[^'\"()\s]{1,1000})",
    re.IGNORECASE,
)
_MAX_STYLE = 2000


def settle_lead(tree: HtmlElement, in_text: Iterable[str], facts: PageFacts) -> None:
    """Keep the lead picture only if the page shows it, and not within the text already.

    What pages name for sharing is otherwise often a logo, or a picture that no reader sees.
    """
    wanted = _name(facts.lead_image)
    shown = {} if not wanted else _shown(tree, facts.address)
    image = shown.get(wanted)
    if image is None or wanted in map(_name, in_text):
        facts.lead_image = facts.lead_alt = facts.lead_caption = ""
        return
    facts.lead_image = original(address_of(image, facts.address) or facts.lead_image)
    facts.lead_alt = one_line(image.get("alt")) or facts.lead_alt
    facts.lead_caption = facts.lead_caption or _caption_of(image)


def _caption_of(image: HtmlElement) -> str:
    figure = next(image.iterancestors("figure"), None)
    captions = () if figure is None else figure.iter("figcaption")
    return next(filter(None, map(caption_text, captions)), "")


def _shown(tree: HtmlElement, base: str) -> dict[str, HtmlElement]:
    shown: dict[str, HtmlElement] = {}
    for image in tree.iter("img"):
        shown.setdefault(_name(address_of(image, base)), image)
    for element in tree.iter("div", "section", "header", "figure"):
        if match := _BACKGROUND.search((element.get("style") or "")[:_MAX_STYLE]):
            image = builder.E.img(src=match["address"])
            shown.setdefault(_name(address_of(image, base)), image)
    return shown


def _name(address: str) -> str:
    """Return the name of a picture's file, which its smaller renditions share."""
    try:
        path = urlsplit(original(address)).path
    except ValueError:
        return ""
    name = PurePosixPath(unquote(path)).name
    return _SIZE.sub("", name.rpartition(".")[0] or name).casefold()
