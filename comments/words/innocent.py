"""Ordinary words that contain a swear word by accident; no rule matches inside them.

A rule whose own pattern is one of these words, or is longer, is not excused by it.
"""

from pathlib import Path

_FILE = Path(__file__).with_name("innocent.txt")


def _words() -> tuple[str, ...]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    rows = (line for line in lines if line and not line.startswith("#"))
    return tuple(word.strip() for row in rows for word in row.split(",") if word.strip())


INNOCENT_WORDS = _words()
