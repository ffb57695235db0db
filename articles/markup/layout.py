"""Lines in the finished HTML, so that stored pages can be read and compared."""

from xml.etree import ElementTree

from markdown.treeprocessors import Treeprocessor

from articles.markup.tags import BLOCK_TAGS


class LayoutTreeprocessor(Treeprocessor):
    """Puts every block element on a line of its own.

    It replaces Python-Markdown's, which recurses and trims code.
    """

    def run(self, root: ElementTree.Element) -> None:
        for parent in root.iter():
            previous: ElementTree.Element | None = None
            for child in parent:
                if child.tag in BLOCK_TAGS:
                    if previous is None:
                        parent.text = _end_line(parent.text)
                    else:
                        previous.tail = _end_line(previous.tail)
                    if not (child.tail or "").startswith("\n"):
                        child.tail = f"\n{child.tail or ''}"
                previous = child


def _end_line(text: str | None) -> str:
    return text if text and text.endswith("\n") else f"{text or ''}\n"
