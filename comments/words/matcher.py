"""The rules compiled once, and a text held against all of them."""

import re
from collections.abc import Iterable, Iterator

from comments.jamo import keystrokes
from comments.words.innocent import INNOCENT_WORDS
from comments.words.jamo_words import EVERY_RULE, JamoWords
from comments.words.latin_words import LatinWords
from comments.words.rules import Match, WordRule, is_hangul, letters_of
from comments.words.units import Kind, Unit, units_of

_LEAST_KEYSTROKES = 5


class WordMatcher:
    """Finds the words of the rules in texts. Compiled once; safe to share between threads."""

    def __init__(self, rules: Iterable[WordRule]) -> None:
        self._rules = tuple(rules)
        self._hangul, self._mixed, self._latin = JamoWords(), JamoWords(mixed=True), LatinWords()
        self._signs: list[tuple[int, re.Pattern[str]]] = []
        for place, rule in enumerate(self._rules):
            self._add(place, rule)
        for word in INNOCENT_WORDS:
            self._hangul.add_exception(EVERY_RULE, word)

    def matches(self, text: str) -> list[Match]:
        """Return every word found, in order of place; a rule matches a place once."""
        units = units_of(text)
        found = sorted(set(self._places(units)), key=lambda one: (one[1], -one[2], one[0]))
        reached: dict[int, int] = {}
        matches = []
        for owner, first, last in found:
            if first <= reached.get(owner, -1):
                continue
            reached[owner] = last
            start, end = units[first].start, units[last].end
            matches.append(Match(self._rules[owner], text[start:end], start, end))
        return matches

    def _add(self, place: int, rule: WordRule) -> None:
        units = units_of(rule.pattern)
        letters = letters_of(units)
        if all(unit.kind is Kind.DIGIT for unit in letters):
            if literal := _literal(units):
                self._signs.append((place, re.compile(literal)))
        elif is_hangul(units):
            self._add_hangul(place, rule, letters)
        elif any(unit.kind in (Kind.SYLLABLE, Kind.JAMO) for unit in letters):
            self._mixed.add(place, rule.pattern)
            for word in rule.exceptions:
                self._mixed.add_exception(place, word)
        else:
            self._latin.add(place, units)
            for word in rule.exceptions:
                self._latin.add_exception(place, units_of(word))

    def _add_hangul(self, place: int, rule: WordRule, letters: list[Unit]) -> None:
        self._hangul.add(place, rule.pattern)
        for word in rule.exceptions:
            self._hangul.add_exception(place, word)
        typed = keystrokes("".join(unit.letters for unit in letters))
        if len(typed) >= _LEAST_KEYSTROKES and letters[0].kind is Kind.SYLLABLE:
            self._latin.add(place, units_of(typed), open_ended=True)

    def _places(self, units: list[Unit]) -> Iterator[tuple[int, int, int]]:
        for words in (self._hangul, self._mixed):
            yield from ((span.owner, span.first, span.last) for span in words.found_in(units))
        yield from self._latin.found_in(units)
        yield from self._signs_in(units)

    def _signs_in(self, units: list[Unit]) -> Iterator[tuple[int, int, int]]:
        if not self._signs:
            return
        shown = [unit.shown for unit in units]
        text, owners = "".join(shown), [n for n, one in enumerate(shown) for _ in one]
        for place, pattern in self._signs:
            for found in pattern.finditer(text):
                yield place, owners[found.start()], owners[found.end() - 1]


def _literal(units: list[Unit]) -> str:
    """Return an expression for signs and figures as they are, not in the midst of a number."""
    shown = "".join(unit.shown for unit in units).strip()
    return rf"(?<![0-9]){re.escape(shown)}(?![0-9])" if shown else ""
