"""What the log says, in lines or in JSON, and what it does not write down."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable
from contextvars import ContextVar
from datetime import UTC, datetime
from ipaddress import IPv6Address
from typing import Any

from django.http import HttpRequest

LOG_FORMATS = ("line", "json")
LINE = "%(asctime)s %(levelname)s %(name)s [%(request_id)s]: %(message)s"

# The parts of an address by which somebody proves to be somebody.
KEYS = frozenset({"key", "ticket", "token", "uidb36"})

# Letters in one part of a line: the journal breaks a line after 48 kB, and half of one is no JSON.
_LONGEST = 6_000

# Which request a record belongs to; "-" outside of one.
current_request_id: ContextVar[str] = ContextVar("current_request_id", default="-")

# Databases quote what offends them, and errors quote databases.
_MAIL_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_IPV4 = re.compile(r"(?<![\d.])((?:\d{1,3}\.){3})\d{1,3}(?![\d.])")
_LIKE_IPV6 = re.compile(r"(?<![\w:])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![\w:])", re.I)


def scrubbed(text: str) -> str:
    """Return the text without mail addresses, and with networks in place of whole addresses."""
    text = _MAIL_ADDRESS.sub("(e-mail)", text)
    text = _IPV4.sub(r"\g<1>x", text)
    return _LIKE_IPV6.sub(_network_of, text)


def shortened(text: str) -> str:
    """Return the text without its middle, where there is too much of it for a line of JSON."""
    if len(text) <= _LONGEST:
        return text
    half = _LONGEST // 2
    return f"{text[:half]} … {text[-half:]}"


def _network_of(match: re.Match[str]) -> str:
    """Return what stands for an address in the log: its first 48 bits. A time of day is none."""
    try:
        address = IPv6Address(match[0])
    except ValueError:
        return match[0]
    if address.is_loopback or address.is_unspecified:
        return match[0]
    first = (int(group, 16) for group in address.exploded.split(":")[:3])
    return ":".join(f"{group:x}" for group in first) + ":x"


class WithoutKeys(logging.Filter):
    """Put its pattern in place of an address that holds a key.

    Django logs the path of whatever it refuses, and whoever reads the log could use the key.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            pattern = pattern_of(request)
            record.args = tuple(pattern if part == request.path else part for part in record.args)
        return True


class WithRequestId(logging.Filter):
    """Note the request that a record belongs to.

    Django logs what it has refused when all middleware is done, and hands the request along.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        record.request_id = getattr(request, "request_id", current_request_id.get())
        return True


class LineFormatter(logging.Formatter):
    """A line for people, without personal data."""

    def format(self, record: logging.LogRecord) -> str:
        return scrubbed(super().format(record))


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time (UTC), level, logger, request, message, and what went wrong.

    Whatever a record carries besides (`extra={"facts": {...}}`) stands beside them.
    """

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request_id": getattr(record, "request_id", "-"),
            "message": shortened(scrubbed(record.getMessage())),
        }
        for name, fact in getattr(record, "facts", {}).items():
            told[name] = scrubbed(fact) if isinstance(fact, str) else fact
        if isinstance(status := getattr(record, "status_code", None), int):
            told["status"] = status
        if record.exc_info:
            told["exception"] = shortened(scrubbed(self.formatException(record.exc_info)))
        return json.dumps(told, ensure_ascii=False, default=str)


def pattern_of(request: HttpRequest) -> str:
    """Return the path of the request, or what stands for it where a key is part of it."""
    match = request.resolver_match
    return f"/{match.route}" if match and KEYS & match.kwargs.keys() else request.path


def log_settings(log_format: str, *, tells: Iterable[str] = ()) -> dict[str, Any]:
    """Return Django's LOGGING: to standard error, and errors to the handlers of those names, too."""
    handlers: dict[str, Any] = {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": log_format,
            "filters": ["without_keys", "with_request_id"],
        }
    }
    for name in tells:
        handlers[name] = {
            "class": name,
            "level": "ERROR",
            "formatter": "line",
            "filters": ["without_keys", "with_request_id"],
        }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"()": "config.logs.LineFormatter", "format": LINE},
            "json": {"()": "config.logs.JsonFormatter"},
        },
        "filters": {
            "without_keys": {"()": "config.logs.WithoutKeys"},
            "with_request_id": {"()": "config.logs.WithRequestId"},
        },
        "handlers": handlers,
        "root": {"handlers": sorted(handlers), "level": "INFO"},
    }
