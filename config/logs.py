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
        match = request.resolver_match if isinstance(request, HttpRequest) else None
        if match is not None and isinstance(record.args, tuple) and KEYS & match.kwargs.keys():
            pattern = f"/{match.route}"
            record.args = tuple(pattern if part == request.path else part for part in record.args)
        return True
