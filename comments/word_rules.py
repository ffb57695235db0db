"""The moderators' words from the database, asked about one comment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from articles.compiled import CompiledQuery
from articles.markup.addresses import WEB_ADDRESS
from comments import words
from comments.models import WordRule
from comments.models.rules import exceptions_in
from comments.moderation.facts import FoundWord

# A rule as it is stored: number, word, where to look, what it leads to, exceptions.
Row = tuple[int, str, str, str, str]

_enabled = CompiledQuery(
    lambda: (
        WordRule.objects.filter(is_enabled=True)
        .order_by("pk")
        .values_list("pk", "pattern", "target", "effect", "exceptions")
    )
)
_ADDRESS = re.compile(WEB_ADDRESS, re.IGNORECASE)


def found_words(*, body: str, name: str) -> tuple[FoundWord, ...]:
    """Return what the enabled rules find in the body, the name and the links, in one query."""
    return tuple(_found(tuple(_enabled()), body=body, name=name))


def _found(rows: tuple[Row, ...], *, body: str, name: str) -> Iterator[FoundWord]:
    links = "\n".join(match[0] for match in _ADDRESS.finditer(body))
    texts = {
        WordRule.Target.BODY: body,
        WordRule.Target.NAME: name,
        WordRule.Target.LINK: links,
    }
    effects = {pk: effect for pk, _, _, effect, _ in rows}
    for target, text in texts.items():
        for match in _matcher(rows, target.value).matches(text) if text else ():
            effect = effects[int(match.rule.key)]
            yield FoundWord(target.value, match.found, match.rule.pattern, effect)


# Three targets, before and after a change of the rules, and some to spare.
@lru_cache(maxsize=12)
def _matcher(rows: tuple[Row, ...], target: str) -> words.WordMatcher:
    """Compile the rules for one target once for as long as they stay what they are."""
    return words.WordMatcher(
        words.WordRule(pk, pattern, exceptions_in(exceptions))
        for pk, pattern, where, _, exceptions in rows
        if where == target
    )
