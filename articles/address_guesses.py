"""Where somebody who asked for an address that does not exist may have wanted to go."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import PurePosixPath
from typing import NamedTuple

# Below this an address and a title have only their syllables' most common sounds in common.
LEAST = 0.42
# So many pairs are not found in a long title by chance, when nearly all of them are.
_FEW = 8
_NEARLY_ALL = 0.75
_SHORTENED = 0.9
_NOT_WORDS = re.compile(r"[\W\d_]+")
_FILE_ENDING = re.compile(r"\.(?:html?|php|aspx?|md)$", re.IGNORECASE)

Sounds = frozenset[str]


class Candidate(NamedTuple):
    """A page that exists: what it is, and the sounds of the names it may be asked for by."""

    page: object
    names: tuple[Sounds, ...]


class Guess(NamedTuple):
    """A page and how much it looks like what was asked for, from 0 to 1."""

    page: object
    score: float


@lru_cache(maxsize=8192)
def sounds(text: str) -> Sounds:
    """The pairs of letters in a text, Hangul by its jamo: one wrong vowel changes two of many.

    The same thousands of names are compared again and again while somebody goes through the list.
    """
    letters = _NOT_WORDS.sub("", unicodedata.normalize("NFD", text.casefold()))
    return frozenset(letters[i : i + 2] for i in range(max(len(letters) - 1, bool(letters))))


def similarity(one: Sounds, other: Sounds) -> float:
    """How many of their pairs two names share, from 0 to 1.

    The first may be a shortened form of the second, as addresses are of long titles.
    """
    if not one or not other:
        return 0.0
    shared = len(one & other)
    contained = shared / len(one) if len(one) >= _FEW else 0.0
    return max(
        2 * shared / (len(one) + len(other)),
        _SHORTENED * contained if contained >= _NEARLY_ALL else 0.0,
    )


def words_of(path: str) -> str:
    """The part of an address that names a page: its last one with words in it."""
    for part in reversed(PurePosixPath(path).parts):
        if words := _NOT_WORDS.sub(" ", _FILE_ENDING.sub("", part)).strip():
            return words
    return ""


def last_name(path: str) -> str:
    """The last part of a path without what it says of a file's kind: the slug of most articles."""
    return _FILE_ENDING.sub("", PurePosixPath(path).name)


def best_guesses(path: str, candidates: Iterable[Candidate], count: int = 3) -> list[Guess]:
    """The pages whose names look most like the address, the best first, each once."""
    asked = sounds(words_of(path))
    scores: dict[object, float] = {}
    for page, names in candidates:
        score = max((similarity(asked, name) for name in names), default=0.0)
        if score >= LEAST and score > scores.get(page, 0.0):
            scores[page] = score
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    return [Guess(page, score) for page, score in ranked[:count]]
