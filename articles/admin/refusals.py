"""Attempts to do at the desk what one may not: refused with 403, and noted in the audit log."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NoReturn

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, QueryDict

from articles.editing import Actor, log
from articles.models import Article, Deed

MAX_NOTED = 50
# What a form about an article can never set, whoever sends it: powers over accounts.
_POWERS = frozenset({"is_staff", "is_superuser", "is_active", "groups", "user_permissions"})
# Every column, and a time in the two halves in which the desk would ask for it.
_COLUMNS = frozenset(
    name + ending
    for field in Article._meta.concrete_fields
    for name in (field.name, field.attname)
    for ending in ("", "_0", "_1")
)


def refuse(request: HttpRequest, articles: Iterable[Article], what: str, **detail: Any) -> NoReturn:
    """Note the attempt on each article and answer 403; outside of what will be rolled back."""
    note(request, articles, what, **detail)
    raise PermissionDenied


@transaction.atomic
def note(request: HttpRequest, articles: Iterable[Article], what: str, **detail: Any) -> None:
    """Note the attempt on each article, for which somebody else answers 403."""
    actor = Actor.of(request.user)
    for article in list(articles)[:MAX_NOTED]:
        log(article, Deed.REFUSED, actor, what, **detail)


def smuggled(posted: QueryDict, form_fields: Iterable[str]) -> list[str]:
    """Name the posted columns and powers that are not on the form: no page of ours sends them."""
    return sorted(((_COLUMNS | _POWERS) - set(form_fields)) & posted.keys())
