"""Old addresses that still lead somewhere."""

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest
from unfold.decorators import display

from articles.admin.kept_counts import LongList
from articles.admin.wording import moment
from articles.models import HEAVY_FIELDS, MissingPage, Redirect


@admin.register(Redirect)
class RedirectAdmin(LongList):
    list_display = ("old_path", "leads_to", "created")
    search_fields = ("old_path", "target", "article__title", "article__slug")
    search_help_text = "옛 주소나 옮겨 간 글로 찾기"
    ordering = ("-created_at", "-pk")
    autocomplete_fields = ("article",)
    readonly_fields = ("created",)
    fields = ("old_path", "article", "target", "created")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Redirect]:
        text = (f"article__{name}" for name in HEAVY_FIELDS)
        return super().get_queryset(request).select_related("article").defer(*text)

    @display(description="가는 곳")
    def leads_to(self, redirect: Redirect) -> str:
        return redirect.article.path if redirect.article else redirect.target

    def get_readonly_fields(
        self, request: HttpRequest, obj: Redirect | None = None
    ) -> tuple[str, ...]:
        return self.readonly_fields if obj else ()

    def get_fields(self, request: HttpRequest, obj: Redirect | None = None) -> tuple[str, ...]:
        return self.fields if obj else ("old_path", "article", "target")

    def save_model(self, request: HttpRequest, obj: Redirect, form: Form, change: bool) -> None:
        """Whoever asks for the address finds something now, so that it is not missing."""
        super().save_model(request, obj, form, change)
        MissingPage.objects.filter(path=obj.old_path).delete()

    @display(description="만든 때", ordering="created_at")
    def created(self, redirect: Redirect) -> str:
        return moment(redirect.created_at)
