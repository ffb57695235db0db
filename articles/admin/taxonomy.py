"""Categories: the sections of the magazine, and their order."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from unfold.decorators import display
from unfold.widgets import UnfoldAdminIntegerFieldWidget

from articles.admin.kept_counts import CountedArticles
from articles.models import Category


@admin.register(Category)
class CategoryAdmin(CountedArticles):
    counted = "articles"
    list_display = ("name", "position", "article_count", "slug")
    list_editable = ("position",)
    search_fields = ("name", "slug")
    fields = ("name", "description", "position", "slug")

    @display(description="글", ordering="number_of_articles")
    def article_count(self, category: Any) -> int:
        return int(category.number_of_articles)

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> type[ModelForm]:
        """Name the field in every row of the list, where no label stands beside it."""
        position = UnfoldAdminIntegerFieldWidget(
            attrs={"class": "desk-position", "aria-label": "순서"}
        )
        return super().get_changelist_form(request, widgets={"position": position}, **kwargs)

    def view_on_site(self, category: Category) -> str:
        return category.get_absolute_url()
