"""What the page of the article's form says beside the form: what was left, and who is here."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpRequest
from django.utils import timezone

from articles.admin import conflicts, offers, presence
from articles.admin.opening import begun_with
from articles.models import Article, Presence, WorkingCopy


def of(admin: Any, request: HttpRequest, article: Article | None) -> dict[str, Any]:
    """Return the context for the form; whoever opens it to write is present from now on.

    `article` is as `articles.admin.opening.opened` returns it, and None for a new one.
    """
    laid_in = offers.laid_in_of(request)
    base = laid_in.base if laid_in else begun_with(article).digest if article else ""
    context: dict[str, Any] = {"base": base, "conflict": conflicts.conflict_of(request)}
    if not _may_write(admin, request, article):
        return context
    notices: list[str] = []
    if article is not None:
        notices = presence.notices(article, request.user, base)
        Presence.objects.note(article, request.user)
    return context | {
        "sitting": _sitting(request),
        "laid_in": laid_in,
        "notices": notices,
        "offers": offers.offers(request, article) if request.method == "GET" else [],
        "saved_at": offers.saved_at(request.user, article),
        "now": offers.milliseconds(timezone.now()),
        # What was refused is nowhere stored yet; what conflicted is.
        "is_unsaved": request.method == "POST" and conflicts.conflict_of(request) is None,
    }


def _may_write(admin: Any, request: HttpRequest, article: Article | None) -> bool:
    if article is None:
        return bool(admin.has_add_permission(request))
    return bool(admin.has_change_permission(request, article))


def _sitting(request: HttpRequest) -> str:
    if (laid_in := offers.laid_in_of(request)) is not None:
        return laid_in.sitting
    posted = request.POST.get("sitting", "")
    return posted if WorkingCopy.is_sitting(posted) else uuid4().hex
