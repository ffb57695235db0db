"""The known words in the memory of a process, for those who mistype."""

from __future__ import annotations

from threading import Lock

from django.db.models import Max

from articles.models import SearchTerm
from articles.search.spelling import Vocabulary

# Names that stand in one text alone and are written once in ten years may be left out.
MOST_WORDS = 60_000


class _Kept:
    def __init__(self) -> None:
        self._vocabulary = Vocabulary(())
        self._newest: int | None = None
        self._loading = Lock()

    def current(self) -> Vocabulary:
        newest = SearchTerm.objects.aggregate(newest=Max("pk"))["newest"]
        with self._loading:
            if newest != self._newest:
                words = SearchTerm.objects.order_by("-article_count", "word")
                self._vocabulary = Vocabulary(words.values_list("word", flat=True)[:MOST_WORDS])
                self._newest = newest
            return self._vocabulary

    def forget(self) -> None:
        with self._loading:
            self._newest = None


_kept = _Kept()


def vocabulary() -> Vocabulary:
    """Return the known words, loaded anew when one has come: one query, at times two."""
    return _kept.current()


def forget() -> None:
    """Let go of the words in memory, as between tests."""
    _kept.forget()
