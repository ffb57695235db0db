"""Errors as mail to the operators: the first of its kind at once, the next after a pause."""

import logging
import time
from threading import Thread

from django.conf import settings
from django.core.cache import cache
from django.core.mail import mail_admins

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 600
# What cannot leave because the mail server is silent stays in the log alone.
_MOST_AT_ONCE = 4


class ErrorMail(logging.Handler):
    """Mail what the log says, and nothing about who asked; never one place twice in ten minutes.

    Each mail leaves by a thread of its own: a handler has one lock, so that a mail server which
    says nothing would hold up every request with something to log.
    """

    def __init__(self) -> None:
        super().__init__()
        self._leaving: list[Thread] = []

    def emit(self, record: logging.LogRecord) -> None:
        # Hosts that nobody serves, and the like: somebody else's errors, and without end.
        if record.name.startswith("django.security"):
            return
        self._leaving = [thread for thread in self._leaving if thread.is_alive()]
        if len(self._leaving) >= _MOST_AT_ONCE:
            return
        try:
            if cache.add(f"error-mail:{_place_of(record)}", 1, PAUSE_SECONDS):
                # Half a character, which no mail can hold, is written out.
                text = self.format(record).encode(errors="backslashreplace").decode()
                # A process that ends does not wait for a server without end.
                thread = Thread(target=_send, args=[record.levelname, text], daemon=True)
                thread.start()
                self._leaving.append(thread)
        # A log that cannot be mailed must not become the next error.
        except Exception:
            self.handleError(record)

    def flush(self) -> None:
        """Wait for what is leaving, as when the process ends; no longer than for a mail server."""
        deadline = time.monotonic() + settings.EMAIL_TIMEOUT
        for thread in self._leaving:
            thread.join(max(0, deadline - time.monotonic()))


def _send(level: str, text: str) -> None:
    try:
        subject = f"{level}: {text.splitlines()[0]}"[:200]
        mail_admins(subject, f"{settings.SITE_URL}\n\n{text}\n")
    # Every backend's library has errors of its own. A warning is not mailed.
    except Exception as error:
        logger.warning("An error could not be mailed: %s", type(error).__name__)


def _place_of(record: logging.LogRecord) -> str:
    """Name where a record comes from: the innermost line of its traceback, or its logger's."""
    trace = record.exc_info[2] if record.exc_info else None
    if trace is None:
        return f"{record.name}:{record.lineno}"
    while trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}"
