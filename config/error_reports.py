"""Errors to a service that collects them as Sentry does (SENTRY_DSN): Sentry, GlitchTip, Bugsink.

Without Sentry's own library, which would take along what readers send: a report holds what the log
does, and the lines of code on the way, but no variable, request, address or account.
Source: https://develop.sentry.dev/sdk/foundations/transport/envelopes/
"""

from __future__ import annotations

import json
import logging
import traceback
import uuid
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import requests
from django.conf import settings

from config.environment import collector_of
from config.error_notices import LEAVING_SECONDS, ErrorNotices
from config.logs import scrubbed, shortened

_CHAIN = 5
_FRAMES = 50


class ErrorReports(ErrorNotices):
    kind = "error-report"

    def notice_of(self, record: logging.LogRecord) -> Callable[[], object]:
        return partial(_send, settings.SENTRY_DSN, event_of(record))


def event_of(record: logging.LogRecord) -> dict[str, Any]:
    """Return what the service is told of a record."""
    event: dict[str, Any] = {
        "event_id": uuid.uuid4().hex,
        "timestamp": record.created,
        "platform": "python",
        "level": record.levelname.lower(),
        "logger": record.name,
        "logentry": {"formatted": shortened(scrubbed(record.getMessage()))},
        "tags": {"request_id": getattr(record, "request_id", "-"), "site": settings.SITE_URL},
    }
    if record.exc_info and record.exc_info[1] is not None:
        # The service wants the first cause first.
        values = [_exception(error) for error in _chain(record.exc_info[1])]
        event["exception"] = {"values": values[::-1]}
    return event


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    for _ in range(_CHAIN):
        if error is None:
            return
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _exception(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    return {
        "type": type(error).__name__,
        "module": type(error).__module__,
        "value": shortened(scrubbed(str(error))),
        "stacktrace": {
            "frames": [
                {
                    "filename": frame.filename.removeprefix(f"{settings.BASE_DIR}/"),
                    "function": frame.name,
                    "lineno": frame.lineno,
                    "context_line": frame.line,
                }
                for frame in frames
            ]
        },
    }


def _send(dsn: str, event: dict[str, Any]) -> None:
    address, key = collector_of(dsn)
    lines = ({"event_id": event["event_id"]}, {"type": "event"}, event)
    answer = requests.post(
        address,
        # Half a character, which UTF-8 cannot hold, is written out.
        data="\n".join(json.dumps(line) for line in lines).encode(),
        headers={
            "Content-Type": "application/x-sentry-envelope",
            "X-Sentry-Auth": (f"Sentry sentry_version=7, sentry_client=pildam/1, sentry_key={key}"),
        },
        timeout=LEAVING_SECONDS,
        allow_redirects=False,
    )
    answer.raise_for_status()
