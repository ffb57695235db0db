"""Pages that nothing marks up: the densest text, as readability finds it."""

from __future__ import annotations

import logging
from copy import deepcopy

import lxml.etree
import lxml.html
from lxml.html import HtmlElement
from readability import Document
from readability.readability import Unparseable

from articles.importing.pages.elements import link_density, one_line, text_of
from articles.importing.pages.facts import PageFacts
from articles.importing.pages.page import Excerpt, Page
from articles.importing.pages.pictures import settle_pictures
from articles.importing.pages.terms import read_terms

_MIN_TEXT = 80
_MOSTLY_LINKS = 0.6
_NEARLY_ALL = 0.85
_MUCH = 1.6
_MAX_ELEMENTS = 20_000

# It reports every element that it scores.
logging.getLogger("readability.readability").setLevel(logging.ERROR)


def read_page(page: Page) -> Excerpt | None:
    """Return what readability takes for the article; None when that is no running text."""
    if sum(1 for _ in page.tree.iter()) > _MAX_ELEMENTS:
        return None
    tree = deepcopy(page.tree)
    # It takes a picture that is loaded late for an empty element.
    settle_pictures(tree, page.facts.address)
    source = lxml.html.tostring(tree, encoding="unicode")
    try:
        summary = Document(source, min_text_length=15).summary(html_partial=True)
        body = lxml.html.document_fromstring(f"<div>{summary}</div>")
    except (Unparseable, lxml.etree.LxmlError, ValueError):
        return None
    if len(text_of(body)) < _MIN_TEXT or link_density(body) > _MOSTLY_LINKS:
        return None
    facts = PageFacts()
    read_terms(page, facts)
    place = _place_of(body, page.tree)
    return Excerpt([body if place is None else place], facts)


def _place_of(found: HtmlElement, tree: HtmlElement) -> HtmlElement | None:
    """Return the innermost element of the page that holds nearly all of the text found.

    What readability hands out lacks pictures and captions. None where the element holds much else.
    """
    pieces = {one_line(text) for text in found.itertext()}
    weights: dict[HtmlElement, int] = {}
    for element in reversed(list(tree.iter())):
        texts = [element.text, *(child.tail for child in element)]
        known = sum(len(text) for text in map(one_line, texts) if text in pieces)
        weights[element] = known + sum(weights[child] for child in element)
    place = tree
    while inner := [each for each in place if weights[each] > _NEARLY_ALL * weights[tree]]:
        place = inner[0]
    return place if len(text_of(place)) < _MUCH * len(text_of(found)) else None
