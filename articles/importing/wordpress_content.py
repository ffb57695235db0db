"""The text of a WordPress post, from either of its editors, as Markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from articles.importing.documents import ImportFailure
from articles.importing.html_blocks import note, to_markdown
from articles.importing.html_inlines import Conversion, footnote_label
from articles.importing.html_tree import parse_html
from articles.importing.shortcodes import Gallery, resolve_shortcodes

MAX_CONTENT_LENGTH = 500_000

_BLOCK = re.compile(
    r"<!--\s+(?P<end>/)?wp:(?P<name>[a-z][a-z0-9_/-]*)\s+"
    r"(?P<json>\{[^<>]*?\}\s+)?(?P<empty>/)?-->"
)
_PAGE_END = re.compile(r"<!--nextpage-->|\n[ \t]*<!--(?:more|noteaser)[^<>]*-->[ \t]*(?=\n)")
_CLASSIC = frozenset(["freeform", "core/freeform"])
# Blocks that show nothing of their own, or nothing that belongs to the text.
_SILENT = frozenset(["footnotes", "more", "nextpage", "spacer", "separator", "page-list"])
_MAX_REUSE = 3


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a text refers to outside of itself: pictures by number, blocks that posts share."""

    gallery: Gallery
    mend_picture: Callable[[str], str] = str.strip
    mend_link: Callable[[str], str] = str.strip
    shared_block: Callable[[str], str] = lambda number: ""
    footnotes: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Part:
    html: str
    is_classic: bool


def markdown_of(content: str, surroundings: Surroundings) -> tuple[str, list[str]]:
    """Return the post's text as Markdown, and warnings. Raises ImportFailure."""
    if len(content) > MAX_CONTENT_LENGTH:
        raise ImportFailure(f"its text is longer than {MAX_CONTENT_LENGTH:,} characters")
    conversion = Conversion(
        mend_picture=surroundings.mend_picture, mend_link=surroundings.mend_link
    )
    content = _PAGE_END.sub("\n\n", content.replace("\r\n", "\n"))
    content = resolve_shortcodes(content, surroundings.gallery, conversion.warn)
    pieces = []
    for part in _parts(content, surroundings, conversion):
        conversion.line_ends_count = part.is_classic
        if written := to_markdown(parse_html(part.html), conversion):
            pieces.append(written)
    conversion.line_ends_count = False
    pieces += _notes(surroundings.footnotes, conversion)
    return "\n\n".join(pieces), conversion.warnings


def _parts(
    content: str, surroundings: Surroundings, conversion: Conversion, reuse: int = 0
) -> Iterator[_Part]:
    """Yield what stands in blocks and what stands between them; of the blocks' own marks nothing.

    A text without any block is from the classic editor as a whole.
    """
    depth = 0
    position = 0
    gathered: list[str] = []
    for match in _BLOCK.finditer(content):
        text = content[position : match.start()]
        position = match.end()
        if depth:
            gathered.append(text)
        elif text.strip():
            yield _Part(text, is_classic=True)
        if match["empty"]:
            shared = _shared(match, surroundings, conversion, reuse)
            inner = _parts(shared, surroundings, conversion, reuse + 1)
            gathered += [part.html for part in inner]
        elif match["name"] in _CLASSIC:
            pass
        else:
            depth = max(0, depth - 1) if match["end"] else depth + 1
        if depth == 0 and gathered:
            yield _Part("".join(gathered), is_classic=False)
            gathered = []
    rest = content[position:]
    if gathered or depth:
        yield _Part("".join([*gathered, rest]), is_classic=False)
    elif rest.strip():
        yield _Part(rest, is_classic=True)


def _shared(
    match: re.Match[str], surroundings: Surroundings, conversion: Conversion, reuse: int
) -> str:
    """Return the text of a block that several posts share; other empty blocks are named."""
    name = match["name"].removeprefix("core/")
    if name in _SILENT:
        return ""
    if name == "block" and reuse < _MAX_REUSE:
        number = re.search(r'"ref"\s*:\s*(\d{1,12})', match["json"] or "")
        if number and (shared := surroundings.shared_block(number[1])):
            return shared
    conversion.warn(f"left out: the block {name}, which WordPress fills when it shows it")
    return ""


def _notes(footnotes: dict[str, str], conversion: Conversion) -> Iterator[str]:
    """Yield the notes that the text refers to, and name those that it lacks."""
    labelled = {footnote_label(identity): text for identity, text in footnotes.items()}
    for label in dict.fromkeys(conversion.notes_used):
        if label in labelled:
            yield note(label, parse_html(labelled[label]), conversion)
        else:
            conversion.warn("a footnote's text is missing")


def footnotes_in(written: str) -> dict[str, str]:
    """Return the notes of a post's `footnotes` field by their identities."""
    try:
        entries = json.loads(written) if written else []
    except (ValueError, RecursionError):
        return {}
    if not isinstance(entries, list):
        return {}
    return {
        str(entry["id"]): str(entry.get("content", ""))
        for entry in entries
        if isinstance(entry, dict) and entry.get("id")
    }
