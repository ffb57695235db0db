"""Link reference definitions: `[label]: destination "title"`."""

import re
from typing import NamedTuple

from articles.markup.escapes import unescape

_DEFINITION = re.compile(
    r"\[((?:[^\[\]\\]|\\.){1,999})\]:[ \t]*+(?:\n[ \t]*+)?"
    r"(?:<((?:[^<>\n\\]|\\.)*)>|([^\s<][^\s]*))"
    r"(?:(?:[ \t]*+\n[ \t]*+|[ \t]++)"
    r"(\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\))(?=[ \t]*(?:\n|$)))?"
    r"[ \t]*+(?:\n|$)",
    re.DOTALL,
)


class Reference(NamedTuple):
    """What a label stands for."""

    destination: str
    title: str | None


def normalise_label(label: str) -> str:
    """Labels match without regard to case and runs of whitespace."""
    return " ".join(label.split()).casefold()


def take_definitions(text: str, references: dict[str, Reference]) -> str:
    """Move the definitions a paragraph begins with into `references`; return the rest.

    The first definition of a label wins.
    """
    position = 0
    while text.startswith("[", position):
        match = _DEFINITION.match(text, position)
        if match is None or not match[1].strip():
            break
        destination = match[2] if match[2] is not None else match[3]
        title = unescape(match[4][1:-1]) if match[4] else None
        references.setdefault(normalise_label(match[1]), Reference(unescape(destination), title))
        position = match.end()
    return text[position:]
