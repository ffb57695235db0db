"""The desk's first page, with what waits for moderators beside what waits for editors."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from articles.admin import dashboard
from comments.admin.queues import capped_count, queue_named

SHOWN = {"held": "댓글 대기", "reported": "댓글 신고"}


def first_page(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add the queues to the editors' first page, for those who may see comments."""
    context = dashboard.first_page(request, context)
    if not request.user.has_perm("comments.view_comment"):
        return context
    queues = [
        {
            "title": title,
            "count": capped_count(queue_named(name).comments),
            "url": reverse("admin:comments_comment_queue", args=[name]),
        }
        for name, title in SHOWN.items()
    ]
    return context | {"numbers": [*context.get("numbers", ()), *queues]}
