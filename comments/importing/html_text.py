"""A comment's HTML as text with the marks that our comments know. Linear in its length."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

# A tag ends before the next one begins, so that nothing is ever read twice. A lone `<` is text.
_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)(?P<rest>(?:[^<>\"']|\"[^<\"]*\"|'[^<']*'|[\"'])*+)>"
    r"|<!--[^<>]*-->|<[!?][^<>]*>"
)
_ATTRIBUTE = re.compile(
    r"\b(?P<name>href|src|alt)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+))",
    re.IGNORECASE,
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "pre",
        "blockquote",
        "table",
        "tr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "hr",
    ]
)
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`", "tt": "`", "kbd": "`"}
_UNSEEN = frozenset({"script", "style", "template", "title"})
_WEB_TARGET = re.compile(r"https?://[^\s<>]{1,1900}", re.IGNORECASE)
_SPACES = re.compile(r"[^\S\n]+")
# Python refuses to read numbers of thousands of digits, and no character has such a one.
_ENDLESS_NUMBER = re.compile(r"&#\d{8,};?")


@dataclass(frozen=True, slots=True)
class _Style:
    """How a run of text is set; `marks` is "", "*", "**" or "***"."""

    marks: str = ""
    is_code: bool = False
    target: str = ""


@dataclass(frozen=True, slots=True)
class _Run:
    text: str
    style: _Style


_Line = list[_Run]


def text_of(source: str, *, line_ends_count: bool = False) -> str:
    """Return HTML as our comments' text: paragraphs, **bold**, *em*, `code`, > quotes, links.

    With `line_ends_count` a line end in the source breaks the line, as WordPress has it.
    """
    setter = _Setter(line_ends_count=line_ends_count)
    position = 0
    for match in _TAG.finditer(source):
        setter.text(source[position : match.start()])
        position = match.end()
        if match["name"]:
            setter.tag(match["name"].lower(), match["rest"], is_end=bool(match["end"]))
    setter.text(source[position:])
    return setter.result()


def unescaped(source: str) -> str:
    """Return the text with its entities as the characters that they stand for."""
    return html.unescape(_ENDLESS_NUMBER.sub("\ufffd", source))


class _Setter:
    """Sets lines of runs while the tags go by; a mark never reaches over the end of a line."""

    def __init__(self, *, line_ends_count: bool) -> None:
        self._line_ends_count = line_ends_count
        # Each line with how many quotes it stands in; an empty one parts paragraphs.
        self._lines: list[tuple[int, _Line]] = [(0, [])]
        self._depths = dict.fromkeys(("**", "*", "`"), 0)
        self._quotes = 0
        self._target = ""
        self._unseen = ""

    def text(self, source: str) -> None:
        if self._unseen or not source:
            return
        text = unescaped(source).replace("\r\n", "\n").replace("\r", "\n")
        if not self._line_ends_count and not self._depths["`"]:
            text = text.replace("\n", " ")
        for number, line in enumerate(text.split("\n")):
            if number:
                self._break()
            if line:
                self._lines[-1][1].append(_Run(line, self._style()))

    def tag(self, name: str, rest: str, *, is_end: bool) -> None:
        if self._unseen:
            self._unseen = "" if is_end and name == self._unseen else self._unseen
        elif name in _UNSEEN:
            self._unseen = "" if is_end else name
        elif name in _MARKS:
            mark = _MARKS[name]
            self._depths[mark] = max(0, self._depths[mark] + (-1 if is_end else 1))
        elif name == "a":
            self._target = "" if is_end else _web_target(_attributes(rest).get("href", ""))
        elif name == "img":
            self._picture(_attributes(rest))
        elif name == "br":
            self._break()
        elif name in _BLOCKS:
            self._block(name, is_end=is_end)

    def result(self) -> str:
        lines = []
        for quotes, runs in self._lines:
            written = _SPACES.sub(" ", "".join(_written(runs))).strip()
            lines.append(f"> {written}" if quotes and written else written)
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

    def _style(self) -> _Style:
        marks = "**" * bool(self._depths["**"]) + "*" * bool(self._depths["*"])
        return _Style(marks, bool(self._depths["`"]), self._target)

    def _break(self) -> None:
        self._lines.append((self._quotes, []))

    def _block(self, name: str, *, is_end: bool) -> None:
        if name == "blockquote":
            self._quotes = max(0, self._quotes + (-1 if is_end else 1))
        quotes, runs = self._lines[-1]
        if quotes != self._quotes or any(run.text.strip() for run in runs):
            if name not in ("li", "tr", "dt", "dd"):
                self._lines.append((0, []))
            self._break()
        if name == "li" and not is_end:
            self._lines[-1][1].append(_Run("- ", _Style()))

    def _picture(self, attributes: dict[str, str]) -> None:
        """Leave a picture's description, linked to it; comments show no pictures."""
        target = _web_target(attributes.get("src", ""))
        label = " ".join(attributes.get("alt", "").split()) or target
        if label:
            self._lines[-1][1].append(_Run(label, replace(self._style(), target=target)))


def _attributes(rest: str) -> dict[str, str]:
    return {
        match["name"].lower(): unescaped(match["double"] or match["single"] or match["bare"] or "")
        for match in _ATTRIBUTE.finditer(rest)
    }


def _web_target(address: str) -> str:
    """Return an address that a link may have, with brackets as our links can hold them."""
    address = address.strip()
    if not _WEB_TARGET.fullmatch(address):
        return ""
    return address.replace("(", "%28").replace(")", "%29")


def _written(runs: _Line) -> Iterator[str]:
    for style, group in groupby(runs, key=lambda run: run.style):
        text = "".join(run.text for run in group)
        inner = text.strip()
        if not inner:
            yield text
            continue
        before, _, after = text.partition(inner)
        yield f"{before}{_set(inner, style)}{after}"


def _set(text: str, style: _Style) -> str:
    """Return the text with the marks of its style, as far as it can carry them."""
    if style.is_code and "`" not in text:
        text = f"`{text}`"
    elif style.target:
        text = _link(text, style.target)
    return f"{style.marks}{text}{style.marks}"


def _link(label: str, target: str) -> str:
    if label == target:
        return target
    if "[" in label or "]" in label or len(label) > 200:
        return f"{label} ({target})"
    return f"[{label}]({target})"
