"""The audit log of articles: to be read by editors, and changed by nobody."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import (
    AllValuesCheckboxFilter,
    ChoicesDropdownFilter,
    RangeDateTimeFilter,
)
from unfold.decorators import display

from articles.admin.wording import moment
from articles.models import Deed, DeskEvent
from articles.text import normalised, whole_number

COLOURS = {
    Deed.PUBLISH.label: "success",
    Deed.SCHEDULE.label: "success",
    Deed.OVERRIDE.label: "warning",
    Deed.RETURN.label: "warning",
    Deed.WITHDRAW.label: "danger",
    Deed.DELETE.label: "danger",
    Deed.REFUSED.label: "danger",
}


@admin.register(DeskEvent)
class DeskEventAdmin(ModelAdmin):
    list_display = ("when", "actor_name", "what", "article_link", "note")
    list_display_links = ("when",)
    list_filter = (
        ("deed", ChoicesDropdownFilter),
        ("actor_name", AllValuesCheckboxFilter),
        ("at", RangeDateTimeFilter),
    )
    list_filter_submit = True
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("article_title", "article_ref")
    search_help_text = "글의 제목이나 번호로 찾기"
    ordering = ("-at", "-pk")
    fields = ("when", "actor_name", "what", "article_link", "note", "detail")
    readonly_fields = fields

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[DeskEvent], search_term: str
    ) -> tuple[QuerySet[DeskEvent], bool]:
        term = normalised(search_term).strip()
        if not term or "\x00" in term:
            return queryset, False
        wanted = Q(article_title__icontains=term)
        if (number := whole_number(term)) is not None:
            wanted |= Q(article_ref=number)
        return queryset.filter(wanted), False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @display(description="때", ordering="at")
    def when(self, event: DeskEvent) -> str:
        return moment(event.at)

    @display(description="한 일", ordering="deed", label=COLOURS)
    def what(self, event: DeskEvent) -> str:
        return event.get_deed_display()

    @display(description="글", ordering="article_title")
    def article_link(self, event: DeskEvent) -> str:
        """Lead to the article; whether it is still there is not asked for every row."""
        title = event.article_title or "제목 없음"
        if event.deed == Deed.DELETE or not event.article_ref:
            return title
        url = reverse("admin:articles_article_change", args=[event.article_ref])
        return format_html('<a href="{}">{}</a>', url, title)
