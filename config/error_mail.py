"""Errors as mail to the operators (ERROR_MAIL)."""

import logging
from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.core.mail import mail_admins

from config.error_notices import ErrorNotices


class ErrorMail(ErrorNotices):
    kind = "error-mail"

    def notice_of(self, record: logging.LogRecord) -> Callable[[], object]:
        # Half a character, which no mail can hold, is written out.
        text = self.format(record).encode(errors="backslashreplace").decode()
        return partial(_send, record.levelname, text)


def _send(level: str, text: str) -> None:
    subject = f"{level}: {text.splitlines()[0]}"[:200]
    mail_admins(subject, f"{settings.SITE_URL}\n\n{text}\n")
