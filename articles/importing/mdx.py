"""Take the JavaScript out of MDX, which is Markdown with components in it."""

import re

from articles.importing.code_spans import mask_code, replace_outside_code

_IMPORT = re.compile(
    r"^(?:import\s(?:[^\n;]{0,300}\sfrom\s+)?[\"'][^\"'\n]+[\"'];?|import\s*\{[^}]{0,1000}\}\s*from\s*[\"'][^\"'\n]+[\"'];?"
    r"|export\s(?:const|default|let|function)\b[^\n]*)[ \t]*$\n?",
    re.MULTILINE,
)
_COMMENT = re.compile(r"\{/\*[^*]{0,2000}\*/\}")
_COMPONENT = re.compile(r"</?(?P<name>[A-Z][\w.]{0,60})(?:\s[^<>]{0,1000})?/?>")


def without_components(text: str) -> tuple[str, list[str]]:
    """Return the text without imports and components, whose content stays, and warnings."""
    names = sorted({match["name"] for match in _COMPONENT.finditer(mask_code(text))})
    for pattern in (_IMPORT, _COMMENT, _COMPONENT):
        text = replace_outside_code(pattern, lambda match: "", text)
    return text, [f"MDX component removed, its content kept: {name}" for name in names]
