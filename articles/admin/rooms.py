"""Pages about one article beside its form: who may enter, and which article is meant."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from articles.models import Article


def article_to_change(admin: Any, request: HttpRequest, pk: int) -> Article:
    """Return the stored article, for whoever may change it; refuses everybody else with 403.

    An article that is not there is refused in the same way, so that nobody learns of it here.
    """
    article = admin.get_queryset(request).filter(pk=pk).first()
    if article is None or not admin.has_change_permission(request, article):
        raise PermissionDenied
    return article  # type: ignore[no-any-return]


def article_to_publish(admin: Any, request: HttpRequest, pk: int) -> Article:
    """Return the stored article, for whoever may publish it; refuses everybody else with 403."""
    article = article_to_change(admin, request, pk)
    if not admin.has_publish_permission(request):
        raise PermissionDenied
    return article
