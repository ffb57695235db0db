"""Comments in the admin: every address of the moderators' desk, and nothing that edits a text."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from unfold.admin import ModelAdmin

from articles.text import whole_number
from comments.admin.deciding import decide_view, undo_view
from comments.admin.detail import add_note, ban_writer, detail
from comments.admin.queue_page import queue_page
from comments.models import Comment


@admin.register(Comment)
class CommentAdmin(ModelAdmin):
    search_fields = ("name",)

    def get_urls(self) -> list[URLPattern]:
        guarded = self.admin_site.admin_view
        return [
            path("queue/<slug:name>/", guarded(queue_page), name="comments_comment_queue"),
            path("queue/<slug:name>/decide/", guarded(decide_view), name="comments_comment_decide"),
            path("undo/", guarded(undo_view), name="comments_comment_undo"),
            path("<int:pk>/note/", guarded(add_note), name="comments_comment_note"),
            path("<int:pk>/ban/", guarded(ban_writer), name="comments_comment_ban"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead from the list of a model to the queue where the work is."""
        return redirect("admin:comments_comment_queue", "held")

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        pk = whole_number(object_id)
        if pk is None:
            raise Http404
        return detail(request, pk)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        """Moderators hide; what is deleted cannot be judged again."""
        return False
