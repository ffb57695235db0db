"""The cache that everybody uses: the one that processes share, or this process's own.

Limits are counted in it, and signing in or writing a comment must go on while Redis is away,
hangs or is slow. Whoever floods or guesses is still held back then, by each process for itself.
"""

import logging
import time
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from redis import RedisError

from config.backing_services import CACHE_SECONDS
from config.outages import Outage

logger = logging.getLogger(__name__)

# One request asks up to a dozen times: what took longer than this is used, and then left alone.
SLOW_SECONDS = 0.2
# For how long a cache that is away or slow is left alone before one asks it for all.
PAUSE_SECONDS = 5.0

# Of all threads, each of which has a cache of its own. A trial connects and asks twice.
outage = Outage(pause_seconds=PAUSE_SECONDS, trial_seconds=5 * CACHE_SECONDS)


class LastingCache(BaseCache):
    """Does the work in the cache "shared", and in the cache "process" while that one is away."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

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
        """Begin anew, also with what is known of the shared cache."""
        outage.end()
        self._answer("clear")

    def _answer(self, method: str, *arguments: Any) -> Any:
        if not outage.may_ask():
            return getattr(caches["process"], method)(*arguments)
        start = time.monotonic()
        try:
            answer = getattr(caches["shared"], method)(*arguments)
        except (RedisError, OSError) as error:
            _leave(repr(error))
            return getattr(caches["process"], method)(*arguments)
        # That there is no such key is an answer, too.
        except ValueError:
            _judge(time.monotonic() - start)
            raise
        _judge(time.monotonic() - start)
        return answer


def _judge(seconds: float) -> None:
    """Leave a cache alone that took so long to answer, or come back to one that is quick again."""
    if seconds > SLOW_SECONDS:
        _leave(f"it took {seconds:.2f} s to answer")
    elif outage.goes_on:
        outage.end()
        logger.warning("The cache is there again.")


def _leave(reason: str) -> None:
    if not outage.goes_on:
        logger.warning("The cache is away, this process goes on alone: %s", reason)
    outage.begin()
