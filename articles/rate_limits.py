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
        if self._counted(key) <= self.allowed:
            cache.add(f"{key}:end", now + self.seconds, self.seconds)
            return 0
        end = float(cache.get(f"{key}:end", now + self.seconds))
        return max(1, math.ceil(end - now))

    def forgive(self, *subject: object) -> None:
        """Forget the tries, because one of them was right."""
        key = self._key(subject)
        cache.delete_many([key, f"{key}:end"])

    def _counted(self, key: str) -> int:
        cache.add(key, 0, self.seconds)
        try:
            return int(cache.incr(key))
        except ValueError:
            # The window closed between the two calls; this try opens the next.
            cache.set(key, 1, self.seconds)
            return 1

    def _key(self, subject: tuple[object, ...]) -> str:
        text = "\n".join(map(str, subject))
        return f"limit:{self.name}:{salted_hmac('articles.rate_limits', text).hexdigest()}"
