"""Pages that nothing marks up: the densest text, as readability finds it."""

from __future__ import annotations

import logging

import lxml.etree
import lxml.html
from readability import Document
from readability.readability import Unparseable

from articles.importing.pages.elements import text_of
from articles.importing.pages.facts import PageFacts
from articles.importing.pages.page import Excerpt, Page
from articles.importing.pages.terms import read_terms

_MIN_TEXT = 80
_MAX_ELEMENTS = 20_000

# It reports every element that it scores.
logging.getLogger("readability.readability").setLevel(logging.ERROR)


def read_page(page: Page) -> Excerpt | None:
    """Return what readability takes for the article; None when that is no running text."""
    if sum(1 for _ in page.tree.iter()) > _MAX_ELEMENTS:
        return None
    source = lxml.html.tostring(page.tree, encoding="unicode")
    try:
        summary = Document(source, min_text_length=15).summary(html_partial=True)
        body = lxml.html.fragment_fromstring(summary, create_parent="div")
    except (Unparseable, lxml.etree.LxmlError, ValueError):
        return None
    if len(text_of(body)) < _MIN_TEXT:
        return None
    facts = PageFacts()
    read_terms(page, facts)
    return Excerpt([body], facts)
