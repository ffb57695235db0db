"""Errors as mail to the operators: the first of its kind at once, the next after a pause."""

import logging

from django.conf import settings
from django.core.cache import cache
from django.core.mail import mail_admins

PAUSE_SECONDS = 600


class ErrorMail(logging.Handler):
    """Mail what the log says, and nothing about who asked; never one place twice in ten minutes."""

    def emit(self, record: logging.LogRecord) -> None:
        # Hosts that nobody serves, and the like: somebody else's errors, and without end.
        if record.name.startswith("django.security"):
            return
        try:
            if cache.add(f"error-mail:{_place_of(record)}", 1, PAUSE_SECONDS):
                text = self.format(record)
                subject = f"{record.levelname}: {text.splitlines()[0]}"[:200]
                mail_admins(subject, f"{settings.SITE_URL}\n\n{text}\n")
        # A log that cannot be mailed must not become the next error.
        except Exception:
            self.handleError(record)


def _place_of(record: logging.LogRecord) -> str:
    """Name where a record comes from: the innermost line of its traceback, or its logger's."""
    trace = record.exc_info[2] if record.exc_info else None
    if trace is None:
        return f"{record.name}:{record.lineno}"
    while trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}"
