"""The text of a Ghost post, from whichever of its editors, as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from articles.importing import markdown_body, plain_markdown
from articles.importing.article_links import rewrite_links
from articles.importing.code_spans import replace_outside_code
from articles.importing.documents import ImportFailure
from articles.importing.ghost_cards import resolve_cards
from articles.importing.ghost_editors import Part, lexical_parts, mobiledoc_parts
from articles.importing.ghost_index import OWN_ADDRESS
from articles.importing.ghost_records import text_in
from articles.importing.html_blocks import note, to_markdown
from articles.importing.html_footnotes import take_notes
from articles.importing.html_inlines import Conversion
from articles.importing.html_tree import parse_html
from articles.importing.image_links import (
    find_images,
    rewrite_image_references,
    with_clean_targets,
)

MAX_CONTENT_LENGTH = 500_000
# A text in an editor's own form is mostly names of fields.
_MAX_EDITOR_LENGTH = 3_000_000

# Ghost keeps renditions of a picture in folders beside it.
_RENDITION = re.compile(
    r"(?<=/content/images)(?:/size/w\d{1,5}(?:h\d{1,5})?)?(?:/format/\w{1,8})?/"
)
_LABEL = re.compile(r"\[\^(?P<label>[^\[\]\s]{1,60})\]")
_GATE = re.compile(r"<!--\s*kg-gated-block:begin(?P<rule>[^<>\n]{0,500})-->")
_GATE_END = "<!--kg-gated-block:end-->"
# Where a text may be, the one that counts most first.
FORMS = ("html", "lexical", "mobiledoc", "markdown", "plaintext")


def markdown_of(post: dict[str, Any]) -> tuple[str, list[str]]:
    """Return the post's text as Markdown, and warnings.

    Its HTML counts most, then what its editors keep. Raises ImportFailure where there is something,
    and nothing of it can be read.
    """
    problems: list[str] = []
    for form in FORMS:
        written = text_in(post, form)
        if not written:
            continue
        conversion = Conversion(mend_picture=mended_picture, mend_link=mended_link)
        try:
            body = _written(list(_parts(form, written, conversion)), conversion)
        except ImportFailure as failure:
            problems.append(str(failure))
            continue
        if body or conversion.warnings:
            return body, [*problems, *conversion.warnings]
    if problems:
        raise ImportFailure(problems[0])
    return "", []


def mended_link(address: str) -> str:
    """Return a link's address; one to the site itself becomes a path."""
    address = address.strip()
    if address.startswith(OWN_ADDRESS):
        return f"/{address.removeprefix(OWN_ADDRESS).lstrip('/')}"
    return address


def mended_picture(address: str) -> str:
    """Return the address of the picture itself, of which Ghost keeps smaller renditions."""
    address = mended_link(address)
    return "" if address.startswith("data:") else _RENDITION.sub("/", address)


def _parts(form: str, written: str, conversion: Conversion) -> Iterator[Part]:
    """Yield a text's pieces. Raises ImportFailure for one that cannot be read."""
    limit = _MAX_EDITOR_LENGTH if form in ("lexical", "mobiledoc") else MAX_CONTENT_LENGTH
    if len(written) > limit:
        raise ImportFailure(f"its text ({form}) is longer than {limit:,} characters")
    if form == "html":
        yield Part(written)
    elif form == "lexical":
        yield from lexical_parts(written, conversion)
    elif form == "mobiledoc":
        yield from mobiledoc_parts(written, conversion)
    elif form == "markdown":
        yield Part(written, is_markdown=True)
    else:
        paragraphs = (plain_markdown.escaped_line(line.strip()) for line in written.splitlines())
        yield Part("\n\n".join(filter(None, paragraphs)), is_markdown=True)


def _written(parts: list[Part], conversion: Conversion) -> str:
    """Return the pieces as one text; what stands between pieces of Markdown is read as a whole."""
    pieces: list[str] = []
    run: list[str] = []
    labels: set[str] = set()
    for number, part in enumerate(parts):
        if part.is_markdown:
            pieces.append(_from_html("".join(run), conversion))
            pieces.append(_with_own_labels(_from_markdown(part.text), number, labels))
            run = []
        else:
            run.append(part.text)
    pieces.append(_from_html("".join(run), conversion))
    body = "\n\n".join(filter(None, pieces))
    if len(body) > MAX_CONTENT_LENGTH:
        raise ImportFailure(f"its text is longer than {MAX_CONTENT_LENGTH:,} characters")
    return body


def _from_html(source: str, conversion: Conversion) -> str:
    if not source:
        return ""
    root = parse_html(_ungated(source, conversion))
    resolve_cards(root, conversion)
    notes = take_notes(root)
    pieces = [to_markdown(root, conversion)]
    pieces += [note(label, content, conversion) for label, content in notes.items()]
    return "\n\n".join(filter(None, pieces))


def _from_markdown(source: str) -> str:
    """Return Markdown that Ghost's writers wrote in this site's Markdown."""
    body = with_clean_targets(markdown_body.clean_body(source.replace("\r\n", "\n")))
    body = rewrite_links(body, lambda address: (mended_link(address), ""))
    pictures = {image.reference: mended_picture(image.reference) for image in find_images(body)}
    return rewrite_image_references(body, {key: new for key, new in pictures.items() if new})


def _with_own_labels(body: str, number: int, taken: set[str]) -> str:
    """Return a card's Markdown with the labels of its footnotes, unless an earlier card has them."""
    labels = {match["label"] for match in _LABEL.finditer(body)}
    shared = labels & taken
    taken |= labels
    return replace_outside_code(
        _LABEL,
        lambda match: f"[^{match['label']}-{number}]" if match["label"] in shared else match[0],
        body,
    )


def _ungated(source: str, conversion: Conversion) -> str:
    """Return the HTML without what only members saw."""
    pieces: list[str] = []
    position = 0
    while gate := _GATE.search(source, position):
        pieces.append(source[position : gate.start()])
        end = source.find(_GATE_END, gate.end())
        end = len(source) if end < 0 else end
        if "nonMember:false" in gate["rule"].replace(" ", ""):
            conversion.warn("left out: a card that only members saw")
        else:
            pieces.append(source[gate.end() : end])
        position = end
    return "".join([*pieces, source[position:]])
