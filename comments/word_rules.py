"""The moderators' words from the database, asked about one comment."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from articles.markup.addresses import WEB_ADDRESS
from articles.queries.compiled import CompiledQuery
from comments import words
from comments.models import WordRule
from comments.models.rules import exceptions_in
from comments.moderation.facts import FoundWord

# A rule as it is stored: number, word, where to look, what it leads to, exceptions.
Row = tuple[int, str, str, str, str]

_ADDRESS = re.compile(WEB_ADDRESS, re.IGNORECASE)


def enabled_rules() -> QuerySet[WordRule, Any]:
    """Return the rules as they are read here, each: number, word, where, effect, exceptions."""
    rules = WordRule.objects.filter(is_enabled=True).order_by("pk")
    return rules.values_list("pk", "pattern", "target", "effect", "exceptions")


_enabled = CompiledQuery(enabled_rules)


def found_words(*, body: str, name: str, rules: str = "") -> tuple[FoundWord, ...]:
    """Return what the enabled rules find in the body, the name and the links.

    `rules` are those of `enabled_rules` as JSON; without them they are asked for.
    """
    return tuple(_found(rules or json.dumps(_enabled()), body=body, name=name))


def _found(rules: str, *, body: str, name: str) -> Iterator[FoundWord]:
    links = "\n".join(match[0] for match in _ADDRESS.finditer(body))
    texts = {
        WordRule.Target.BODY: body,
        WordRule.Target.NAME: name,
        WordRule.Target.LINK: links,
    }
    for target, text in texts.items():
        for match in _matcher(rules, target.value).matches(text) if text else ():
            effect = _effects(rules)[int(match.rule.key)]
            yield FoundWord(target.value, match.found, match.rule.pattern, effect)


# Three targets, before and after a change of the rules, and some to spare.
@lru_cache(maxsize=12)
def _matcher(rules: str, target: str) -> words.WordMatcher:
    """Compile the rules for one target once for as long as they stay what they are."""
    return words.WordMatcher(
        words.WordRule(pk, pattern, exceptions_in(exceptions))
        for pk, pattern, where, _, exceptions in _rows(rules)
        if where == target
    )


@lru_cache(maxsize=4)
def _effects(rules: str) -> dict[int, str]:
    return {pk: effect for pk, _, _, effect, _ in _rows(rules)}


def _rows(rules: str) -> list[Row]:
    return sorted((int(pk), *texts) for pk, *texts in json.loads(rules))
