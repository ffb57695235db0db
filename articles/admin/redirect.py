"""Old addresses that still lead somewhere."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.decorators import display

from articles.admin.desk import DeskAdmin
from articles.admin.wording import moment
from articles.models import Redirect


@admin.register(Redirect)
class RedirectAdmin(DeskAdmin):
    list_display = ("old_path", "leads_to", "created")
    list_select_related = ("article",)
    search_fields = ("old_path", "target", "article__title", "article__slug")
    search_help_text = "옛 주소나 옮겨 간 글로 찾기"
    ordering = ("-created_at", "-pk")
    autocomplete_fields = ("article",)
    readonly_fields = ("created",)
    fields = ("old_path", "article", "target", "created")

    @display(description="가는 곳")
    def leads_to(self, redirect: Redirect) -> SafeString | str:
        return redirect.article.path if redirect.article else redirect.target

    def get_readonly_fields(
        self, request: HttpRequest, obj: Redirect | None = None
    ) -> tuple[str, ...]:
        return self.readonly_fields if obj else ()

    def get_fields(self, request: HttpRequest, obj: Redirect | None = None) -> tuple[str, ...]:
        return self.fields if obj else ("old_path", "article", "target")

    @display(description="만든 때", ordering="created_at")
    def created(self, redirect: Redirect) -> str:
        return moment(redirect.created_at)
