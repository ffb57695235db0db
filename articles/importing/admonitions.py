"""Write the notices of Docusaurus, VuePress, Pandoc and MkDocs as callouts."""

from __future__ import annotations

import re
import textwrap

from articles.importing.code_spans import mask_code
from articles.importing.tag_arguments import callout, details

# `:::tip[Title]`, `::: warning Title`, `::: {.callout-note}`, up to a line of as many colons.
_FENCE = re.compile(
    r"[ \t]*(?P<colons>:{3,10})[ \t]*(?:\{[ \t]*\.)?(?P<kind>[a-zA-Z][\w-]{0,30})(?:[^{}\n]{0,200}\})?"
    r"(?:\[(?P<label>[^\[\]\n]{0,200})\]|[ \t]+(?P<title>[^\n{}]{1,200}?))?(?:\{[^{}\n]{0,200}\})?[ \t]*"
)
_CLOSING = re.compile(r"[ \t]*(?P<colons>:{3,10})[ \t]*")
# `!!! note "Title"` and the foldable `??? note`; the content is indented.
_INDENTED = re.compile(
    r"(?P<mark>!!!|\?\?\?\+?)[ \t]+(?P<kind>[a-zA-Z][\w-]{0,30})(?:[ \t]+[\w-]{1,30}){0,3}"
    r"(?:[ \t]+\"(?P<title>[^\"\n]{0,200})\")?[ \t]*"
)
_KINDS = frozenset(
    [
        "note",
        "tip",
        "info",
        "warning",
        "danger",
        "caution",
        "important",
        "hint",
        "success",
        "attention",
        "error",
        "question",
        "example",
        "quote",
        "abstract",
        "summary",
        "tldr",
        "bug",
        "failure",
        "primary",
        "secondary",
        "callout",
    ]
)
_MAX_DEPTH = 10
_FOLDED = frozenset({"details", "collapse", "spoiler"})


def with_admonitions(text: str) -> str:
    """Return the Markdown with notices outside code as callouts, and foldable ones as details.

    Of any other block between colons the content stays.
    """
    if ":::" in text:
        text = _between_colons(text)
    if "!!! " in text or "???" in text:
        text = _indented(text)
    return text


def _between_colons(text: str) -> str:
    lines = text.split("\n")
    masked = mask_code(text).split("\n")
    made: list[list[str]] = [[]]
    opened: list[tuple[re.Match[str], str]] = []
    for line, shown in zip(lines, masked, strict=True):
        opening = _FENCE.fullmatch(shown)
        closing = _CLOSING.fullmatch(shown) if opened else None
        if opening and len(opened) < _MAX_DEPTH:
            opened.append((opening, line))
            made.append([])
        elif closing and len(closing["colons"]) >= len(opened[-1][0]["colons"]):
            content = "\n".join(made.pop())
            match, _ = opened.pop()
            made[-1].append(_written(match["kind"], match["label"] or match["title"], content))
        else:
            made[-1].append(line)
    # What is never closed is no block.
    for (_, line), unclosed in zip(opened, made[1:], strict=True):
        made[0] += [line, *unclosed]
    return "\n".join(made[0])


def _indented(text: str) -> str:
    lines = text.split("\n")
    # Indented lines count as code to those who do not know these notices.
    masked = mask_code(text).split("\n")
    made: list[str] = []
    number = 0
    while number < len(lines):
        match = _INDENTED.fullmatch(masked[number])
        number += 1
        if match is None:
            made.append(lines[number - 1])
            continue
        end = number
        while end < len(lines) and (not lines[end].strip() or lines[end][0] in " \t"):
            end += 1
        inside = lines[number:end]
        if not "".join(inside).strip():
            made.append(lines[number - 1])
            continue
        number = end
        content = textwrap.dedent("\n".join(inside)).strip("\n")
        kind = "details" if match["mark"] == "???" else match["kind"]
        made += [_written(kind, match["title"], content), ""]
    return "\n".join(made)


def _written(kind: str, title: str | None, content: str) -> str:
    name = kind.lower().removeprefix("callout-")
    if name in _FOLDED:
        return details(title or "", content)
    if name not in _KINDS:
        return f"\n{content}\n"
    return callout(name, content.strip("\n"), title or "")
