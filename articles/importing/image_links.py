"""Find and rewrite the images of Markdown: `![…](…)`, `![…][…]` and `<img src="…">`."""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from articles.importing.code_spans import mask_code
from articles.importing.documents import ImportedImage

_ALT = r"(?P<alt>(?:[^\[\]\\\n]|\\.|\[[^\[\]\n]{0,200}\]){0,1000})"
_INLINE = re.compile(
    r"!\["
    + _ALT
    + r"\]\((?P<inner>(?:[ \t]\"(?:[^\"\\\n]|\\.)*\"(?=[ \t]*\))|[^()\n\\]|\\.|\([^()\n]*\))*)\)"
)
_ANGLED = re.compile(r"[ \t]*<(?P<target>[^<>\n]*)>")
_TITLE = re.compile(r"(?<=\S)[ \t]+(?:\"((?:[^\"\\]|\\.)*)\"|'([^']*)')[ \t]*$")
# Some editors write a size after the address, which no Markdown of ours knows.
_SIZE = re.compile(r"(?<=\S)[ \t]+=\d{0,5}x?\d{0,5}%?[ \t]*$")
_REFERENCE = re.compile(r"!\[" + _ALT + r"\](?:\[(?P<label>[^\[\]\n]{0,200})\])?(?!\()")
_DEFINITION = re.compile(
    r"^ {0,3}\[(?P<label>[^\[\]\n^][^\[\]\n]{0,199})\]:[ \t]{0,9}"
    r"(?:<(?P<angled>[^<>\n]{1,2000})>|(?P<bare>[^\s<>]{1,2000}))"
    r"(?:[ \t]{1,9}[\"'(](?P<title>[^\n]{0,500})[\"')])?[ \t]{0,9}$",
    re.MULTILINE,
)
_IMG = re.compile(r"<img\b[^<>]{0,5000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"(?<=[\s\"'])(?P<name>src|alt|title)\s{0,9}=\s{0,9}"
    r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'<>]+))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Target:
    """An image and where the body writes its address.

    `place` is where the image itself stands; body[start:end] is the address with any angle
    brackets; `style` is "angled", "bare" or "attribute".
    """

    image: ImportedImage
    place: int
    start: int
    end: int
    style: str


def find_images(body: str) -> tuple[ImportedImage, ...]:
    """Return the images outside code in order, each reference once."""
    found: dict[str, ImportedImage] = {}
    for target in sorted(_targets(body), key=lambda target: target.place):
        found.setdefault(target.image.reference, target.image)
    return tuple(found.values())


def rewrite_image_references(body: str, references: Mapping[str, str]) -> str:
    """Return `body` with the addresses of images replaced as `references` says.

    Keys are references as find_images() gives them; other images, and code, stay as they are.
    """
    pieces: list[str] = []
    end = 0
    for target in sorted(_targets(body), key=lambda target: target.start):
        new = references.get(target.image.reference)
        # A definition that several images share is met several times.
        if new is None or target.start < end:
            continue
        pieces += [body[end : target.start], _written(new, target.style)]
        end = target.end
    return "".join([*pieces, body[end:]])


def with_clean_targets(body: str) -> str:
    """Return `body` with spaced image addresses in angle brackets and without sizes after them."""
    untidy = {
        target.image.reference: target.image.reference
        for target in _targets(body)
        if target.style == "bare" and re.search(r"\s", body[target.start : target.end])
    }
    return rewrite_image_references(body, untidy)


def _written(address: str, style: str) -> str:
    if style == "attribute":
        return html.escape(address)
    if re.search(r"[\s()]", address):
        return f"<{address}>"
    return address


def _targets(body: str) -> Iterator[_Target]:
    masked = mask_code(body)
    for match in _INLINE.finditer(masked):
        if target := _inline_target(body, match):
            yield target
    yield from _reference_targets(body, masked)
    for match in _IMG.finditer(masked):
        yield from _img_target(body, match)


def _inline_target(body: str, match: re.Match[str]) -> _Target | None:
    start, end = match.span("inner")
    angled = _ANGLED.match(body, start, end)
    title = _TITLE.search(body[start:end])
    caption = (title[1] or title[2] or "") if title else ""
    if angled:
        reference, first, last = angled["target"], angled.start("target") - 1, angled.end()
    else:
        bare = body[start : start + title.start()] if title else body[start:end]
        size = _SIZE.search(bare)
        # The size, when there is one, belongs to the span so that a rewrite drops it.
        last = start + len(bare.rstrip())
        bare = bare[: size.start()] if size else bare
        reference = bare.strip()
        first = start + len(bare) - len(bare.lstrip())
    if not reference:
        return None
    alt = body[match.start("alt") : match.end("alt")]
    image = ImportedImage(reference, _plain(caption), _plain(alt))
    return _Target(image, match.start(), first, last, "angled" if angled else "bare")


def _reference_targets(body: str, masked: str) -> Iterator[_Target]:
    definitions = {
        match["label"].strip().casefold(): match for match in _DEFINITION.finditer(masked)
    }
    if not definitions:
        return
    for match in _REFERENCE.finditer(masked):
        label = (match["label"] or match["alt"]).strip().casefold()
        definition = definitions.get(label)
        if definition is None:
            continue
        style = "angled" if definition["angled"] else "bare"
        start, end = definition.span(style)
        alt = body[match.start("alt") : match.end("alt")]
        image = ImportedImage(body[start:end], _plain(definition["title"] or ""), _plain(alt))
        margin = 1 if style == "angled" else 0
        yield _Target(image, match.start(), start - margin, end + margin, style)


def _img_target(body: str, match: re.Match[str]) -> Iterator[_Target]:
    values: dict[str, tuple[str, int, int]] = {}
    for attribute in _ATTRIBUTE.finditer(body, match.start(), match.end()):
        quoting = attribute.lastgroup or "bare"
        values.setdefault(attribute["name"].lower(), (attribute[quoting], *attribute.span(quoting)))
    source, start, end = values.get("src", ("", 0, 0))
    if source.strip():
        caption, alt = (html.unescape(values.get(name, ("", 0, 0))[0]) for name in ("title", "alt"))
        yield _Target(ImportedImage(source, caption, alt), match.start(), start, end, "attribute")


def _plain(text: str) -> str:
    """Return `text` without Markdown's backslashes and HTML's entities."""
    if "\\" not in text and "&" not in text:
        return text.strip()
    return html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)).strip()
