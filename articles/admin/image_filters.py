"""The filters that find pictures to tidy away and pictures without words."""

from typing import Any

from django.http import HttpRequest
from unfold.contrib.filters.admin import RadioFilter

from articles.models.image import ImageQuerySet


class UseFilter(RadioFilter):
    title = "쓰임"
    parameter_name = "use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("no", "쓰이지 않는 그림"), ("yes", "쓰이는 그림")]

    def queryset(self, request: HttpRequest, queryset: ImageQuerySet) -> ImageQuerySet:
        if self.value() == "no":
            return queryset.unused()
        if self.value() == "yes":
            return queryset.exclude(pk__in=queryset.unused().values("pk"))
        return queryset


class AltFilter(RadioFilter):
    title = "대체 텍스트"
    parameter_name = "alt"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("none", "대체 텍스트가 없는 그림")]

    def queryset(self, request: HttpRequest, queryset: ImageQuerySet) -> ImageQuerySet:
        return queryset.filter(alt="") if self.value() == "none" else queryset
