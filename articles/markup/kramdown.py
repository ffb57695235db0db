"""kramdown's attribute lists, as Jekyll authors write them: `{: .notice width="300"}`.

They style another site's pages, so they are taken out.  Only what really is such a list counts;
any other text in braces is the author's.
"""

import re
from xml.etree import ElementTree

from markdown.inlinepatterns import InlineProcessor
from markdown.util import ETX

_NAME = r"[A-Za-z][A-Za-z0-9_:-]*+"
_ITEM = rf"""(?:[.#]{_NAME}|{_NAME}(?:=(?:"[^"\n]*+"|'[^'\n]*+'|[^\s{{}}"']++))?+)"""
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

    def __init__(self) -> None:
        super().__init__(rf"(?<={ETX}){ATTRIBUTE_LIST}")

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[ElementTree.Element | str | None, int, int]:
        return "", m.start(), m.end()
