"""Counts at the desk: exact while that is quick, else as of some minutes ago (`articles.counts`)."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.contrib.admin.views.main import PAGE_VAR
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from unfold.views import ChangeList

from articles.admin.desk import DeskAdmin
from articles.counts import EXACT, kept


class LongList(DeskAdmin):
    """An admin whose list is too long to be counted for every page of it."""

    def get_paginator(
        self, request: HttpRequest, queryset: QuerySet, per_page: int, *args: Any, **kwargs: Any
    ) -> Paginator:
        paginator = super().get_paginator(request, queryset, per_page, *args, **kwargs)
        # The same words find the same rows, whichever page of them is asked for.
        asked = request.GET.copy()
        asked.pop(PAGE_VAR, None)
        digest = sha256(f"{request.user.pk} {request.path}?{asked.urlencode()}".encode())
        paginator.count = kept(f"desk.{digest.hexdigest()}", queryset.count)
        return paginator


class CountedArticles(DeskAdmin):
    """An admin of what articles are listed by, with `number_of_articles` of each row in its list.

    All are counted together for some minutes. Only a list sorted by them counts for itself.
    """

    counted: str

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        return self.with_numbers(rows) if "o" in request.GET else rows

    def with_numbers(self, rows: QuerySet) -> QuerySet:
        """Let the database add the number to each row."""
        return rows.annotate(number_of_articles=Count(self.counted))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return _CountingChangeList


class _CountingChangeList(ChangeList):
    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        if self.result_list and not hasattr(self.result_list[0], "number_of_articles"):
            numbers = self._numbers()
            for row in self.result_list:
                row.number_of_articles = numbers.get(row.pk, 0)

    def _numbers(self) -> dict[int, int]:
        rows = self.model._default_manager.order_by().values_list("pk")
        counted = rows.annotate(number=Count(self.model_admin.counted))
        name = f"desk.{self.model._meta.label}"
        return kept(name, lambda: dict(counted), lambda numbers: sum(numbers.values()) > EXACT)
