"""Middleware by which an operator follows a request: its id, and the queries that took long."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable
from contextlib import ExitStack
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from config.logs import current_request_id, pattern_of, shortened

Handler = Callable[[HttpRequest], HttpResponseBase]

logger = logging.getLogger(__name__)

_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


def request_ids(get_response: Handler) -> Handler:
    """Name each request in the log and in the answer, unless that is kept for other readers.

    A proxy of our own may have named it already: `X-Request-ID`.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        named = request.headers.get("X-Request-ID", "") if settings.TRUSTED_PROXIES else ""
        request_id = named if _REQUEST_ID.fullmatch(named) else secrets.token_hex(8)
        request.request_id = request_id  # type: ignore[attr-defined]
        before = current_request_id.set(request_id)
        try:
            response = get_response(request)
        finally:
            current_request_id.reset(before)
        if "public" not in response.get("Cache-Control", ""):
            response["X-Request-ID"] = request_id
        return response

    return middleware


def slow_queries(get_response: Handler) -> Handler:
    """Log the queries of a request that take longer than SLOW_QUERY_MS, without their values."""
    if not settings.SLOW_QUERY_MS:
        raise MiddlewareNotUsed
    limit = settings.SLOW_QUERY_MS / 1000

    def middleware(request: HttpRequest) -> HttpResponseBase:
        def timed(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            begun = perf_counter()
            try:
                return execute(sql, params, many, context)
            finally:
                taken = perf_counter() - begun
                if taken > limit:
                    _report(request, sql, round(taken * 1000))

        with ExitStack() as wrappers:
            for connection in connections.all():
                wrappers.enter_context(connection.execute_wrapper(timed))
            return get_response(request)

    return middleware


def _report(request: HttpRequest, sql: str, milliseconds: int) -> None:
    path, sql = pattern_of(request), shortened(sql)
    facts = {"path": path, "milliseconds": milliseconds, "sql": sql}
    logger.warning("A query of %s took %s ms: %s", path, milliseconds, sql, extra={"facts": facts})
