"""The house's choices about discussions: for the site, and on an article's own form."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from unfold.admin import StackedInline
from unfold.forms import PaginationInlineFormSet

from articles.admin.desk import DeskAdmin
from comments.models import CommentSettings, DiscussionSettings

_OWN_CHOICES = ("mode", "default_sort", "close_after_days")


@admin.register(CommentSettings)
class CommentSettingsAdmin(DeskAdmin):
    """One form and no list: the row is there as soon as somebody changes a default."""

    fieldsets = (
        (None, {"fields": ("writing_enabled", "mode", "close_after_days", "default_sort")}),
        ("운영", {"fields": ("report_threshold", "address_retention_days", "digest_address")}),
    )

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("admin:comments_commentsettings_change", CommentSettings.SINGLE)

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> CommentSettings | None:
        return CommentSettings.current() if object_id == str(CommentSettings.SINGLE) else None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: CommentSettings | None = None
    ) -> bool:
        return False


class DiscussionFormSet(PaginationInlineFormSet):
    """One article's own choices; where none is left, no row is left."""

    def save_existing(
        self, form: ModelForm, obj: DiscussionSettings, commit: bool = True
    ) -> DiscussionSettings:
        if any(form.cleaned_data.get(name) not in ("", None) for name in _OWN_CHOICES):
            return super().save_existing(form, obj, commit)
        if commit:
            DiscussionSettings.objects.filter(pk=obj.pk).delete()
        return obj


class DiscussionInline(StackedInline):
    model = DiscussionSettings
    formset = DiscussionFormSet
    fields = (_OWN_CHOICES,)
    verbose_name_plural = "댓글"
    tab = True
    extra = 1
    max_num = 1
    can_delete = False
