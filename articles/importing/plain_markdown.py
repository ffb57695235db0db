"""Write plain text as Markdown that renders as it was written."""

import re

_ADDRESS = re.compile(r"https?://[^\s<>\"'가-힣]+")
_MARKS = re.compile(r"[\\`*{}]|(?<![^\W_])_|_(?![^\W_])|\](?=[(\[])|\[(?=\^)|!(?=\[)")
_ENTITY = re.compile(r"&(?=#?\w{1,31};)")
_TAG = re.compile(r"<(?=[a-zA-Z/!?])")
_TILDES = re.compile(r"~~+")
_NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_DEFINITION = re.compile(r"^(\[[^\[\]]{1,200}\]):")
_LINE_START = re.compile(r"^(?:[#>|]|[+-](?=\s|$)|-(?=-)|=(?==)|:(?=:))")
_BLOCK_MARK = re.compile(r"^///")


def escaped(text: str) -> str:
    """Return one line of plain text as inline Markdown; bare web addresses stay usable."""
    pieces: list[str] = []
    end = 0
    for address in _ADDRESS.finditer(text):
        pieces += [_escaped_prose(text[end : address.start()]), address[0]]
        end = address.end()
    return "".join([*pieces, _escaped_prose(text[end:])])


def escaped_line(text: str) -> str:
    """Return one line of plain text as a line that begins no block of Markdown's."""
    return without_block_mark(escaped(text))


def without_block_mark(line: str) -> str:
    """Return a line of inline Markdown as one that begins no block."""
    line = _NUMBERED.sub(r"\1\\\2", line)
    line = _DEFINITION.sub(r"\1\\:", line)
    line = _BLOCK_MARK.sub("&#47;//", line)
    return _LINE_START.sub(lambda match: f"\\{match[0]}", line)


def heading(text: str, level: int = 2) -> str:
    # A run of `#` at the end of a heading would be taken for its closing mark.
    line = re.sub(r"#+$", lambda match: match[0].replace("#", r"\#"), escaped(text))
    return f"{'#' * level} {line}"


def image(reference: str, caption: str, *, alt: str | None = None) -> str:
    """Return a Markdown image titled `caption`, which is its alternative text without another."""
    address = f"<{reference}>" if re.search(r"[\s()]", reference) else reference
    described = re.sub(r"([\[\]])", r"\\\1", escaped(caption if alt is None else alt))
    if not caption:
        return f"![{described}]({address})"
    title = caption.replace("\\", "\\\\").replace('"', "&quot;")
    return f'![{described}]({address} "{title}")'


def table(rows: list[list[str]]) -> str:
    """Return rows of plain text as a table whose head is the first; short rows are filled up."""
    width = max(map(len, rows))
    lines = [
        "| "
        + " | ".join(escaped(cell).replace("|", "\\|") for cell in row)
        + " |" * (width - len(row) + 1)
        for row in rows
    ]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _escaped_prose(text: str) -> str:
    text = _ENTITY.sub("&amp;", text)
    text = _MARKS.sub(lambda match: f"\\{match[0]}", text)
    text = _TAG.sub("&lt;", text)
    return _TILDES.sub(lambda match: "&#126;" * len(match[0]), text)
