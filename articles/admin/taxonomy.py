"""Categories, series and tags: how readers find their way through the articles."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from taggit.models import Tag as TaggitTag
from unfold.decorators import display
from unfold.widgets import UnfoldAdminIntegerFieldWidget

from articles.admin.desk import DeskAdmin
from articles.models import Category, Series, Tag

# Tags are the site's own; nothing uses the table that the library brings along.
admin.site.unregister(TaggitTag)


@admin.register(Category)
class CategoryAdmin(DeskAdmin):
    list_display = ("name", "position", "article_count", "slug")
    list_editable = ("position",)
    search_fields = ("name", "slug")
    fields = ("name", "description", "position", "slug")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Category]:
        return super().get_queryset(request).annotate(number_of_articles=Count("articles"))

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


@admin.register(Series)
class SeriesAdmin(DeskAdmin):
    list_display = ("title", "episode_count", "is_finished", "slug")
    list_filter = ("is_finished",)
    search_fields = ("title", "slug")
    search_help_text = "제목이나 주소로 찾기"
    autocomplete_fields = ("cover",)
    fields = ("title", "description", "cover", "is_finished", "slug")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Series]:
        return super().get_queryset(request).annotate(number_of_episodes=Count("articles"))

    @display(description="회차", ordering="number_of_episodes")
    def episode_count(self, series: Any) -> str:
        return f"{series.number_of_episodes}화"

    def view_on_site(self, series: Any) -> str:
        return series.get_absolute_url()


@admin.register(Tag)
class TagAdmin(DeskAdmin):
    list_display = ("name", "article_count", "slug")
    search_fields = ("name", "slug")
    search_help_text = "이름이나 주소로 찾기"
    fields = ("name", "slug")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        return super().get_queryset(request).annotate(number_of_articles=Count("tagged_articles"))

    @display(description="글", ordering="number_of_articles")
    def article_count(self, tag: Any) -> int:
        return int(tag.number_of_articles)

    def view_on_site(self, tag: Tag) -> str:
        return tag.get_absolute_url()
