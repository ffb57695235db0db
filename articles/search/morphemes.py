"""Kiwi, the analyser of Korean morphemes: loaded when it is first needed, once in a process.

Its model takes about a second and 270 MB. A server loads it before it forks (`gunicorn.conf.py`),
so that its workers share one; a command that analyses nothing never loads it.
"""

from __future__ import annotations

import importlib
import os
import warnings
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple


class Morpheme(NamedTuple):
    """A morpheme in its plain form, its tag of the Sejong set, and where it stands in the text."""

    form: str
    tag: str
    start: int
    end: int


def load() -> None:
    """Load the model now; raises OSError and the like when it is not installed whole."""
    # It prepares itself fully at the first text only.
    morphemes_of("글")


def morphemes_of(text: str) -> list[Morpheme]:
    """Return the morphemes of the text, which is best in NFC."""
    return _converted(_analyser().tokenize(text))


def morphemes_of_each(texts: Iterable[str]) -> Iterator[list[Morpheme]]:
    """Yield the morphemes of each text in turn, analysed on all processors at once."""
    return map(_converted, _hurried_analyser().tokenize(texts))


@cache
def _analyser() -> Any:
    # No thread of its own: one would not survive a fork, and its process could not end in peace.
    with warnings.catch_warnings():
        # The library says that 0 once meant every processor.
        warnings.simplefilter("ignore", DeprecationWarning)
        return _new_analyser(threads=0)


@cache
def _hurried_analyser() -> Any:
    return _new_analyser(threads=os.cpu_count() or 1)


def _new_analyser(threads: int) -> Any:
    # The library brings numpy along, which would make every command begin later. The dictionary
    # of expressions that it may load besides doubles the memory and finds no more of what counts.
    kiwi = importlib.import_module("kiwipiepy")
    return kiwi.Kiwi(num_workers=threads, load_multi_dict=False)


def _converted(tokens: Any) -> list[Morpheme]:
    # An irregular verb bears a mark behind its tag, which makes no difference here.
    return [
        Morpheme(token.form, token.tag.partition("-")[0], token.start, token.start + token.len)
        for token in tokens
    ]
