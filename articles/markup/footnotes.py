"""Footnotes: `[^label]` in the text and `[^label]: note` anywhere.

The notes travel through inline processing in a section at the end of the document.  Afterwards
they are numbered in the order in which the text refers to them.
"""

import re
from collections.abc import Container
from xml.etree import ElementTree

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from articles.markup.marks import marked
from articles.markup.references import normalise_label

# Holds the label until the notes are numbered.
_LABEL = "data-footnote"
REFERENCE_CLASS = "footnote-ref"
BACK_LINK_CLASS = "footnote-backref"


class FootnoteReferenceProcessor(InlineProcessor):
    """`[^label]`, where a note of that label exists."""

    def __init__(self, md: Markdown, labels: Container[str]) -> None:
        super().__init__(r"\[\^([^\]\s]{1,200})\]", md)
        self._labels = labels

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[ElementTree.Element | None, int, int]:
        label = normalise_label(m[1])
        if label not in self._labels:
            return None, m.start(), m.end()
        mark = ElementTree.Element("sup", {"class": marked(REFERENCE_CLASS), _LABEL: label})
        return mark, m.start(), m.end()


def make_section(root: ElementTree.Element) -> ElementTree.Element:
    """An empty section at the end of the document; notes are added by `make_note`."""
    section = ElementTree.SubElement(
        root, "section", {"class": marked("footnotes"), "aria-label": "각주"}
    )
    return ElementTree.SubElement(section, "ol")


def make_note(notes: ElementTree.Element, label: str) -> ElementTree.Element:
    """The list item that holds the note of a label."""
    return ElementTree.SubElement(notes, "li", {_LABEL: label})


class FootnoteTreeprocessor(Treeprocessor):
    """Numbers references and notes, and links them to each other."""

    def run(self, root: ElementTree.Element) -> None:
        notes = root.find(f"./section/ol/li[@{_LABEL}]/..")
        if notes is None:
            return
        bodies = {note.attrib.pop(_LABEL): note for note in list(notes)}
        references: dict[str, list[ElementTree.Element]] = {}
        body = [child for child in root if child.find("./ol") is not notes]
        for element in body:
            _collect(element, references)
        # Notes may refer to notes; those are numbered after the ones in the text.
        for label in list(references):
            _collect(bodies[label], references)
        for label in [label for label in bodies if label not in references]:
            _collect(bodies[label], references)
        order = [*references, *(label for label in bodies if label not in references)]
        notes[:] = [bodies[label] for label in order]
        for number, label in enumerate(order, start=1):
            bodies[label].set("id", marked(f"fn-{number}"))
            _connect(number, references.get(label, []), bodies[label])


def _collect(
    element: ElementTree.Element, references: dict[str, list[ElementTree.Element]]
) -> None:
    for mark in element.iter("sup"):
        label = mark.attrib.pop(_LABEL, None)
        if label is not None:
            references.setdefault(label, []).append(mark)


def _connect(number: int, marks: list[ElementTree.Element], note: ElementTree.Element) -> None:
    """Link the marks to the note and the note back to each mark."""
    back_links: list[ElementTree.Element] = []
    for count, mark in enumerate(marks, start=1):
        anchor = f"fnref-{number}" if count == 1 else f"fnref-{number}-{count}"
        link = ElementTree.SubElement(
            mark,
            "a",
            {
                "href": f"#fn-{number}",
                "id": marked(anchor),
                "aria-label": f"각주 {number}",
            },
        )
        link.text = AtomicString(str(number))
        back_links.append(_make_back_link(anchor, count))
    _append_back_links(note, back_links)


def _make_back_link(anchor: str, count: int) -> ElementTree.Element:
    label = "본문으로 돌아가기" if count == 1 else f"본문으로 돌아가기 ({count})"
    link = ElementTree.Element(
        "a", {"href": f"#{anchor}", "class": marked(BACK_LINK_CLASS), "aria-label": label}
    )
    link.text = AtomicString("↩")
    if count > 1:
        ElementTree.SubElement(link, "sup").text = AtomicString(str(count))
    return link


def _append_back_links(note: ElementTree.Element, back_links: list[ElementTree.Element]) -> None:
    """Put the links behind the last words of a note, or in a paragraph of their own."""
    if not back_links:
        return
    last = note[-1] if len(note) else None
    if last is None or last.tag != "p":
        last = ElementTree.SubElement(note, "p")
    for link in back_links:
        if len(last):
            last[-1].tail = (last[-1].tail or "") + " "
        elif last.text:
            last.text += " "
        last.append(link)
