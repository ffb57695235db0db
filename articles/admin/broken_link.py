"""Links of published articles that lead nowhere, as the last look at night has found them."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.decorators import display

from articles.admin.desk import DeskAdmin
from articles.admin.wording import moment
from articles.link_checks import check_links
from articles.models import HEAVY_FIELDS, BrokenLink


def place_in_form(link: BrokenLink) -> str:
    """Return the address of the article's form, at the line of its text that holds the link."""
    form = reverse("admin:articles_article_change", args=[link.article_id])
    return f"{form}?{urlencode({'line': link.line})}#id_body"


@admin.register(BrokenLink)
class BrokenLinkAdmin(DeskAdmin):
    list_display = ("place", "line", "address_written", "reason", "found")
    list_display_links = None
    list_per_page = 50
    list_before_template = "admin/articles/_broken_links_note.html"
    search_fields = ("article__title", "address", "reason")
    search_help_text = "글 제목, 주소, 까닭에서 찾기"
    ordering = ("-found_at", "article", "line")
    actions = ("check_again",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[BrokenLink]:
        text = (f"article__{name}" for name in HEAVY_FIELDS)
        return super().get_queryset(request).select_related("article").defer(*text)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A report is not edited: it changes when the text does."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @display(description="글", ordering="article__title")
    def place(self, link: BrokenLink) -> SafeString:
        return format_html('<a href="{}">{}</a>', place_in_form(link), link.article.title)

    @display(description="주소", ordering="address")
    def address_written(self, link: BrokenLink) -> SafeString:
        return format_html('<code class="desk-address">{}</code>', link.address or "(비어 있음)")

    @display(description="찾은 때", ordering="found_at")
    def found(self, link: BrokenLink) -> str:
        return moment(link.found_at)

    @admin.action(description="고른 글 다시 살피기", permissions=["view"])
    def check_again(self, request: HttpRequest, queryset: QuerySet[BrokenLink]) -> None:
        keys = set(queryset.order_by().values_list("article", flat=True))
        found = sum(found for _, found in check_links(sorted(keys)))
        message = f"글 {len(keys)}편을 다시 살폈습니다. 끊긴 링크는 {found}개입니다."
        messages.success(request, message)
