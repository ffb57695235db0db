"""What becomes of an error besides its line in the log: told to somebody, but not again and again."""

import logging
import time
from abc import abstractmethod
from collections.abc import Callable
from threading import Thread

from django.core.cache import cache

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 600
# Longer than whoever is told may take to answer.
LEAVING_SECONDS = 10
# What cannot leave because the other side is silent stays in the log alone.
_MOST_AT_ONCE = 4


class ErrorNotices(logging.Handler):
    """Tell what the log says, and nothing about who asked; never one place twice in ten minutes.

    Each notice leaves by a thread of its own: a handler has one lock, so that a server which
    says nothing would hold up every request with something to log.
    """

    # What the cache knows these notices by.
    kind: str

    def __init__(self) -> None:
        super().__init__()
        self._leaving: list[Thread] = []

    @abstractmethod
    def notice_of(self, record: logging.LogRecord) -> Callable[[], object]:
        """Return what tells of the record, which is not looked at any more by then."""

    def emit(self, record: logging.LogRecord) -> None:
        # Hosts that nobody serves, and the like: somebody else's errors, and without end.
        if record.name.startswith("django.security"):
            return
        self._leaving = [thread for thread in self._leaving if thread.is_alive()]
        if len(self._leaving) >= _MOST_AT_ONCE:
            return
        try:
            if cache.add(f"{self.kind}:{_place_of(record)}", 1, PAUSE_SECONDS):
                # A process that ends does not wait for a server without end.
                thread = Thread(target=_tell, args=[self.notice_of(record)], daemon=True)
                thread.start()
                self._leaving.append(thread)
        # A log that cannot be told of must not become the next error.
        except Exception:
            self.handleError(record)

    def flush(self) -> None:
        """Wait for what is leaving, as when the process ends."""
        deadline = time.monotonic() + LEAVING_SECONDS
        for thread in self._leaving:
            thread.join(max(0, deadline - time.monotonic()))


def _tell(notice: Callable[[], object]) -> None:
    try:
        notice()
    # Every way of telling has errors of its own. A warning is not told of.
    except Exception as error:
        logger.warning("Nobody could be told of an error: %s", type(error).__name__)


def _place_of(record: logging.LogRecord) -> str:
    """Name where a record comes from: the innermost line of its traceback, or its logger's."""
    trace = record.exc_info[2] if record.exc_info else None
    if trace is None:
        return f"{record.name}:{record.lineno}"
    while trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}"
