"""Boxes that set a remark apart from an article's text, as quotations that are callouts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement, builder

from articles.importing.line_labels import is_insight_label
from articles.importing.pages.elements import drop, lines_of, text_of
from articles.importing.tag_arguments import callout_kind

# What themes and generators call such boxes; the kind stands in the same class or in another.
_BOX = re.compile(
    r"^(?:callout|admonition|markdown-alert|notice|alert(?=-))(?:-{1,2}(?P<kind>[a-z]+))?$"
)
_TITLE = re.compile(r"^(?:callout|admonition|markdown-alert|alert)-(?:title|heading|header)$")
_BOXES = ("div", "p", "aside", "section", "blockquote")
_LABELS = ("strong", "b", "p", "span", "div", "h2", "h3", "h4", "h5", "h6", "cite")
_MAX_LENGTH = 1500
_MOST = 50


def frame_callouts(body: HtmlElement) -> None:
    """Make boxes with remarks `<blockquote data-callout="KIND" title="…">`, without their titles."""
    for box in islice((each for each in body.iter(*_BOXES) if _kind(each)), _MOST):
        if box is not body and len(text_of(box)) <= _MAX_LENGTH:
            titles = [each for each in box.iter() if _has(each, _TITLE)]
            _frame(box, callout_kind(_kind(box)), titles)
    for label in islice(_insight_labels(body), _MOST):
        box = label.getparent()
        if box is not None and box is not body and _holds_remark(box, label):
            _frame(box, "INSIGHT", [label])


def _kind(box: HtmlElement) -> str:
    """Return the kind that a box's classes name, "note" where they name none, "" for no box."""
    found = [match for each in _classes(box) if (match := _BOX.match(each))]
    if not found or any(map(_TITLE.match, _classes(box))):
        return ""
    named = [match["kind"] for match in found if match["kind"]]
    beside = [each for each in _classes(box) if callout_kind(each) != "NOTE"]
    return next(iter([*named, *beside]), "note")


def _insight_labels(body: HtmlElement) -> Iterator[HtmlElement]:
    for element in list(body.iter(*_LABELS)):
        if len(element) == 0 and is_insight_label((element.text or "").strip()):
            yield _whole(element, body)


def _whole(label: HtmlElement, body: HtmlElement) -> HtmlElement:
    """Return the outermost element within the body that holds the label alone."""
    while (above := label.getparent()) is not None and above is not body and len(above) == 1:
        if (above.text or "").strip() or (label.tail or "").strip():
            break
        label = above
    return label


def _holds_remark(box: HtmlElement, label: HtmlElement) -> bool:
    """Whether the box is nothing but a remark, which its label heads."""
    lines = lines_of(box)
    is_short = box.tag in _BOXES and len(text_of(box)) <= _MAX_LENGTH
    return is_short and len(lines) > 1 and lines[0] == text_of(label)


def _frame(box: HtmlElement, kind: str, titles: list[HtmlElement]) -> None:
    title = " ".join(map(text_of, titles))
    for each in titles:
        drop(each)
    if box.tag == "p":
        inner = builder.P(box.text or "", *box)
        box.text = None
        box.append(inner)
    box.tag = "blockquote"
    box.attrib.clear()
    # The class keeps the box from being taken for the page's frame.
    for name, value in (("class", "has-callout"), ("data-callout", kind), ("title", title)):
        box.set(name, value)


def _has(element: HtmlElement, pattern: re.Pattern[str]) -> bool:
    return any(map(pattern.match, _classes(element)))


def _classes(element: HtmlElement) -> list[str]:
    return (element.get("class") or "").split()
