"""What the house says of itself: one form, and the way to the settings of other applications."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from articles.admin.desk import DeskAdmin
from articles.models import SiteSettings


class Neighbour(NamedTuple):
    """Settings that belong to another application, for those who may see them."""

    title: str
    url_name: str
    permission: str


@admin.register(SiteSettings)
class SiteSettingsAdmin(DeskAdmin):
    """One form and no list: the row is there as soon as somebody changes a default."""

    # Other applications append theirs as they load.
    neighbours: list[Neighbour] = []
    change_form_after_template = "admin/articles/sitesettings/_neighbours.html"
    fieldsets = (
        (None, {"fields": ("name", "tagline", "description")}),
        ("방문 통계", {"fields": ("analytics_script", "analytics_site")}),
    )

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("admin:articles_sitesettings_change", SiteSettings.SINGLE)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        seen = [
            {"title": neighbour.title, "url": reverse(neighbour.url_name)}
            for neighbour in self.neighbours
            if request.user.has_perm(neighbour.permission)
        ]
        context = {"neighbours": seen} | (extra_context or {})
        return super().change_view(request, object_id, form_url, context)

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> SiteSettings | None:
        return SiteSettings.stored() if object_id == str(SiteSettings.SINGLE) else None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: SiteSettings | None = None) -> bool:
        return False
