"""Links and images in brackets: inline, by reference, and footnote marks."""

import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from typing import ClassVar, NamedTuple
from xml.etree import ElementTree

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import ETX, STX

from articles.markup.escapes import unescape
from articles.markup.limits import Deadline
from articles.markup.memo import TailMemo
from articles.markup.references import Reference, normalise_label
from articles.markup.urls import encode_url

_BRACKET = re.compile(r"[\[\]]")
# Brackets nested deeper than this are text.
_MAX_BRACKET_DEPTH = 32

_PARENTHESES = r"[^\s()]*+"
for _ in range(3):
    _PARENTHESES = rf"(?:[^\s()]++|\({_PARENTHESES}\))*+"
_TITLE = r"""("[^"]*+"|'[^']*+'|\([^()]*+\))"""
TARGET = re.compile(
    rf"\(\s*+(?:<([^<>\n]*+)>|((?!<){_PARENTHESES}))(?:\s++{_TITLE})?\s*+\)", re.DOTALL
)
# Editors write picture names with spaces as they are; GitHub would show the source.
SPACED_TARGET = re.compile(rf"\(\s*+([^()<>\"\n]{{1,500}}?)(?:\s++{_TITLE})?\s*+\)", re.DOTALL)
# An escaped character while inline rules run.
_ESCAPED = re.compile(rf"{STX}(\d+){ETX}")
LABEL = re.compile(r"\[([^\[\]]{0,999})\]")

Match = tuple[ElementTree.Element | str | None, int, int]


class Target(NamedTuple):
    """Where a link leads, and the index after it."""

    destination: str
    title: str | None
    end: int


class _BracketProcessor(InlineProcessor, ABC):
    """What links and images share: finding the closing bracket and what stands behind it."""

    # Inside a link there are no links.
    ANCESTOR_EXCLUDES: ClassVar[Collection[str]] = ("a",)
    spaced_targets = False

    def __init__(
        self,
        pattern: str,
        md: Markdown,
        deadline: Deadline,
        references: Mapping[str, Reference],
    ) -> None:
        super().__init__(pattern, md)
        self._deadline = deadline
        self._references = references
        self._closings = TailMemo(pair_brackets)

    def handleMatch(self, m: re.Match[str], data: str) -> Match:  # type: ignore[override]  # noqa: N802
        self._deadline.check()
        opening = m.end() - 1
        _, closings, shift = self._closings.lookup(data, opening)
        closing = closings.get(opening - shift)
        if closing is None:
            return None, m.start(), m.end()
        closing += shift
        label = data[m.end() : closing]
        target = self._find_target(data, label, closing + 1)
        if target is None:
            return None, m.start(), m.end()
        return self.build(label, target), m.start(), target.end

    @abstractmethod
    def build(self, label: str, target: Target) -> ElementTree.Element:
        """Return the element for what stands in the brackets and where it leads."""

    def _find_target(self, data: str, label: str, index: int) -> Target | None:
        match = TARGET.match(data, index)
        if match:
            destination = match[1] if match[1] is not None else match[2]
            return self._target(destination, match[3], match.end())
        if self.spaced_targets and (match := SPACED_TARGET.match(data, index)):
            return self._target(match[1], match[2], match.end())
        match = LABEL.match(data, index)
        end = match.end() if match else index
        name = match[1] if match and match[1].strip() else label
        reference = self._references.get(normalise_label(self.unescape(name)))
        if reference is None:
            return None
        return Target(reference.destination, reference.title, end)

    def unescape(self, text: str) -> str:
        """The text behind placeholders, those for escaped characters included."""
        return _ESCAPED.sub(lambda m: chr(int(m[1])), super().unescape(text))

    def _target(self, destination: str, title: str | None, end: int) -> Target:
        title = unescape(self.unescape(title[1:-1])) if title else None
        return Target(unescape(self.unescape(destination)).strip(), title, end)


class LinkProcessor(_BracketProcessor):
    """`[text](destination "title")`, `[text][label]` and `[label]`."""

    def __init__(
        self, md: Markdown, deadline: Deadline, references: Mapping[str, Reference]
    ) -> None:
        super().__init__(r"(?<!!)\[", md, deadline, references)

    def build(self, label: str, target: Target) -> ElementTree.Element:
        element = ElementTree.Element("a", {"href": encode_url(target.destination)})
        element.text = label
        if target.title is not None:
            element.set("title", target.title)
        return element


class ImageProcessor(_BracketProcessor):
    """`![text](source "caption")`, `![text][label]` and `![label]`."""

    # A picture may well be a link.
    ANCESTOR_EXCLUDES: ClassVar[Collection[str]] = ()
    spaced_targets = True

    def __init__(
        self, md: Markdown, deadline: Deadline, references: Mapping[str, Reference]
    ) -> None:
        super().__init__(r"!\[", md, deadline, references)

    def build(self, label: str, target: Target) -> ElementTree.Element:
        alt = " ".join(re.sub(r"[*_`~]{1,3}", "", self.unescape(label)).split())
        element = ElementTree.Element("img", {"src": encode_url(target.destination)})
        # Nothing in the brackets is no alternative text yet; a decorative picture says that it is.
        if alt:
            element.set("alt", alt)
        if target.title is not None:
            element.set("title", target.title)
        return element


def pair_brackets(text: str) -> dict[int, int]:
    """Position of the closing bracket for each opening one that has it."""
    pairs: dict[int, int] = {}
    open_brackets: list[int] = []
    for match in _BRACKET.finditer(text):
        if match[0] == "[":
            open_brackets.append(match.start())
        elif open_brackets:
            opening = open_brackets.pop()
            if len(open_brackets) < _MAX_BRACKET_DEPTH:
                pairs[opening] = match.start()
    return pairs
