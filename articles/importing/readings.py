"""What a source holds: one document, or very many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from articles.importing.documents import ImportedArticle
from articles.importing.sources import Source


@dataclass(frozen=True, slots=True)
class Reading:
    """One document of a source, under a label and an identity of its own.

    `load` returns the article and the bytes that it is told by. It raises ImportFailure for a
    document that becomes no article.
    """

    source: Source
    load: Callable[[], tuple[ImportedArticle, bytes]]


@dataclass(frozen=True, slots=True)
class Remainder:
    """What else a source held: things left out, by an English plural, and comments."""

    label: str
    left_out: Counter[str] = field(default_factory=Counter)
    comment_count: int = 0
