"""Lists of what people write: evasions and innocent sentences, spoofed and honest names.

`second_*` and later ones were written after the rules were finished, to see what they had not
foreseen; what was found unfair (another word altogether) is left out.
"""

import re
from pathlib import Path

from comments.words import WordRule

_ESCAPED = re.compile(r"\\u([0-9a-f]{4})")


def lines(name: str) -> list[str]:
    """Return the lines of a list, `\\uXXXX` and `\\n` replaced by what they stand for."""
    text = Path(__file__).with_name(f"{name}.txt").read_text(encoding="utf-8")
    rows = [row for row in text.splitlines() if row and not row.startswith("#")]
    return [
        _ESCAPED.sub(lambda code: chr(int(code[1], 16)), row).replace("\\n", "\n") for row in rows
    ]


def pairs(name: str) -> list[tuple[str, str]]:
    """Return what stands before and after the first bar of each line."""
    parts = (line.partition("|") for line in lines(name))
    return [(before.strip(), after.strip()) for before, _, after in parts]


def word_rules(name: str) -> list[WordRule]:
    return [
        WordRule(pattern, pattern, tuple(filter(None, map(str.strip, exceptions.split(",")))))
        for pattern, exceptions in pairs(name)
    ]
