"""What the log does not write down."""

from __future__ import annotations

import logging

from django.http import HttpRequest

# The parts of an address by which somebody proves to be somebody.
KEYS = frozenset({"key", "ticket", "token", "uidb36"})


class WithoutKeys(logging.Filter):
    """Put its pattern in place of an address that holds a key.

    Django logs the path of whatever it refuses, and whoever reads the log could use the key.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            pattern = _pattern_of(request)
            record.args = tuple(pattern if part == request.path else part for part in record.args)
        return True


def _pattern_of(request: HttpRequest) -> str:
    """Return the path of the request, or what stands for it where a key is part of it."""
    match = request.resolver_match
    return f"/{match.route}" if match and KEYS & match.kwargs.keys() else request.path
