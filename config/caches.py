"""The cache that everybody uses: the one that processes share, or this process's own.

Limits are counted in it, and signing in or writing a comment must go on while Redis is away.
Whoever floods or guesses is still held back then, by each process for itself.
"""

import logging
import time
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from redis import RedisError

logger = logging.getLogger(__name__)

# A cache that hangs costs every request its timeout; after a failure it is left alone for a while.
PAUSE_IN_SECONDS = 5


class LastingCache(BaseCache):
    """Does the work in the cache "shared", and in the cache "process" while that one is away."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._away_until = 0.0

    def add(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        return bool(self._answer("add", key, value, timeout, version))

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._answer("get", key, default, version)

    def set(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        self._answer("set", key, value, timeout, version)

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return bool(self._answer("touch", key, timeout, version))

    def delete(self, key: Any, version: int | None = None) -> bool:
        return bool(self._answer("delete", key, version))

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        return int(self._answer("incr", key, delta, version))

    def clear(self) -> None:
        self._answer("clear")

    def _answer(self, method: str, *arguments: Any) -> Any:
        if time.monotonic() >= self._away_until:
            try:
                return getattr(caches["shared"], method)(*arguments)
            except (RedisError, OSError) as error:
                self._away_until = time.monotonic() + PAUSE_IN_SECONDS
                logger.warning("The cache is away, this process goes on alone: %r", error)
        return getattr(caches["process"], method)(*arguments)
