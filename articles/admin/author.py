"""The people with bylines."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.decorators import display

from articles.admin.desk import DeskAdmin
from articles.admin.pictures import thumbnail
from articles.models import Author


@admin.register(Author)
class AuthorAdmin(DeskAdmin):
    list_display = ("name", "face", "user", "article_count")
    list_select_related = ("portrait", "user")
    search_fields = ("name", "slug")
    search_help_text = "이름이나 주소로 찾기"
    autocomplete_fields = ("portrait", "user")
    fields = ("name", "bio", "portrait", "user", "slug")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Author]:
        return super().get_queryset(request).annotate(number_of_articles=Count("articles"))

    @display(description="사진")
    def face(self, author: Author) -> SafeString | str:
        return thumbnail(author.portrait) if author.portrait else ""

    @display(description="글", ordering="number_of_articles")
    def article_count(self, author: Any) -> int:
        return int(author.number_of_articles)

    def view_on_site(self, author: Author) -> str:
        return author.get_absolute_url()
