"""Bold, italic and struck text beside Hangul.

CommonMark lets `**` close only where punctuation and letters meet in a certain way, a rule made
for languages with spaces between words.  In `**자본주의(기술)**를` it leaves the asterisks
standing, because a particle follows the bracket.  Here a run of asterisks may open unless a space
follows it and may close unless a space precedes it; which of the two it does is decided by
whether something is open.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple
from xml.etree import ElementTree

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor

from articles.markup.limits import Deadline
from articles.markup.memo import TailMemo

_RUN = re.compile(r"\*+|_+|~+")
_IDENTIFIER_END = re.compile(r"[A-Za-z0-9]")
_TAGS = {"*": ("em", "strong"), "_": ("em", "strong"), "~": ("del", "del")}
_STRIKE_WIDTH = 2


class Span(NamedTuple):
    """An element: its markers are `width` characters at `start` and before `end`."""

    start: int
    end: int
    width: int
    tag: str


class _Run:
    """A run of equal marks, of which `left`..`right` is not yet used up."""

    __slots__ = ("can_close", "can_open", "left", "length", "mark", "right")

    def __init__(self, match: re.Match[str], text: str) -> None:
        self.mark = match[0][0]
        self.left, self.right = match.span()
        self.length = len(match[0])
        before = text[self.left - 1 : self.left]
        after = text[self.right : self.right + 1]
        self.can_open = bool(after) and not after.isspace()
        self.can_close = bool(before) and not before.isspace()
        if self.mark == "~":
            is_strike = self.length == _STRIKE_WIDTH
            self.can_open, self.can_close = (
                self.can_open and is_strike,
                self.can_close and is_strike,
            )
        elif self.mark == "_":
            self.can_open = self.can_open and not before.isalnum()
            self.can_close = self.can_close and self._closes_underscore(before, after)
        elif self.length == 1 and before.isdecimal() and after.isdecimal():
            # 5*3*2 is a product.
            self.can_open = self.can_close = False

    def _closes_underscore(self, before: str, after: str) -> bool:
        """`_강조_를` closes before a particle; `snake_case` and `__init__을` are names."""
        if not after.isalnum():
            return True
        return not after.isascii() and not (self.length > 1 and _IDENTIFIER_END.match(before))

    @property
    def remaining(self) -> int:
        return self.right - self.left

    def pairs_with(self, closer: "_Run") -> bool:
        """One mark in the middle of a word does not pair with two: `*가**나*`."""
        if self.mark != closer.mark:
            return False
        is_ambiguous = self.can_close or closer.can_open
        return not (is_ambiguous and self.length + closer.length == 3)


def find_spans(text: str) -> list[Span]:
    """Every emphasised span of a text, ordered by start; spans nest and never cross."""
    spans: list[Span] = []
    openers: list[_Run] = []
    # Below these depths nothing can match a closer of the same kind, as an earlier one found out.
    floors: dict[tuple[str, bool, int], int] = {}
    for match in _RUN.finditer(text):
        run = _Run(match, text)
        kind = (run.mark, run.can_open, run.length % 3)
        while run.can_close and run.remaining:
            floor = floors.get(kind, 0)
            index = _find_opener(openers, run, floor)
            if index is None:
                floors[kind] = len(openers)
                break
            spans.append(_pair(openers[index], run))
            del openers[index + (1 if openers[index].remaining else 0) :]
            for key, depth in floors.items():
                floors[key] = min(depth, len(openers))
        if run.can_open and run.remaining:
            openers.append(run)
    return sorted(spans)


def _find_opener(openers: Sequence[_Run], closer: _Run, floor: int) -> int | None:
    for index in range(len(openers) - 1, floor - 1, -1):
        if openers[index].pairs_with(closer):
            return index
    return None


def _pair(opener: _Run, closer: _Run) -> Span:
    """Use up the inner ends of both runs; three and three read as bold around italic."""
    width = min(opener.remaining, closer.remaining, 2)
    if opener.remaining == closer.remaining == 3:
        width = 1
    span = Span(opener.right - width, closer.left + width, width, _TAGS[opener.mark][width - 1])
    opener.right -= width
    closer.left += width
    return span


def build_element(text: str, spans: Sequence[Span]) -> ElementTree.Element:
    """The element of the first span with the others, all of them inside it, nested in it."""
    root = ElementTree.Element(spans[0].tag)
    path = [(root, spans[0])]
    cursor = spans[0].start + spans[0].width
    for span in spans[1:]:
        while span.start >= path[-1][1].end:
            cursor = _close(path, text, cursor)
        parent = path[-1][0]
        _append_text(parent, text[cursor : span.start])
        path.append((ElementTree.SubElement(parent, span.tag), span))
        cursor = span.start + span.width
    while path:
        cursor = _close(path, text, cursor)
    return root


def _close(path: list[tuple[ElementTree.Element, Span]], text: str, cursor: int) -> int:
    element, span = path.pop()
    _append_text(element, text[cursor : span.end - span.width])
    return span.end


def _append_text(element: ElementTree.Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


class EmphasisProcessor(InlineProcessor):
    """`*`, `**`, `***`, `_`, `__` and `~~`."""

    def __init__(self, md: Markdown, deadline: Deadline) -> None:
        super().__init__(r"[*_~]+", md)
        self._deadline = deadline
        self._spans = TailMemo(find_spans)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[ElementTree.Element | None, int, int]:
        self._deadline.check()
        text, spans, shift = self._spans.lookup(data, m.start())
        start = m.start() - shift
        first = bisect_left(spans, (start,))
        if first == len(spans):
            return None, m.start(), len(data)
        outer = spans[first]
        last = bisect_left(spans, (outer.end,), lo=first)
        element = build_element(text, spans[first:last])
        return element, outer.start + shift, outer.end + shift
