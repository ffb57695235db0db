"""The words of HTML as inline Markdown: emphasis, links, code, pictures, notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from articles.importing import plain_markdown
from articles.importing.html_tree import Element

BREAK = "\n"
PARAGRAPH_END = "\n\n"

_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "del": "~~", "s": "~~", "strike": "~~"}
_TAG_OF = {"**": "strong", "*": "em", "~~": "del"}
# What Markdown has no sign for, and articles may hold.
_KEPT_TAGS = frozenset(
    ["sub", "sup", "mark", "u", "kbd", "ins", "small", "q", "abbr", "ruby", "rt"]
)
_CODE = frozenset(["code", "tt", "samp"])
_UNSEEN = frozenset(["script", "style", "template", "noscript", "input", "button", "select", "svg"])
_TARGET = re.compile(r"(?:https?://|mailto:|tel:|/(?!/)|#|\?)[^\s]", re.IGNORECASE)
_PICTURE_NAME = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|bmp|svg|heic)$", re.IGNORECASE)
_EMOJI = frozenset(["emoji", "wp-smiley"])
_FLOATING = re.compile(r"align(?:left|right|center|none)$")
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_BLANKS = re.compile(r"[ \t\r\f\v]+")
_EMPTY_LINE = re.compile(r"[ \t]*\n[ \t]*(?:\n[ \t]*)+")
_EMPHASIS_AT_AN_END = re.compile(
    r"(\*{1,2})(?![\s*])[^*\\]+(?<!\s)\1[^*\\]*|[^*\\]+(\*{1,2})(?![\s*])[^*\\]+(?<!\s)\2"
)
_FOOTNOTE_LABEL = re.compile(r"[^\w-]")


@dataclass(slots=True)
class Conversion:
    """What a conversion goes by, and what it finds out.

    With `line_ends_count` a line end breaks the line and an empty one the paragraph, as in
    WordPress's classic editor. `mend_picture` and `mend_link` give an address its final form.
    """

    line_ends_count: bool = False
    mend_picture: Callable[[str], str] = str.strip
    mend_link: Callable[[str], str] = str.strip
    warnings: list[str] = field(default_factory=list)
    notes_used: list[str] = field(default_factory=list)

    def warn(self, warning: str) -> None:
        if warning not in self.warnings:
            self.warnings.append(warning)


@dataclass(frozen=True, slots=True)
class _Style:
    marks: tuple[str, ...] = ()
    target: str = ""


@dataclass(frozen=True, slots=True)
class _Run:
    """A piece of a text; `text` is Markdown already, or BREAK, or PARAGRAPH_END."""

    text: str
    style: _Style
    is_plain: bool = True
    is_picture: bool = False


def paragraphs_of(nodes: Sequence[Element | str], conversion: Conversion) -> list[str]:
    """Return the Markdown of each paragraph that the inline nodes hold."""
    runs = list(_Reader(conversion).runs(nodes, _Style()))
    paragraphs: list[str] = []
    for is_end, group in groupby(runs, key=lambda run: run.text == PARAGRAPH_END):
        if not is_end:
            paragraphs += _written_lines(list(group))
    return paragraphs


def line_of(nodes: Sequence[Element | str], conversion: Conversion, line_break: str = " ") -> str:
    """Return the nodes as inline Markdown on one line, for headings and cells."""
    runs = list(_Reader(conversion).runs(nodes, _Style()))
    lines = (
        _written(list(group)).strip()
        for is_end, group in groupby(runs, key=lambda run: run.text in (BREAK, PARAGRAPH_END))
        if not is_end
    )
    return line_break.join(line for line in lines if line)


def picture(element: Element, caption: str, conversion: Conversion) -> str:
    """Return the Markdown of an `<img>`; "" when it has no address."""
    address = conversion.mend_picture(source_of(element))
    if not address:
        conversion.warn("a picture that has no address of its own was left out")
        return ""
    alt = " ".join(element.get("alt").split())
    return plain_markdown.image(address, caption, alt=alt)


def source_of(image: Element) -> str:
    """Return a picture's address, which lazy pages keep aside."""
    names = ("data-orig-file", "data-lazy-src", "data-src", "src")
    return next((image.get(name) for name in names if image.get(name)), "")


def is_target(address: str) -> bool:
    """Whether a link may lead there."""
    return _TARGET.match(address) is not None


class _Reader:
    def __init__(self, conversion: Conversion) -> None:
        self._conversion = conversion

    def runs(self, nodes: Sequence[Element | str], style: _Style) -> Iterator[_Run]:
        for node in nodes:
            if isinstance(node, str):
                yield from self._text(node, style)
            else:
                yield from self._element(node, style)

    def _text(self, text: str, style: _Style) -> Iterator[_Run]:
        if not self._conversion.line_ends_count:
            yield self._plain(_SPACE.sub(" ", text), style)
            return
        text = _BLANKS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
        for number, paragraph in enumerate(_EMPTY_LINE.split(text)):
            if number:
                yield _Run(PARAGRAPH_END, style)
            for line_number, line in enumerate(paragraph.split("\n")):
                if line_number:
                    yield _Run(BREAK, style)
                yield self._plain(line, style)

    def _plain(self, text: str, style: _Style) -> _Run:
        written = plain_markdown.escaped(text)
        if style.target:
            written = re.sub(r"(?<!\\)([\[\]])", r"\\\1", written)
        return _Run(written, style)

    def _element(self, element: Element, style: _Style) -> Iterator[_Run]:
        name = element.name
        if name in _UNSEEN:
            return
        if name == "br":
            yield _Run(BREAK, style)
        elif name == "img":
            yield from self._picture(element, style)
        elif name in _CODE:
            yield _Run(_code_span(element.text()), style, is_plain=False)
        elif name in _MARKS and _MARKS[name] not in style.marks:
            yield from self.runs(
                element.children, replace(style, marks=(*style.marks, _MARKS[name]))
            )
        elif name == "a":
            if "wp-block-file__button" not in element.classes:
                yield from self._link(element, style)
        elif name == "sup" and element.get("data-fn"):
            label = footnote_label(element.get("data-fn"))
            self._conversion.notes_used.append(label)
            yield _Run(f"[^{label}]", style, is_plain=False)
        elif name in _KEPT_TAGS:
            yield _Run(f"<{name}>", style, is_plain=False)
            yield from self.runs(element.children, style)
            yield _Run(f"</{name}>", style, is_plain=False)
        else:
            yield from self.runs(element.children, style)

    def _picture(self, element: Element, style: _Style) -> Iterator[_Run]:
        """Yield a picture, which text once flowed around, apart; an emoji as the sign it is."""
        classes = element.classes
        if classes & _EMOJI:
            yield self._plain(element.get("alt"), style)
            return
        written = picture(element, "", self._conversion)
        margin = [_Run(PARAGRAPH_END, style)] if any(map(_FLOATING.match, classes)) else []
        yield from (*margin, _Run(written, style, is_plain=False, is_picture=True), *margin)

    def _link(self, element: Element, style: _Style) -> Iterator[_Run]:
        target = self._conversion.mend_link(element.get("href"))
        image = element.find("img")
        shows_itself = image is not None and (
            _PICTURE_NAME.search(target.split("?")[0]) or "attachment" in element.get("rel").split()
        )
        if style.target or shows_itself or not is_target(target):
            target = style.target
        yield from self.runs(element.children, replace(style, target=target))


def footnote_label(identity: str) -> str:
    """Return what names a note in Markdown."""
    return _FOOTNOTE_LABEL.sub("-", identity)[:40]


def _code_span(text: str) -> str:
    text = _SPACE.sub(" ", text)
    if not text.strip():
        return text
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    padding = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{padding}{text}{padding}{fence}"


def _written_lines(runs: list[_Run]) -> list[str]:
    """Return a paragraph's lines, ended by two spaces; a picture on a line alone stands apart."""
    groups: list[list[str]] = [[]]
    for is_break, group in groupby(runs, key=lambda run: run.text == BREAK):
        line = "" if is_break else _begun(words := list(group))
        if not line:
            continue
        if all(run.is_picture or not run.text.strip() for run in words):
            groups += [[line], []]
        else:
            groups[-1].append(line)
    return ["  \n".join(lines) for lines in groups if lines]


def _begun(runs: list[_Run]) -> str:
    line = _written(runs).strip()
    first = next((run for run in runs if run.text.strip()), None)
    begins_plainly = first is not None and first.is_plain and not first.style.marks
    if not begins_plainly or (first is not None and first.style.target):
        return line
    return plain_markdown.without_block_mark(line)


def _written(runs: list[_Run]) -> str:
    pieces: list[str] = []
    for target, group in groupby(runs, key=lambda run: run.style.target):
        inner = _marked(list(group), ())
        text = inner.strip()
        if target and text:
            before, _, after = inner.partition(text)
            link = _link_to(target, text)
            if not before and link.startswith("[") and pieces and pieces[-1].endswith("!"):
                # Together with a bracket it would begin a picture.
                pieces[-1] = pieces[-1][:-1] + r"\!"
            pieces += [before, link, after]
        else:
            pieces.append(inner)
    return _SPACE.sub(" ", "".join(pieces))


def _link_to(target: str, text: str) -> str:
    if text == target and re.match(r"https?://[^\s<>]+$", target):
        return f"<{target}>"
    target = f"<{target}>" if re.search(r"[\s()]", target) else target
    return f"[{text}]({target})"


def _marked(runs: list[_Run], opened: tuple[str, ...]) -> str:
    """Return the runs with each mark around as many of them as carry it."""
    pieces: list[str] = []
    position = 0
    while position < len(runs):
        marks = [mark for mark in runs[position].style.marks if mark not in opened]
        if not marks:
            pieces += filter(None, [runs[position].text])
            position += 1
            continue
        end, mark = max((_reach(runs, position, mark), mark) for mark in marks)
        inner = _marked(runs[position:end], (*opened, mark))
        pieces += filter(None, _enclosed(inner, mark, pieces[-1] if pieces else ""))
        position = end
    return "".join(pieces)


def _reach(runs: list[_Run], start: int, mark: str) -> int:
    end = start
    while end < len(runs) and mark in runs[end].style.marks:
        end += 1
    return end


def _enclosed(inner: str, mark: str, before: str) -> list[str]:
    """Return the text within its mark; signs that would run together are written as a tag."""
    text = inner.strip()
    if not text:
        return [inner]
    leading, _, trailing = inner.partition(text)
    touches = before.endswith(("*", "~")) and not leading
    if not touches and mark in "**" and _joins_well(text, mark):
        return [leading, f"{mark}{text}{mark}", trailing]
    if touches or text[0] in "*~" or text[-1] in "*~":
        tag = _TAG_OF[mark]
        return [leading, f"<{tag}>{text}</{tag}>", trailing]
    return [leading, f"{mark}{text}{mark}", trailing]


def _joins_well(text: str, mark: str) -> bool:
    """Whether a text that has one emphasis in it, whole or at one end, may be put into the other.

    `***both***` and `**strong *both***` have one meaning only.
    """
    found = _EMPHASIS_AT_AN_END.fullmatch(text)
    return found is not None and (found[1] or found[2]) != mark
