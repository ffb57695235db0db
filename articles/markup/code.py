"""Code: spans within a line, and highlighted blocks."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString, code_escape
from pygments import format as format_tokens
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer, LexerMeta
from pygments.lexers import find_lexer_class_by_name
from pygments.util import ClassNotFound

from articles.markup.limits import Deadline
from articles.markup.marks import marked
from articles.markup.memo import TailMemo

# Highlighting is a courtesy; beyond these sizes code is shown plain rather than late.
MAX_HIGHLIGHTED_BLOCK = 20_000
MAX_HIGHLIGHTED_TOTAL = 60_000

_TICKS = re.compile(r"`+")
_LANGUAGE = re.compile(r"\{?\s*\.?([A-Za-z0-9_+#.-]{1,40})")
_CLASS_CHARACTERS = re.compile(r"[^a-z0-9_-]+")
_FORMATTER = HtmlFormatter(nowrap=True, classprefix=marked(""))


class CodeSpanProcessor(InlineProcessor):
    """Text between two runs of equally many backticks."""

    def __init__(self, md: Markdown, deadline: Deadline) -> None:
        super().__init__(r"(?<!`)`+", md)
        self._deadline = deadline
        self._runs = TailMemo(runs_by_length)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[ElementTree.Element | None, int, int]:
        self._deadline.check()
        if is_escaped(data, m.start()):
            # The backslash belongs to the first backtick only.
            return None, m.start(), m.start() + 1
        width = len(m[0])
        _, runs, shift = self._runs.lookup(data, m.start())
        starts = runs.get(width, [])
        index = bisect_right(starts, m.start() - shift)
        if index == len(starts):
            return None, m.start(), m.end()
        end = starts[index] + shift
        element = ElementTree.Element("code")
        element.text = AtomicString(code_escape(_trim(data[m.end() : end])))
        return element, m.start(), end + width


def runs_by_length(text: str) -> dict[int, list[int]]:
    runs: dict[int, list[int]] = {}
    for match in _TICKS.finditer(text):
        runs.setdefault(len(match[0]), []).append(match.start())
    return runs


def is_escaped(text: str, position: int) -> bool:
    """Whether an odd number of backslashes stands before a position."""
    before = text[max(0, position - 64) : position]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _trim(text: str) -> str:
    """Line ends become spaces; one space on each side belongs to the backticks."""
    text = text.replace("\n", " ")
    if text.startswith(" ") and text.endswith(" ") and text.strip():
        return text[1:-1]
    return text


class CodeHighlighter:
    """Colours the code blocks of one document until its budget is used up."""

    def __init__(self, deadline: Deadline, *, is_enabled: bool = True) -> None:
        self._deadline = deadline
        self._budget = MAX_HIGHLIGHTED_TOTAL if is_enabled else 0

    def highlight(self, text: str, language: str) -> str | None:
        """HTML of spans with Pygments' class names, or None where code stays plain."""
        lexer_class = _find_lexer_class(language)
        if lexer_class is None or len(text) > min(MAX_HIGHLIGHTED_BLOCK, self._budget):
            return None
        self._budget -= len(text)
        lexer = lexer_class(stripnl=False, ensurenl=False)
        html: str = format_tokens(self._read_tokens(lexer, text), _FORMATTER)
        return html

    def _read_tokens(self, lexer: Lexer, text: str) -> Iterator[tuple[Any, str]]:
        # Some lexers are quadratic in what looks like one endless expression.
        for token in lexer.get_tokens(text):
            self._deadline.check()
            yield token


def parse_language(info: str) -> str:
    """The language named by the text after a fence: `python`, `{.python}`, `c++ title="…"`."""
    match = _LANGUAGE.match(info)
    return match[1].lower() if match else ""


def language_class(language: str) -> str:
    """A class name such as `language-bash`; what a class cannot hold becomes a hyphen."""
    return (
        f"language-{_CLASS_CHARACTERS.sub('-', language.replace('+', 'p').replace('#', 'sharp'))}"
    )


@lru_cache(maxsize=64)
def _find_lexer_class(language: str) -> LexerMeta | None:
    try:
        return find_lexer_class_by_name(language) if language else None
    except ClassNotFound:
        return None
