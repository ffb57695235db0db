"""Raw HTML within a line, told apart from titles in angle brackets such as `<기생충>` or `<Her>`."""

import re
from xml.etree import ElementTree

from markdown.inlinepatterns import HtmlInlineProcessor

from articles.markup.tags import is_html_tag

_TAG_NAME = re.compile(r"</?([^\s/>]+)")


class RawHtmlProcessor(HtmlInlineProcessor):
    """Stashes tags HTML knows; any other word in angle brackets stays text."""

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[ElementTree.Element | str | None, int | None, int | None]:
        name = _TAG_NAME.match(m[0])
        if name and m[0][1] not in "!?" and not is_html_tag(name[1]):
            return None, m.start(), m.start() + 1
        return super().handleMatch(m, data)
