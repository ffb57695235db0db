"""Callouts: a quotation whose first line is `[!NOTE]` or `[!INSIGHT] 제목`.

`[!QUOTE] 이름` announces a pull quote: words set large, and whose they are.
"""

import re
from typing import NamedTuple

from articles.markup.blocks import Paragraph, Quote

_TITLES = {
    "note": "참고",
    "tip": "도움말",
    "important": "중요",
    "warning": "주의",
    "caution": "경고",
    "insight": "Editor’s Insight",
    # A pull quote needs no heading; what may stand in its place says who speaks.
    "quote": "",
}
_HEAD = re.compile(rf"\[!({'|'.join(_TITLES)})\][+-]?[ \t]*(.*)$", re.IGNORECASE)


class Callout(NamedTuple):
    """`kind` is one of note, tip, important, warning, caution, insight, quote."""

    kind: str
    title: str

    @property
    def is_pull_quote(self) -> bool:
        return self.kind == "quote"


def take_callout(quote: Quote) -> Callout | None:
    """The callout a quotation announces; its announcement is removed from the quotation."""
    first = quote.children[0] if quote.children else None
    if not isinstance(first, Paragraph) or not first.lines:
        return None
    match = _HEAD.match(first.lines[0].rstrip())
    if match is None:
        return None
    del first.lines[0]
    if not first.lines:
        del quote.children[0]
    kind = match[1].lower()
    return Callout(kind, match[2].strip() or _TITLES[kind])
