"""The words a new site starts with, read from `default_words.txt` beside this file."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_FILE = Path(__file__).with_name("default_words.txt")


@dataclass(frozen=True, slots=True)
class DefaultRule:
    """A word, the longer words in which it is innocent, and what kind of word it is."""

    pattern: str
    exceptions: tuple[str, ...]
    category: str


def default_rules() -> tuple[DefaultRule, ...]:
    """Return the default words in the order of the file."""
    return tuple(parsed(_FILE.read_text(encoding="utf-8")))


def parsed(text: str) -> Iterator[DefaultRule]:
    """Read `word | exception, exception` lines under `[category]` headings."""
    category = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("[") and line.endswith("]"):
            category = line[1:-1]
        elif line and not line.startswith("#"):
            pattern, _, rest = line.partition("|")
            exceptions = tuple(filter(None, map(str.strip, rest.split(","))))
            yield DefaultRule(pattern.strip(), exceptions, category)
