"""kramdown's attribute lists, as Jekyll authors write them: `{: .notice width="300"}`.

They style another site's pages, so they are taken out.  Only what really is such a list counts;
any other text in braces is the author's.  One class is ours: `{: .decorative}` behind a picture
says that it tells nothing, so that it has no alternative text on purpose.
"""

import re
from typing import Any
from xml.etree import ElementTree

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import ETX, INLINE_PLACEHOLDER_PREFIX

_NAME = r"[A-Za-z][A-Za-z0-9_:-]*+"
_ITEM = rf"""(?:[.#]{_NAME}|{_NAME}(?:=(?:"[^"\n]*+"|'[^'\n]*+'|[^\s{{}}"']++))?+)"""
_PLACEHOLDER = re.compile(rf"{INLINE_PLACEHOLDER_PREFIX}(\d+){ETX}$")
_DECORATIVE = re.compile(r"[\s{:]\.decorative(?![\w:-])")
ATTRIBUTE_LIST = rf"\{{::?[ \t]*+{_ITEM}(?:[ \t]++{_ITEM})*+[ \t]*+/?\}}"

_HEADING_ATTRIBUTES = re.compile(r"\{:?[ \t]*(?=[#.])([^{}]*)\}$")


def split_heading(text: str) -> tuple[str, str]:
    """A heading's title, and what the braces behind it say: `결론 {#end}` is 결론 and `#end`."""
    attributes = _HEADING_ATTRIBUTES.search(text)
    if attributes is None:
        return text, ""
    return text[: attributes.start()].rstrip(), attributes[1]


class AttributesProcessor(InlineProcessor):
    """Takes a list out of the text behind a link, a picture, code or emphasis.

    What it follows has become a placeholder by then.
    """

    def __init__(self, md: Markdown) -> None:
        super().__init__(rf"(?<={ETX}){ATTRIBUTE_LIST}", md)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[ElementTree.Element | str | None, int, int]:
        if _DECORATIVE.search(m[0]):
            picture = self._element_before(data[: m.start()])
            if picture is not None and picture.tag == "img":
                picture.set("alt", "")
        return "", m.start(), m.end()

    def _element_before(self, text: str) -> ElementTree.Element | None:
        """What the placeholder at the end of the text stands for."""
        placeholder = _PLACEHOLDER.search(text)
        if placeholder is None or self.md is None:
            return None
        inline: Any = self.md.treeprocessors["inline"]
        element = inline.stashed_nodes.get(placeholder[1])
        return element if isinstance(element, ElementTree.Element) else None
