"""The page of a queue: cards with all that a decision needs, and the buttons that decide."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from articles.paging import BadCursorError, microseconds_of
from comments.admin.dossiers import dossiers_of
from comments.admin.queues import Queue, capped_count, queue_named, tabs
from comments.admin.requests import DECISIONS, Decision, Narrowing
from comments.decisions import MAX_DECIDED
from comments.models import Action, ModerationEvent

_BATCH = re.compile(r"[0-9a-f]{16}")


@require_GET
@permission_required("comments.view_comment", raise_exception=True)
def queue_page(request: HttpRequest, name: str) -> HttpResponse:
    queue = queue_named(name)
    narrowing = Narrowing.of(request.GET)
    comments = narrowing.applied(queue)
    try:
        page = queue.page(comments, request.GET.get("after", ""))
    except BadCursorError:
        return redirect("admin:comments_comment_queue", name)
    cards = dossiers_of(page.items)
    context = desk_context(request, f"댓글: {queue.label}") | {
        "queue": queue,
        "tabs": list(tabs()),
        "narrowing": narrowing,
        "matching": capped_count(comments) if narrowing.is_narrow or page.next_cursor else "",
        "page": page,
        "cards": cards,
        "many": decisions_of(queue),
        "as_of": microseconds_of(timezone.now()),
        "max_decided": MAX_DECIDED,
        "undoable": undoable_in(request),
    }
    return render(request, "admin/comments/queue.html", context)


def desk_context(request: HttpRequest, title: str) -> dict[str, Any]:
    """Return what every page of the moderators' desk shows around its content."""
    user = request.user
    return admin.site.each_context(request) | {
        "title": title,
        "back": request.get_full_path(),
        "decisions": list(DECISIONS.values()),
        "may_decide": user.has_perm("comments.change_comment"),
        "may_ban": user.has_perm("comments.add_ban"),
        "may_note": user.has_perm("comments.add_moderatornote"),
    }


def decisions_of(queue: Queue) -> list[Decision]:
    return [DECISIONS[name] for name in queue.decisions]


def undoable_in(request: HttpRequest) -> dict[str, Any] | None:
    """Return what the last decision has done, if the address names one that can be undone."""
    batch = request.GET.get("batch", "")
    if not _BATCH.fullmatch(batch):
        return None
    events = ModerationEvent.objects.filter(batch=batch).exclude(action=Action.UNDO)
    statuses = list(events.order_by().values_list("after").annotate(number=Count("pk"))[:1])
    if not statuses:
        return None
    (after, count), *_ = statuses
    done = next((item.done for item in DECISIONS.values() if item.status == after), "바꾸었습니다")
    return {"batch": batch, "count": count, "done": done}
