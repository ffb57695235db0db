"""Take the JavaScript out of MDX, which is Markdown with components in it."""

import re
from itertools import accumulate

from articles.importing.code_spans import mask_code, replace_outside_code

_IMPORT = re.compile(
    r"^(?:import\s(?:[^\n;]{0,300}\sfrom\s+)?[\"'][^\"'\n]+[\"'];?|import\s*\{[^}]{0,1000}\}\s*from\s*[\"'][^\"'\n]+[\"'];?)"
    r"[ \t]*$\n?",
    re.MULTILINE,
)
_EXPORT = re.compile(r"export\s(?:async\s+)?(?:const|default|let|var|function|class)\b")
_BRACKETS = {**dict.fromkeys("([{", 1), **dict.fromkeys(")]}", -1)}
_MAX_STATEMENT = 100
_COMMENT = re.compile(r"\{/\*[^*]{0,2000}\*/\}")
_COMPONENT = re.compile(r"</?(?P<name>[A-Z][\w.]{0,60})(?:\s[^<>]{0,1000})?/?>")


def without_components(text: str) -> tuple[str, list[str]]:
    """Return the text without imports and components, whose content stays, and warnings."""
    text = _without_exports(text)
    names = sorted({match["name"] for match in _COMPONENT.finditer(mask_code(text))})
    for pattern in (_IMPORT, _COMMENT, _COMPONENT):
        text = replace_outside_code(pattern, lambda match: "", text)
    return text, [f"MDX component removed, its content kept: {name}" for name in names]


def _without_exports(text: str) -> str:
    """Return the text without what it exports: statements up to where their brackets close."""
    lines = text.split("\n")
    opened = [sum(n * line.count(sign) for sign, n in _BRACKETS.items()) for line in lines]
    kept: list[str] = []
    number = 0
    for place, shown in enumerate(mask_code(text).split("\n")):
        if place < number:
            continue
        number = place + 1
        if _EXPORT.match(shown):
            number = _statement_end(opened, place)
        else:
            kept.append(lines[place])
    return "\n".join(kept)


def _statement_end(opened: list[int], start: int) -> int:
    """Return the line after a statement's last one; one that is never closed ends at once.

    `opened` is how many more brackets each line opens than it closes.
    """
    depths = accumulate(opened[start : start + _MAX_STATEMENT])
    return next((start + at + 1 for at, depth in enumerate(depths) if depth <= 0), start + 1)
