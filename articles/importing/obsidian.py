"""Bring Obsidian's own marks, `[[links]]`, `==marks==` and `%%notes%%`, into plain Markdown."""

import re

from articles.importing.code_spans import replace_outside_code

_PICTURE = re.compile(
    r"!\[\[(?P<target>[^\[\]|#\n]{1,200}\.(?:png|jpe?g|gif|webp|avif|bmp|svg))"
    r"(?:\|(?P<label>[^\[\]\n]{0,200}))?\]\]",
    re.IGNORECASE,
)
_WIKI_LINK = re.compile(
    r"!?\[\[(?P<target>[^\[\]|\n]{1,200})(?:\|(?P<label>[^\[\]\n]{1,200}))?\]\]"
)
_SIZE = re.compile(r"\d{1,4}(?:x\d{1,4})?")
# The inner text begins and ends with a letter, so that `a == b` and `====` stay.
_MARK = re.compile(r"(?<![=\w])==(?P<text>[^\s=](?:[^=\n]{0,300}[^\s=])?)==(?!=)")
_NOTE_BLOCK = re.compile(r"^%%[ \t]*\n(?:(?!%%)[^\n]*\n){0,500}%%[ \t]*$", re.MULTILINE)
_NOTE = re.compile(r"(?<![\w%])%%(?=[^\s%])[^%\n]{1,500}%%")
_BLOCK_NAME = re.compile(r"(?<=\S)[ \t]+\^[A-Za-z0-9-]{1,40}[ \t]*$", re.MULTILINE)


def without_wiki_marks(text: str) -> str:
    """Return `text` with Obsidian's marks outside code written as Markdown or removed.

    A link to another note keeps its words only, because the note is not at hand. Private notes
    between `%%` and the names of blocks go.
    """
    for pattern in (_NOTE_BLOCK, _NOTE, _BLOCK_NAME):
        text = replace_outside_code(pattern, lambda match: "", text)
    text = replace_outside_code(_PICTURE, _picture, text)
    text = replace_outside_code(_WIKI_LINK, _words, text)
    return replace_outside_code(_MARK, lambda match: f"<mark>{match['text']}</mark>", text)


def _picture(match: re.Match[str]) -> str:
    """Return the picture; a number behind the bar is its width, not its description."""
    label = match["label"] or ""
    return f"![{'' if _SIZE.fullmatch(label) else label}](<{match['target'].strip()}>)"


def _words(match: re.Match[str]) -> str:
    target: str = match["target"].strip()
    return match["label"] or target.replace("#", " ").replace("  ", " ").strip() or match[0]
