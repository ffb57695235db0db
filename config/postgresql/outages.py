"""While a server gives no answer one at a time asks it, and all others are told at once."""

from __future__ import annotations

import time
from threading import Lock

# How long nobody asks after somebody got no answer.
PAUSE_SECONDS = 1.0
# Longer than whoever asks again can wait for an answer.
_TRIAL_SECONDS = 6.0


class Outage:
    """What the threads of a process know of one server."""

    def __init__(self) -> None:
        self._asked_again_at: float | None = None
        self._lock = Lock()

    @property
    def goes_on(self) -> bool:
        return self._asked_again_at is not None

    def begin(self) -> None:
        """Note that the server gave no answer."""
        with self._lock:
            self._asked_again_at = time.monotonic() + PAUSE_SECONDS

    def end(self) -> None:
        """Note that it has answered."""
        with self._lock:
            self._asked_again_at = None

    def may_ask(self) -> bool:
        """Whether the server is to be asked: by all, or in an outage by one at a time."""
        if self._asked_again_at is None:
            return True
        now = time.monotonic()
        with self._lock:
            if self._asked_again_at is not None and now < self._asked_again_at:
                return False
            self._asked_again_at = now + _TRIAL_SECONDS
        return True
