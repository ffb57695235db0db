"""The series that a title or subtitle names in brackets, with the number of the episode."""

from __future__ import annotations

import re

from articles.importing.pages.facts import PageFacts

_MARKED = r"[<(#]\s?0*(?P<marked>\d{1,3})\s?[)>]?|\s?(?:제\s?)?0*(?P<counted>\d{1,3})\s?[화회편]|(?P<circled>[①-⑳])"
_IN_TITLE = re.compile(rf"\[(?P<name>[^\[\]<>()#]{{2,30}}?)\s?(?:{_MARKED})\]")
# `[코로나 19]` begins many a title, but no subtitle.
_IN_DEK = re.compile(
    rf"\[(?P<name>[^\[\]<>()#]{{2,30}}?)\s?(?:{_MARKED}|\s0*(?P<bare>\d{{1,3}}))\]"
)


def guess_series(facts: PageFacts) -> None:
    """Complete the facts by a series named so: `[강가의 편지 <4>]`, `[강가의 편지 ④]`."""
    match = _IN_TITLE.match(facts.title) or _IN_DEK.match(facts.dek)
    if match is None or facts.series:
        return
    facts.guess("series", match["name"].strip())
    numbers = {name: value for name, value in match.groupdict().items() if name != "name" and value}
    circled = numbers.pop("circled", "")
    number = ord(circled) - ord("①") + 1 if circled else int(next(iter(numbers.values())))
    facts.guess("episode", number)
