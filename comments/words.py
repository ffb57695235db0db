"""Finding the moderators' words in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WordRule:
    key: int | str
    pattern: str
    exceptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    rule: WordRule
    found: str
    start: int
    end: int


class WordMatcher:
    def __init__(self, rules: Iterable[WordRule]) -> None:
        self._rules = tuple(rules)

    def matches(self, text: str) -> list[Match]:
        """Return where the rules' words stand as they are written."""
        return [
            Match(rule, found[0], found.start(), found.end())
            for rule in self._rules
            for found in re.finditer(re.escape(rule.pattern), text, re.IGNORECASE)
        ]
