"""Writing front matter: always the same bytes for the same values, and readable by any YAML.

What is empty is left out. Texts are written as JSON writes them, which is YAML too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime

Value = str | bool | int | datetime | Sequence[str] | Mapping[str, "Value"] | None

# JSON may leave these as they are, YAML may not.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def yaml_text(values: Mapping[str, Value], indent: str = "") -> str:
    """Return the lines of a mapping, each with its end."""
    lines = []
    for key, value in values.items():
        if value is None or value in ("", [], ()) or value == {}:
            continue
        if isinstance(value, Mapping):
            if below := yaml_text(value, f"{indent}  "):
                lines.append(f"{indent}{key}:\n{below}")
        else:
            lines.append(f"{indent}{key}: {_scalar(value)}\n")
    return "".join(lines)


def _scalar(value: str | bool | int | datetime | Sequence[str]) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, int):
        return str(value)
    written = json.dumps(value if isinstance(value, str) else list(value), ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", written)
