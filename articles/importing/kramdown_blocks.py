"""Bring kramdown's blocks into this site's Markdown: notices, captions, definitions."""

from __future__ import annotations

import re
import textwrap

from articles.importing.code_spans import MASK, mask_code, replace_outside_code
from articles.importing.tag_arguments import callout, callout_kind

_ATTRIBUTES = re.compile(r" {0,3}(?:> ?)?\{:{1,2}(?P<list>[^{}\n]*)\}[ \t]*")
_NOTICE = re.compile(
    r"(?:^|[\s.\"'])(?:notice(?:--(?P<notice>\w+))?|prompt-(?P<prompt>\w+)|alert-(?P<alert>\w+)"
    r"|(?P<plain>note|tip|important|warning|caution|danger))(?=[\s.\"'}]|$)"
)
_NOTICE_ELEMENT = re.compile(
    r"^[ \t]*<(?P<tag>div|p|aside|section)\b[^<>\n]*\bclass=[\"'](?P<classes>[^\"'<>\n]{1,200})[\"'][^<>\n]*>"
    r"(?P<content>(?:(?!</?(?P=tag)\b)[^\0]){0,20000}?)</(?P=tag)>",
    re.MULTILINE | re.IGNORECASE,
)
_PICTURE_LINE = re.compile(
    r"(?P<picture>[ \t]*!\[[^\[\]\n]{0,500}\]\((?P<target>[^()\n]{1,1000}(?:\([^()\n]{0,200}\)[^()\n]{0,300})?)\))"
    r"(?:[ \t]*\{:[^{}\n]*\})*[ \t]*"
)
_CAPTION = re.compile(
    r"[ \t]*(?P<mark>[_*])(?![_*\s])(?P<text>[^\n]{1,500}?)(?<![_*\s])(?P=mark)[ \t]*"
)
_HTML_LINE = re.compile(
    r"^(<(h[1-6]|p)\b[^<>\n]{0,200}>[^\n]{0,1000}</\2>)[ \t]*\n(?=[^\s<])", re.MULTILINE
)
_MARKUP = re.compile(r"[\[\]`<>\"*]")
_DEFINITION = re.compile(r" {0,3}:[ \t]+(?P<text>\S.*)")
_TERM = re.compile(r"(?![ \t>|#*+\-!<]|\d+\.|:)\S[^\n|]*")
_ABBREVIATION = re.compile(r"^ {0,3}\*\[[^\[\]\n]{1,100}\]:[^\n]*\n?", re.MULTILINE)


def with_callouts(text: str) -> str:
    """Return the text with the blocks that a theme shows as notices written as callouts."""
    if "class=" in text and _NOTICE.search(text):
        text = _with_elements_as_callouts(text)
    if "{:" not in text:
        return text
    lines = text.split("\n")
    masked = mask_code(text).split("\n")
    for number, line in enumerate(masked):
        match = _ATTRIBUTES.fullmatch(line)
        kind = _kind(match["list"]) if match else None
        if kind is None:
            continue
        lines[number] = ""
        first, last = _block_beside(lines, masked, number)
        if first < last:
            block = "\n".join(lines[first:last])
            lines[first:last] = [_as_callout(kind, block), *[""] * (last - first - 1)]
    return "\n".join(lines)


def with_captions(text: str) -> str:
    """Return the text with a line in italics right below a picture as the picture's caption."""
    if "![" not in text:
        return text
    lines = text.split("\n")
    masked: list[str] | None = None
    for number in range(len(lines) - 1):
        caption = _CAPTION.fullmatch(lines[number + 1])
        picture = _PICTURE_LINE.fullmatch(lines[number]) if caption else None
        if caption is None or picture is None:
            continue
        masked = masked or mask_code(text).split("\n")
        if MASK in masked[number][:1] or MASK in masked[number + 1][:1]:
            continue
        is_plain = _MARKUP.search(caption["text"]) is None
        if is_plain and not re.search(r"[\"']", picture["target"]):
            lines[number] = f'{picture["picture"][:-1]} "{caption["text"]}")'
            lines[number + 1] = ""
        else:
            indent = lines[number][: len(lines[number]) - len(lines[number].lstrip())]
            lines[number] = picture["picture"]
            lines[number + 1] = f"{indent}▲ {caption['text']}"
    return "\n".join(lines)


def with_definitions(text: str) -> str:
    """Return the text with definition lists as HTML, in which Markdown goes on between blank lines."""
    if "\n:" not in text:
        return text
    lines = text.split("\n")
    masked = mask_code(text).split("\n")
    made: list[str] = []
    number = 0
    while number < len(lines):
        end = _definitions_end(masked, number)
        if end == number:
            made.append(lines[number])
            number += 1
            continue
        made += ["<dl>", *_definition_elements(lines[number:end]), "</dl>", ""]
        number = end
    return "\n".join(made)


def without_abbreviations(text: str) -> tuple[str, bool]:
    """Return the text without `*[HTML]: …` lines, and whether there were any."""
    if "*[" not in text:
        return text, False
    cleaned = replace_outside_code(_ABBREVIATION, lambda match: "", text)
    return cleaned, cleaned != text


def _kind(attributes: str) -> str | None:
    match = _NOTICE.search(attributes)
    if match is None:
        return None
    return match["notice"] or match["prompt"] or match["alert"] or match["plain"] or "note"


def _with_elements_as_callouts(text: str) -> str:
    """Return the text with elements of a notice's class as callouts, the code in them included."""
    pieces: list[str] = []
    end = 0
    for match in _NOTICE_ELEMENT.finditer(mask_code(text)):
        kind = _kind(match["classes"])
        content = textwrap.dedent(text[slice(*match.span("content"))].strip("\n")).strip()
        # Markdown goes on below a block of HTML after an empty line only.
        content = _HTML_LINE.sub(r"\1\n\n", content)
        if kind is not None and content:
            pieces += [text[end : match.start()], callout(kind, content), "\n"]
            end = match.end()
    return "".join([*pieces, text[end:]])


def _block_beside(lines: list[str], masked: list[str], number: int) -> tuple[int, int]:
    """Return the lines of the block that an attribute list belongs to: above it, or else below."""
    step = -1 if number and lines[number - 1].strip() else 1
    place = number + step
    while 0 <= place < len(lines) and lines[place].strip() and not _ends_block(lines[place]):
        place += step
    first, last = (place + 1, number) if step < 0 else (number + 1, place)
    shown = [masked[line] for line in range(first, last) if not lines[line].startswith(">")]
    # A table, code or a heading stays what it is.
    return (0, 0) if any(map(_is_no_prose, shown)) else (first, last)


def _is_no_prose(masked: str) -> bool:
    line = masked.strip()
    return line[:1] in ("|", "<") or not line.strip(MASK)


def _ends_block(line: str) -> bool:
    return re.match(r" {0,3}#{1,6} ", line) is not None or _ATTRIBUTES.fullmatch(line) is not None


def _as_callout(kind: str, block: str) -> str:
    if not block.startswith(">"):
        return callout(kind, block)
    if re.match(r">\s*\[!", block):
        return block
    lines = [line if line.startswith(">") else f"> {line}" for line in block.split("\n")]
    return "\n".join([f"> [!{callout_kind(kind)}]", *lines, ""])


def _definitions_end(masked: list[str], start: int) -> int:
    """Return the end of the definition list that begins at a line; that line where none does."""
    number = start
    while number < len(masked) and _TERM.fullmatch(masked[number]):
        place = number + 1
        if place < len(masked) and not masked[place].strip():
            place += 1
        if place >= len(masked) or _DEFINITION.fullmatch(masked[place]) is None:
            break
        while place < len(masked) and (
            _DEFINITION.fullmatch(masked[place]) or re.match(r"[ \t]+\S", masked[place])
        ):
            place += 1
        number = place
        if number < len(masked) - 1 and not masked[number].strip():
            following = masked[number + 1]
            if _TERM.fullmatch(following) and _has_definition(masked, number + 1):
                number += 1
    return number


def _has_definition(masked: list[str], term: int) -> bool:
    return any(_DEFINITION.fullmatch(line) for line in masked[term + 1 : term + 2])


def _definition_elements(lines: list[str]) -> list[str]:
    made: list[str] = []
    for line in lines:
        definition = _DEFINITION.fullmatch(line)
        if definition:
            made += ["<dd>", "", definition["text"], "", "</dd>"]
        elif not line.strip():
            continue
        elif line[0] in " \t" and made:
            made.insert(-2, line.strip())
        else:
            made += ["<dt>", "", line.strip(), "", "</dt>"]
    return made
