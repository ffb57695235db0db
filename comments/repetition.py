"""Whether a comment says again what another has said. Pure rules."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable

# Runs of three characters: enough to survive an inserted word, short enough for Hangul.
_RUN = 3
# Shorter texts are alike by nature: 잘 읽었습니다.
MIN_LENGTH = 20
NEAR = 0.8
_MAX_COMPARED = 1_000
# What `str.isalnum` is false of.
_NOT_WORDS = re.compile(r"[\W_]+")


def words_of(text: str) -> str:
    """Return the letters and digits of a text, which no spaces, signs or marks can change."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _NOT_WORDS.sub("", folded) or folded


def digest_of(text: str) -> str:
    """Return 32 hexadecimal digits by which equal words are found."""
    return hashlib.blake2b(words_of(text).encode("utf-8", "replace"), digest_size=16).hexdigest()


def is_near(text: str, other: str) -> bool:
    """Whether two texts are nearly the same, by the Jaccard index of their runs of letters.

    Source: A. Broder, "On the resemblance and containment of documents" (1997).
    """
    return bool(near_count(text, [other]))


def near_count(text: str, others: Iterable[str]) -> int:
    """Count those among the others that are near the text."""
    runs = _runs(_compared(text))
    return sum(_are_near(runs, _compared(other)) for other in others) if runs else 0


def _are_near(runs: set[str], words: str) -> bool:
    # As many runs as letters at most: fewer than they have to share need not be made.
    if len(words) < NEAR * len(runs):
        return False
    others = _runs(words)
    return bool(others) and len(runs & others) >= NEAR * len(runs | others)


def _compared(text: str) -> str:
    return words_of(text)[:_MAX_COMPARED]


def _runs(words: str) -> set[str]:
    """Return the runs of what is compared, none of one that is too short for it."""
    if len(words) < MIN_LENGTH:
        return set()
    return {words[start : start + _RUN] for start in range(len(words) - _RUN + 1)}
