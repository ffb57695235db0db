"""Word rules for Korean: see docs/decisions/0016-word-rules.md."""

from comments.words.matcher import WordMatcher
from comments.words.rules import Match, WordRule

__all__ = ["Match", "WordMatcher", "WordRule"]
