"""Bring the Markdown of other systems into the Markdown of this site."""

import html
import re

from articles.importing.code_spans import (
    MASK,
    mask_code,
    replace_outside_code,
    without_comments,
)
from articles.importing.kramdown_blocks import with_callouts, with_captions

SUMMARY_LINES = 3

_TOC = re.compile(
    r"^[ \t]*(?:(?:[-*+]|1\.)[ \t]+[^\n]{0,80}\n[ \t]*\{:\s*toc\b[^{}\n]*\}"
    r"|\[\[?_?toc_?\]?\]|\$\{toc\}|\{:\s*toc\b[^{}\n]*\})[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_ATTRIBUTE_LINE = re.compile(r"^(?P<marks>[ \t>]*)\{:{1,2}[^{}\n]*\}[ \t]*$", re.MULTILINE)
_MARKDOWN_BLOCK = re.compile(
    r"^(?P<before>[ \t]*<(?P<tag>[a-zA-Z]\w*)[^<>\n]{0,300}?)\smarkdown=[\"']?(?:1|block|span)[\"']?"
    r"(?P<after>[^<>\n]{0,300}>)[ \t]*\n?",
    re.MULTILINE,
)
_CLOSING_TAG = re.compile(r"^[ \t]*</(?P<tag>\w{1,20})>[ \t]*$", re.MULTILINE)
_ATTRIBUTE_SPAN = re.compile(r"(?<=[)\]*_`>" + MASK + r"])(?:[ \t]?\{:[^{}\n]*\})+")
# At the end of a line, or behind the mark of a list's item.
_ATTRIBUTE_TAIL = re.compile(
    r"(?<=\S)[ \t]+\{::?[ \t]*[.#\w][^{}\n]*\}[ \t]*$|(?<=[-*+.][ \t])\{:[^{}\n]*\}[ \t]*",
    re.MULTILINE,
)
_MAY_HOLD_TOC = re.compile(r"toc", re.IGNORECASE)
# Blank lines between two lines of code belong to the code.
_BLANK_LINES = re.compile(rf"\n(?:[ \t]*\n){{2,}}+(?!{MASK})|(?<![\n{MASK}])\n(?:[ \t]*\n){{2,}}+")
_LEADING_BLANKS = re.compile(r"\A(?:[ \t]*\n)+")
_UNDERLINED = re.compile(
    r"(?:\A|(?<=\n\n))(?P<text>[^\s>|#*+\-=<][^\n]*)\n {0,3}(?P<line>=+|-{2,})[ \t]*$",
    re.MULTILINE,
)
_HEADING = re.compile(r"^ {0,3}(?P<hashes>#{1,6})[ \t]+(?P<text>\S[^\n]*)$", re.MULTILINE)
_CLOSING_HASHES = re.compile(r"(?<=\s)#+\s*$")
# What may stand above a title.
_NO_PROSE = re.compile(r"\[?!\[[^\[\]\n]*\]\([^()\n]*\)(?:\]\([^()\n]*\))?|<[^<>\n]*>|[-*_]{3,}")
_PROSE = re.compile(r"\w")
_HEADING_ID = re.compile(r"\s*\{[:#.][^{}]*\}\s*$")

_SUMMARY_LABEL = re.compile(r"\W{0,20}(?:3|세)\s?줄\s?요약\W{0,20}")
_ITEM = re.compile(r"[ ]{0,3}(?:[-*+]|\d{1,2}[.)])[ \t]+(?P<text>\S.*)")

_IMAGE = re.compile(r"!\[([^\[\]]{0,500})\]\([^()]{0,500}\)")
_LINK = re.compile(r"\[([^\[\]]{0,500})\]\([^()]{0,500}\)")
_EMPHASIS = re.compile(r"(\*{1,3}|~~|`)(?=\S)([^*~`]{1,500})\1")
_UNDERSCORES = re.compile(r"(?<!\w)(_{1,3})(?=\S)([^_]{1,500})\1(?!\w)")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def clean_body(text: str) -> str:
    """Return `text` without attribute lists, tables of contents and comments outside code.

    Notices become callouts, lines in italics below pictures captions, underlined headings `#`
    headings, and several blank lines one.
    """
    text = with_captions(with_callouts(without_comments(text)))
    text = with_markdown_inside(text)
    if "{:" in text or _MAY_HOLD_TOC.search(text):
        text = replace_outside_code(_TOC, lambda match: "", text)
        # A line taken out of a quotation must not end it.
        text = replace_outside_code(_ATTRIBUTE_LINE, lambda match: match["marks"].rstrip(), text)
        for pattern in (_ATTRIBUTE_SPAN, _ATTRIBUTE_TAIL):
            text = replace_outside_code(pattern, lambda match: "", text)
    text = replace_outside_code(_BLANK_LINES, lambda match: "\n\n", text)
    text = _LEADING_BLANKS.sub("", text).rstrip()
    return replace_outside_code(_UNDERLINED, _as_hashes, text)


def with_markdown_inside(text: str) -> str:
    """Return `text` with blank lines inside the blocks that kramdown's `markdown="1"` opens.

    CommonMark reads a block of HTML as Markdown again after a blank line.
    """
    opened: set[str] = set()

    def opening(match: re.Match[str]) -> str:
        opened.add(match["tag"].lower())
        return f"{match['before']}{match['after']}\n\n"

    text = replace_outside_code(_MARKDOWN_BLOCK, opening, text)
    return replace_outside_code(
        _CLOSING_TAG,
        lambda match: f"\n{match[0]}\n" if match["tag"].lower() in opened else match[0],
        text,
    )


def _as_hashes(match: re.Match[str]) -> str:
    return f"{'#' if match['line'].startswith('=') else '##'} {match['text'].rstrip()}"


def take_title(text: str) -> tuple[str, str]:
    """Return the `# heading` that is a document's title as plain text, and the body without it.

    That is one with nothing but pictures above it, or the only one. Without such a heading the
    title is "".
    """
    masked = mask_code(text)
    found = [match for match in _HEADING.finditer(masked) if match["hashes"] == "#"]
    if not found or (
        len(found) > 1 and _PROSE.search(_NO_PROSE.sub("", masked[: found[0].start()]))
    ):
        return "", text
    match = found[0]
    title = plain_text(_heading_text(text[match.start("text") : match.end("text")]))
    return title, _without(text, match.start(), match.end())


def without_leading_title(text: str, title: str) -> str:
    """Return `text` without a first heading of level one that only repeats `title`."""
    match = _HEADING.match(mask_code(text))
    if match is None or match["hashes"] != "#":
        return text
    heading = plain_text(_heading_text(text[match.start("text") : match.end("text")]))
    if heading.casefold() != plain_text(title).casefold():
        return text
    return _without(text, match.start(), match.end())


def lift_summary(text: str) -> tuple[tuple[str, ...], str]:
    """Return the lines of a "3줄 요약" list and the body without it; ((), text) if there is none.

    The label is a heading or a bold line; the list has exactly three items of one line each.
    """
    lines = text.split("\n")
    masked = mask_code(text).split("\n")
    for index, line in enumerate(masked):
        is_label = line.lstrip().startswith(("#", "**", "__")) and _SUMMARY_LABEL.fullmatch(line)
        if is_label:
            end, items = _list_after(masked, index + 1)
            if len(items) != SUMMARY_LINES:
                return (), text
            rest = "\n".join([*lines[:index], *lines[end:]])
            texts = [_ITEM.fullmatch(lines[item]) for item in items]
            summary = tuple(plain_text(match["text"]) for match in texts if match)
            return summary, _LEADING_BLANKS.sub("", rest).rstrip()
    return (), text


def _list_after(lines: list[str], start: int) -> tuple[int, list[int]]:
    """Return the line after the list that begins at or after `start`, and its items' lines.

    A list that holds more than plain items is no summary: its items come back empty.
    """
    items: list[int] = []
    indents: list[int] = []
    index = start
    while index < len(lines):
        line = lines[index]
        indent = len(line) - len(line.lstrip())
        if _ITEM.fullmatch(line) and (not items or indent == indents[0]):
            items.append(index)
            indents.append(indent)
        elif line.strip():
            directly_below = bool(items) and bool(lines[index - 1].strip())
            if line[0] in " \t" or directly_below:
                return index, []
            break
        index += 1
    return index, items


def plain_text(markdown: str) -> str:
    """Return one line of Markdown as the text that a reader sees."""
    text = _LINK.sub(r"\1", _IMAGE.sub(r"\1", markdown))
    for pattern in (_EMPHASIS, _EMPHASIS, _UNDERSCORES):
        text = pattern.sub(r"\2", text)
    text = _ESCAPE.sub(r"\1", _TAG.sub("", text))
    return " ".join(html.unescape(text).split())


def _heading_text(written: str) -> str:
    return _HEADING_ID.sub("", _CLOSING_HASHES.sub("", written))


def _without(text: str, start: int, end: int) -> str:
    before, after = text[:start].rstrip("\n"), text[end:].lstrip("\n")
    return f"{before}\n\n{after}" if before and after else before or after
