"""Connections that notice when a server has stopped, hangs, or can no longer be reached.

Its kernel goes on saying that it has got what was sent, so that neither TCP nor libpq finds out.
A query that is only slow, or waits for a lock, is another thing: then the server answers others.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import Any, ClassVar

import psycopg

from config.outages import Outage
from config.postgresql.signs_of_life import answers

# After so much silence it is asked whether the server is there, and again after as much.
PATIENCE_SECONDS = 2.5
# A connection and an answer to that may each take so long.
_ANSWER_SECONDS = 2.0
# How long nobody asks for a connection after a server gave no answer, and for how long whoever
# asks again may wait for one.
_PAUSE_SECONDS = 1.0
_TRIAL_SECONDS = 6.0
# How often a silent connection is looked after.
_INTERVAL_SECONDS = 0.1


class AlertConnection(psycopg.Connection[Any]):
    """Closes itself and raises OperationalError when its server no longer answers anybody."""

    outage: ClassVar[Outage]

    def wait(
        self, gen: Any, interval: float = _INTERVAL_SECONDS, timeout: float | None = None
    ) -> Any:
        result = super().wait(self._watched(gen), interval, timeout)
        if self.outage.goes_on:
            self.outage.end()
        return result

    def _watched(self, gen: Any) -> Generator[Any, Any, Any]:
        """Pass on what `gen` waits for, and look after the server while nothing comes."""
        try:
            wanted = next(gen)
            heard_at = time.monotonic()
            while True:
                ready = yield wanted
                if ready:
                    heard_at = time.monotonic()
                elif time.monotonic() - heard_at > PATIENCE_SECONDS:
                    self._look_after_server()
                    heard_at = time.monotonic()
                wanted = gen.send(ready)
        except StopIteration as end:
            return end.value

    def _look_after_server(self) -> None:
        if answers(self.info.hostaddr or self.info.host, self.info.port, _ANSWER_SECONDS):
            return
        self.outage.begin()
        self.close()
        raise psycopg.OperationalError("The server no longer answers.")


def alert_connection() -> type[AlertConnection]:
    """Return the class of the connections to one server, which share what is known of it."""
    outage = Outage(pause_seconds=_PAUSE_SECONDS, trial_seconds=_TRIAL_SECONDS)
    return type("AlertConnection", (AlertConnection,), {"outage": outage})
