"""Which line of the source an element comes from, for those who show or search both.

The number travels as a class of ours, since only those survive tidying; it is asked for by the
preview and by `picture_uses`, and never stored.
"""

from xml.etree import ElementTree

from markdown.treeprocessors import Treeprocessor

from articles.markup.marks import marked

CLASS_PREFIX = "source-line-"
# Holds the number until every rule that reads or replaces classes is done.
_ATTRIBUTE = "data-source-line"


def note_line(element: ElementTree.Element, index: int) -> None:
    """Remember the line, counted from zero, at which a block begins."""
    element.set(_ATTRIBUTE, str(index + 1))


class SourceLineTreeprocessor(Treeprocessor):
    """Turns remembered lines into classes, such as `source-line-12` for the twelfth line."""

    def run(self, root: ElementTree.Element) -> None:
        for element in root.iter():
            if line := element.attrib.pop(_ATTRIBUTE, ""):
                names = f"{element.get('class', '')} {marked(CLASS_PREFIX + line)}"
                element.set("class", names.strip())
