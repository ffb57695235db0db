"""How many articles a list holds: exactly while that is quick, else as of some minutes ago.

A stored count would have to follow the clock, because articles appear and expire by themselves.
What is kept here is asked anew after a while, and a list short enough to be counted in passing
is never kept.
"""

from __future__ import annotations

from django.core.cache import cache

from articles.models import ArticleQuerySet

# Up to here every page counts for itself.
EXACT = 1_000
KEPT_SECONDS = 600


def count_of(articles: ArticleQuerySet, name: str) -> int:
    """Return how many articles there are; `name` tells the list from all others."""
    key = f"articles.count.{name}"
    kept: int | None = cache.get(key)
    if kept is not None:
        return kept
    count = articles.order_by().count()
    if count > EXACT:
        cache.set(key, count, KEPT_SECONDS)
    return count
