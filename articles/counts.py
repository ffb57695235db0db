"""How many articles a list holds: exactly while that is quick, else as of some minutes ago.

A stored count would have to follow the clock, because articles appear and expire by themselves.
What is kept here is asked anew after a while, and, by a process that hears of changes, after the
next one: a page that is made anew shall not show an old number. A list short enough to be counted
in passing is never kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import caches

from articles.models import ArticleQuerySet

# Up to here every page counts for itself.
EXACT = 1_000
KEPT_SECONDS = 600

T = TypeVar("T")

# How often this process has forgotten.
_edition = 0


def kept(name: str, ask: Callable[[], T], is_large: Callable[[T], bool] | None = None) -> T:
    """Return what `ask` counts, or has counted some minutes ago if that was a large number."""
    # Of this process alone, since each hears of changes by itself.
    cache, key = caches["process"], f"articles.count.{_edition}.{name}"
    known: T | None = cache.get(key)
    if known is not None:
        return known
    count = ask()
    if is_large(count) if is_large else count > EXACT:  # type: ignore[operator]
        cache.set(key, count, KEPT_SECONDS)
    return count


def forget() -> None:
    """Count anew; what somebody has begun to count before is kept for nobody."""
    global _edition
    _edition += 1


def count_of(articles: ArticleQuerySet, name: str) -> int:
    """Return how many articles there are; `name` tells the list from all others."""
    return kept(name, articles.order_by().count)
