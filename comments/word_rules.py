"""The moderators' words from the database, asked about one comment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from articles.markup.addresses import WEB_ADDRESS
from comments import words
from comments.models import WordRule
from comments.moderation.facts import FoundWord

_ADDRESS = re.compile(WEB_ADDRESS, re.IGNORECASE)


def found_words(*, body: str, name: str) -> tuple[FoundWord, ...]:
    """Return what the enabled rules find in the body, the name and the links, in one query."""
    rules = list(WordRule.objects.filter(is_enabled=True).order_by("pk"))
    return tuple(_found(rules, body=body, name=name))


def _found(rules: list[WordRule], *, body: str, name: str) -> Iterator[FoundWord]:
    links = "\n".join(match[0] for match in _ADDRESS.finditer(body))
    texts = {
        WordRule.Target.BODY: body,
        WordRule.Target.NAME: name,
        WordRule.Target.LINK: links,
    }
    by_key: dict[int | str, WordRule] = {rule.pk: rule for rule in rules}
    for target, text in texts.items():
        matcher = _matcher(tuple(_as_data(rules, target)))
        for match in matcher.matches(text) if text else ():
            rule = by_key[match.rule.key]
            yield FoundWord(target.value, match.found, rule.pattern, rule.effect)


def _as_data(rules: Iterable[WordRule], target: str) -> Iterator[words.WordRule]:
    for rule in rules:
        if rule.target == target:
            yield words.WordRule(rule.pk, rule.pattern, rule.exception_list)


# Three targets, before and after a change of the rules, and some to spare.
@lru_cache(maxsize=12)
def _matcher(rules: tuple[words.WordRule, ...]) -> words.WordMatcher:
    """Compile the rules once for as long as they stay what they are."""
    return words.WordMatcher(rules)
