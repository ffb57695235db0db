"""The people with bylines."""

from typing import Any

from django.contrib import admin
from django.utils.safestring import SafeString
from unfold.decorators import display

from articles.admin.kept_counts import CountedArticles
from articles.admin.pictures import thumbnail
from articles.models import Author


@admin.register(Author)
class AuthorAdmin(CountedArticles):
    counted = "articles"
    list_display = ("name", "face", "user", "article_count")
    list_select_related = ("portrait", "user")
    search_fields = ("name", "slug")
    search_help_text = "이름이나 주소로 찾기"
    autocomplete_fields = ("portrait", "user")
    fields = ("name", "bio", "portrait", "user", "slug")

    @display(description="사진")
    def face(self, author: Author) -> SafeString | str:
        return thumbnail(author.portrait) if author.portrait else ""

    @display(description="글", ordering="number_of_articles")
    def article_count(self, author: Any) -> int:
        return int(author.number_of_articles)

    def view_on_site(self, author: Author) -> str:
        return author.get_absolute_url()
