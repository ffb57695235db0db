"""While a server gives no answer one at a time asks it, and all others are told at once."""

from __future__ import annotations

import time
from threading import Lock


class Outage:
    """What the threads of a process know of one server.

    Nobody asks it for `pause_seconds` after it gave no answer; then somebody does. Who was asked
    for that and is not heard of for `trial_seconds`, which is longer than an answer may take, is
    followed by another.
    """

    def __init__(self, *, pause_seconds: float, trial_seconds: float) -> None:
        self._pause_seconds = pause_seconds
        self._trial_seconds = trial_seconds
        self._asked_again_at: float | None = None
        self._lock = Lock()

    @property
    def goes_on(self) -> bool:
        return self._asked_again_at is not None

    def begin(self) -> None:
        """Note that the server gave no answer."""
        with self._lock:
            self._asked_again_at = time.monotonic() + self._pause_seconds

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
            self._asked_again_at = now + self._trial_seconds
        return True
