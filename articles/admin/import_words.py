"""The importer's English phrases in Korean, for those who read them at the desk.

The importer speaks English because operators read it. A phrase that is not in the table is
shown as it is: a reason that one can look up is better than none.
"""

from __future__ import annotations

import re
from functools import cache

from articles.admin.import_failures import FAILURES
from articles.admin.import_phrases import PHRASES
from articles.content import LABELS

# Longer ones quote what they complain of; nothing that long is compared.
_MAX_LENGTH = 2000
_POST = re.compile(r"(.+?)(?::\d+)?: (post|page) (\S+ “.*”)")


def in_korean(phrase: str) -> str:
    """Return the phrase in Korean, or as it is; what stands within it is translated, too."""
    if phrase in LABELS:
        return LABELS[phrase]
    if len(phrase) > _MAX_LENGTH:
        return phrase
    for pattern, korean in _patterns():
        if match := pattern.fullmatch(phrase):
            return korean.format(*map(in_korean, match.groups()))
    return phrase


def label_in_korean(label: str) -> str:
    """Return what a document is called, a post of an export by its number and title."""
    match = _POST.fullmatch(label)
    if match is None:
        return label
    file, kind, rest = match.groups()
    return f"{file}: {'페이지' if kind == 'page' else '글'} {rest}"


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    return [
        (re.compile("(.+?)".join(map(re.escape, english.split("{}")))), korean)
        for english, korean in (*PHRASES, *FAILURES)
    ]
