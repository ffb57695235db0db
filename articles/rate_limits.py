"""How often somebody may try: counted in the cache, never in the database.

A window opens with the first try and closes on time, however many tries follow. What is
counted by is hashed, because an address is nobody's business, not even the cache's. While
the shared cache is away, each process counts for itself (`config.caches`).
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.crypto import salted_hmac


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `allowed` tries in `seconds`, each subject by itself."""

    name: str
    allowed: int
    seconds: int

    def hit(self, *subject: object) -> int:
        """Count a try; return 0 if it is allowed, else the seconds to wait for the next one.

        Where several limits hold, `or` asks the narrow one first: what it refuses must not count
        against a wider one, or somebody who is held back could still use that up for everybody.
        """
        key = self._key(subject)
        now = time.time()
        if self._counted(key, now) <= self.allowed:
            return 0
        end = float(cache.get(_end_of(key), now + self.seconds))
        return max(1, math.ceil(end - now))

    def forgive(self, *subject: object) -> None:
        """Forget the tries, because one of them was right."""
        key = self._key(subject)
        cache.delete_many([key, _end_of(key)])

    def _counted(self, key: str, now: float) -> int:
        try:
            count = int(cache.incr(key))
        except ValueError:
            return self._opened(key, now)
        if count == 1:
            # The window closed while Redis was asked for it, and what it began anew has no end.
            cache.touch(key, self.seconds)
        return count

    def _opened(self, key: str, now: float) -> int:
        """Open a window by this try; others may do so at the same moment."""
        cache.set(_end_of(key), now + self.seconds, self.seconds)
        if cache.add(key, 1, self.seconds):
            return 1
        try:
            return int(cache.incr(key))
        except ValueError:
            # It has closed again already.
            return 1

    def _key(self, subject: tuple[object, ...]) -> str:
        text = "\n".join(map(str, subject))
        return f"limit:{self.name}:{salted_hmac('articles.rate_limits', text).hexdigest()}"


def _end_of(key: str) -> str:
    return f"{key}:end"
