"""Reading pages for anonymous readers from a replica of the database, when it is not behind.

A replica is late, and whoever kept a page made from it could keep an old page after everybody was
told of the new one. Every change of a public page is a row of `PageChange`, stored in the same
transaction. So a replica that holds as many of these rows as the primary does holds every change
that the primary has committed, and only then is it asked; this is one short query of each.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DatabaseError, models
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponseBase

from articles.models import PageChange

logger = logging.getLogger(__name__)

Handler = Callable[[HttpRequest], HttpResponseBase]

REPLICA = "replica"
# How long a replica that does not answer is left alone.
PAUSE_IN_SECONDS = 10

# What is shown there is no page of everybody, and no `PageChange` tells of it.
_OWN_ROOMS = (
    "/admin/",
    "/accounts/",
    "/comments/",
    "/newsletter/",
    "/preview/",
    "/reads/",
    "/takedowns/",
)

_is_asked: ContextVar[bool] = ContextVar("replica_is_asked", default=False)
_away_until = 0.0


class Router:
    """Sends reads to the replica while a page is made from it, everything else to the primary."""

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str | None:
        return REPLICA if _is_asked.get() else None

    def db_for_write(self, model: type[models.Model], **hints: Any) -> str:
        return "default"

    def allow_relation(self, first: models.Model, second: models.Model, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db != REPLICA


def read_from_replica(get_response: Handler) -> Handler:
    """Make pages for readers without a cookie from the replica."""
    if not settings.REPLICA_DATABASE_URL:
        raise MiddlewareNotUsed

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not may_ask(request) or not is_up_to_date():
            return get_response(request)
        token = _is_asked.set(True)
        try:
            return get_response(request)
        finally:
            _is_asked.reset(token)

    return middleware


def may_ask(request: HttpRequest) -> bool:
    """Whether the request can be for nothing but a page that is the same for everybody."""
    return (
        request.method in {"GET", "HEAD"}
        and not request.META.get("HTTP_COOKIE")
        and not request.path_info.startswith(_OWN_ROOMS)
        and not request.path_info.endswith(("/comments/", "/comments/follow/"))
    )


def is_up_to_date() -> bool:
    """Whether the replica holds every change of pages that the primary has committed by now."""
    global _away_until
    if time.monotonic() < _away_until:
        return False
    committed = _changes("default")
    try:
        return _changes(REPLICA) == committed
    except DatabaseError as error:
        _away_until = time.monotonic() + PAUSE_IN_SECONDS
        logger.warning("The replica is away, pages come from the primary: %s", type(error).__name__)
        return False


def _changes(database: str) -> tuple[int, int | None]:
    found = PageChange.objects.using(database).aggregate(count=Count("pk"), last=Max("pk"))
    return found["count"], found["last"]
