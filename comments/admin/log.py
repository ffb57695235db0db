"""The log of decisions: to be read, by everybody who moderates, and changed by nobody."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter

from articles.admin.wording import moment
from articles.text import whole_number
from comments.models import ModerationEvent, Status


@admin.register(ModerationEvent)
class ModerationEventAdmin(ModelAdmin):
    list_display = ("when", "actor_name", "action", "change", "comment_link", "reason")
    list_filter = (
        ("action", ChoicesDropdownFilter),
        "actor_name",
        ("at", RangeDateTimeFilter),
    )
    list_filter_submit = True
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("comment_ref",)
    search_help_text = "댓글 번호로 찾기"
    ordering = ("-at", "-pk")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[ModerationEvent], search_term: str
    ) -> tuple[QuerySet[ModerationEvent], bool]:
        term = search_term.strip()
        if not term:
            return queryset, False
        number = whole_number(term)
        found = queryset.none() if number is None else queryset.filter(comment_ref=number)
        return found, False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: ModerationEvent | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: ModerationEvent | None = None
    ) -> bool:
        return False

    @admin.display(description="때", ordering="at")
    def when(self, event: ModerationEvent) -> str:
        return moment(event.at)

    @admin.display(description="바뀐 상태")
    def change(self, event: ModerationEvent) -> str:
        labels = dict(Status.choices)
        before, after = (labels.get(status, status) for status in (event.before, event.after))
        return f"{before} → {after}" if before != after else str(after)

    @admin.display(description="댓글", ordering="comment_ref")
    def comment_link(self, event: ModerationEvent) -> SafeString:
        url = reverse("admin:comments_comment_change", args=[event.comment_ref])
        return format_html('<a href="{}">{}번</a>', url, event.comment_ref)
