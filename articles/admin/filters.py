"""The filter by which editors look for drafts, reviews and what is scheduled."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from unfold.contrib.filters.admin import DropdownFilter

from articles.admin.state import State, in_state
from articles.models import ArticleQuerySet


class StateFilter(DropdownFilter):
    title = "상태"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(state.value, str(state.label)) for state in State]

    def queryset(self, request: HttpRequest, queryset: ArticleQuerySet) -> ArticleQuerySet:
        value = self.value()
        if value not in State.values:
            return queryset
        return in_state(queryset, State(value), timezone.now())
