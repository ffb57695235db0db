"""Bring Obsidian's own marks, `[[links]]`, `==marks==` and `%%notes%%`, into plain Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable

from articles.importing.code_spans import replace_outside_code
from articles.importing.tag_arguments import callout_kind, link

_PICTURE = re.compile(
    r"!\[\[(?P<target>[^\[\]|#\n]{1,200}\.(?:png|jpe?g|gif|webp|avif|bmp|svg))"
    r"(?:\\?\|(?P<label>[^\[\]\n]{0,200}))?\]\]",
    re.IGNORECASE,
)
_WIKI_LINK = re.compile(
    r"(?P<embeds>!?)\[\[(?P<target>[^\[\]|\n]{1,200}?)(?:\\?\|(?P<label>[^\[\]\n]{1,200}))?\]\]"
)
# A width behind a bar, in the description of any other picture.
_SIZED = re.compile(r"(!\[[^\[\]\n|]{0,300})\|\d{1,4}(?:x\d{1,4})?(?=\]\()")
_SIZE = re.compile(r"\d{1,4}(?:x\d{1,4})?")
# The inner text begins and ends with a letter, so that `a == b` and `====` stay.
_MARK = re.compile(r"(?<![=\w])==(?P<text>[^\s=](?:[^=\n]{0,300}[^\s=])?)==(?!=)")
_NOTE_BLOCK = re.compile(r"^%%[ \t]*\n(?:(?!%%)[^\n]*\n){0,500}%%[ \t]*$", re.MULTILINE)
_NOTE = re.compile(r"(?<![\w%])%%(?=[^\s%]|[ \t]+[^\s%])[^%\n]{1,500}%%")
_BLOCK_NAME = re.compile(r"(?<=\S)[ \t]+\^[A-Za-z0-9-]{1,40}[ \t]*$", re.MULTILINE)
_CALLOUT = re.compile(
    r"^(?P<marks>[ \t]*(?:>[ \t]?)+)\[!(?P<kind>[\w -]{1,40})(?:\|[^\]\n]{0,80})?\](?P<fold>[+-]?)",
    re.MULTILINE,
)
_OURS = frozenset({"note", "tip", "important", "warning", "caution", "insight"})
_PLAIN_QUOTES = frozenset({"quote", "cite"})

# Given what a wiki link names, the path of that note in the folder, or None.
FindNote = Callable[[str], str | None]


def without_wiki_marks(
    text: str,
    find_note: FindNote = lambda target: None,
    warn: Callable[[str], None] = lambda warning: None,
) -> str:
    """Return `text` with Obsidian's marks outside code written as Markdown or removed.

    A link to another note leads to its document, where `find_note` knows it; else its words stay.
    Private notes between `%%` and the names of blocks go. Embedded notes are named by `warn`.
    """
    if "%%" in text:
        for pattern in (_NOTE_BLOCK, _NOTE):
            text = replace_outside_code(pattern, lambda match: "", text)
    if " ^" in text:
        text = replace_outside_code(_BLOCK_NAME, lambda match: "", text)
    if "[[" in text:
        text = replace_outside_code(_PICTURE, _picture, text)
        text = replace_outside_code(_WIKI_LINK, lambda match: _linked(match, find_note, warn), text)
    if "![" in text and "|" in text:
        text = replace_outside_code(_SIZED, lambda match: match[1], text)
    if "[!" in text:
        text = replace_outside_code(_CALLOUT, _callout, text)
    if "==" in text:
        text = replace_outside_code(_MARK, lambda match: f"<mark>{match['text']}</mark>", text)
    return text


def _picture(match: re.Match[str]) -> str:
    """Return the picture; a number behind the bar is its width, not its description."""
    labels = [part.strip() for part in (match["label"] or "").split("|")]
    label = next((part for part in labels if part and not _SIZE.fullmatch(part)), "")
    # Behind a tag it would be read as HTML's text.
    before = "\n\n" if match.start() and match.string[match.start() - 1] == ">" else ""
    return f"{before}![{label}](<{match['target'].strip()}>)"


def _linked(match: re.Match[str], find_note: FindNote, warn: Callable[[str], None]) -> str:
    target: str = match["target"].strip()
    note, _, heading = target.partition("#")
    words = match["label"] or target.replace("#", " ").replace("  ", " ").strip() or match[0]
    if match["embeds"]:
        warn(f"an embedded note or file is left as its name: {target[:100]}")
    path = find_note(note) if note else None
    if path is None:
        return words
    fragment = "" if not heading or heading.startswith("^") else f"#{heading.replace(' ', '-')}"
    return link(words, f"/{path}{fragment}")


def _callout(match: re.Match[str]) -> str:
    kind = match["kind"].strip().lower()
    # Obsidian's own button writes small letters, for quotations of any length.
    if kind in _OURS or match["kind"].strip() == "QUOTE":
        return match[0]
    if kind in _PLAIN_QUOTES:
        return match["marks"].rstrip()
    return f"{match['marks']}[!{callout_kind(kind)}]{match['fold']}"
