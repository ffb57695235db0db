"""What every form of the desk has in common."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ERROR_FLAG
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from unfold.admin import ModelAdmin


def desk_page(request: HttpRequest, title: str) -> dict[str, Any]:
    """Return what a page of the desk that is no list or form of Django's shows around it."""
    return admin.site.each_context(request) | {"title": title}


# As many rows as a list that opens can be looked through.
CHOSEN_WITHOUT_SCRIPT = 100
# No database holds a longer number.
_MOST_DIGITS = 18


class NumberSelect(AutocompleteSelect):
    """A choice among many rows; what is posted or asked for as one and is no number is none.

    A script looks further while somebody types; without it the first rows can be chosen.
    """

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> list[Any]:
        numbers = [text for text in value if _is_number(str(text))]
        groups: list[Any] = super().optgroups(name, numbers, attr)
        options = groups[0][1]
        there = {str(option["value"]) for option in options}
        for row in self.choices.queryset.using(self.db)[:CHOSEN_WITHOUT_SCRIPT]:
            if str(row.pk) not in there:
                options.append(self.create_option(name, row.pk, str(row), False, len(options)))
        return groups


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS


class NumberSelects:
    """For admins and inlines: makes every choice that completes itself bear nonsense."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        desk: Any = self
        if db_field.name in desk.get_autocomplete_fields(request):
            kwargs.setdefault("widget", NumberSelect(db_field, desk.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]


class DeskAdmin(NumberSelects, ModelAdmin):
    """Unfold's admin, for which a lost race is a message and not an error page."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            return super().changelist_view(request, extra_context)
        except OverflowError:
            # A year that no calendar has; Django answers other nonsense in the same way.
            return HttpResponseRedirect(f"{request.path}?{ERROR_FLAG}=1")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Give what was found an order, or pages of a choice could repeat and leave out rows."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        return (found if found.ordered else found.order_by(*self._order())), may_repeat

    def _order(self) -> tuple[str, ...]:
        return (*(self.ordering or self.model._meta.ordering), "pk")

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
