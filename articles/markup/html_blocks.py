"""Where a block of raw HTML begins and ends: CommonMark's seven conditions."""

import re

from articles.markup.tags import is_html_tag

_BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|"
    "dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|"
    "header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|"
    "param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul"
)
_ATTRIBUTE = r"""\s+[a-zA-Z_:][\w.:-]*+(?:\s*+=\s*+(?:[^\s"'=<>`]++|'[^']*+'|"[^"]*+"))?+"""
_COMPLETE_TAG = rf"<(?:[a-zA-Z][a-zA-Z0-9-]*+(?:{_ATTRIBUTE})*+\s*+/?|/[a-zA-Z][a-zA-Z0-9-]*+\s*+)>"
_NAME = re.compile(r"</?([a-zA-Z][^\s/>]*)")
# Only the seventh condition may not interrupt a paragraph.
_INLINE_CONDITION = 7

_OPENINGS = {
    1: re.compile(r"<(?:script|pre|style|textarea)(?:[\s>]|$)", re.IGNORECASE),
    2: re.compile(r"<!--"),
    3: re.compile(r"<[?]"),
    4: re.compile(r"<![a-zA-Z]"),
    5: re.compile(r"<!\[CDATA\["),
    6: re.compile(rf"</?(?:{_BLOCK_TAGS})(?:\s|/?>|$)", re.IGNORECASE),
    _INLINE_CONDITION: re.compile(rf"{_COMPLETE_TAG}\s*$", re.ASCII),
}
_ENDINGS = {
    1: re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE),
    2: re.compile(r"-->"),
    3: re.compile(r"[?]>"),
    4: re.compile(r">"),
    5: re.compile(r"\]\]>"),
}


def html_condition(text: str, *, in_paragraph: bool) -> int | None:
    """The condition (1 to 7) by which this text opens a block of HTML, or None."""
    name = _NAME.match(text)
    if name and not is_html_tag(name[1]):
        return None
    for condition, opening in _OPENINGS.items():
        if opening.match(text) and not (condition == _INLINE_CONDITION and in_paragraph):
            return condition
    return None


def ends_html_block(condition: int, text: str) -> bool:
    """Whether this line is the last of a block opened by one of conditions 1 to 5."""
    ending = _ENDINGS.get(condition)
    return ending is not None and ending.search(text) is not None
