"""What every form of the desk has in common."""

from typing import Any

from django.contrib import admin
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from unfold.admin import ModelAdmin


def desk_page(request: HttpRequest, title: str) -> dict[str, Any]:
    """Return what a page of the desk that is no list or form of Django's shows around it."""
    return admin.site.each_context(request) | {"title": title}


class DeskAdmin(ModelAdmin):
    """Unfold's admin, for which a lost race is a message and not an error page."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            # Somebody took the same name, address or episode between our question and our
            # answer. Nothing was written; asked once more, the form names what is taken.
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Say 422 of a refused form, and not that all is well."""
        response = super().render_change_form(request, context, *args, **kwargs)
        if context.get("errors"):
            response.status_code = 422
        return response
