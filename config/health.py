"""Answers for whoever watches the process: alive, and ready to serve."""

import logging

from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Say that this process answers, without asking anything else."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Say whether database and cache answer: 200, or 503 with the one that does not."""
    checks = {"database": _database_answers, "cache": _cache_answers}
    failed = [name for name, answers in checks.items() if not answers()]
    body = {"ready": not failed, "failed": failed}
    response = JsonResponse(body, status=503 if failed else 200)
    if failed:
        response["Retry-After"] = "5"
    return response


def _database_answers() -> bool:
    """Read a row: SQLite makes an empty file of a missing one, and answers that 1 is 1."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
            return cursor.fetchone() == (1,)
    except Exception:
        logger.exception("The database does not answer.")
        return False


def _cache_answers() -> bool:
    """Ask the shared cache itself: the default one answers whether that is away or not."""
    try:
        cache = caches["shared"]
        cache.set("readyz", "ok", 10)
        return bool(cache.get("readyz") == "ok")
    except Exception:
        logger.exception("The cache does not answer.")
        return False
