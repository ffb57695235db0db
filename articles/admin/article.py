"""The form of an article: what it shows, where its buttons lead, and how it is saved."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.options import InlineModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.safestring import SafeString
from unfold.decorators import display

from articles import editing
from articles.admin import (
    buttons,
    calendar,
    conflicts,
    copies,
    editor,
    form_context,
    history,
    import_pages,
    import_row,
    letter_page,
    links_page,
    offers,
    opening,
    preview,
    publish_page,
    saving,
    signed_out,
    too_late,
    withdraw_page,
)
from articles.admin.article_list import ArticleList
from articles.admin.byline import BylineInline, byline_of
from articles.admin.forms import CONFLICT, ArticleForm
from articles.admin.share_preview import share_preview
from articles.admin.wording import new_address, standing
from articles.models import Article, ArticleAuthor

# What an editor must not overlook after saving what readers see already.
WAITS = "독자가 보는 글은 아직 그대로입니다. 고친 내용은 ‘발행…’을 눌러 발행해야 보입니다."
# Modules with pages of their own about an article; each says its addresses by `urls(admin)`.
ROOMS = (
    calendar,
    copies,
    editor,
    history,
    preview,
    publish_page,
    withdraw_page,
    links_page,
    letter_page,
    import_pages,
    import_row,
)


@admin.register(Article)
class ArticleAdmin(ArticleList):
    form = ArticleForm
    inlines = (BylineInline,)
    # Parts of the form that belong to other applications, which append them as they load.
    companions: list[type[InlineModelAdmin]] = []
    autocomplete_fields = ("series", "lead_image", "translation_of")
    warn_unsaved_form = True
    compressed_fields = False
    readonly_fields = (
        "standing",
        "shared",
        "published",
        "expires",
        "reading_minutes",
        "comment_count",
        "import_ref",
        "created",
        "updated",
    )
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "standing",
                    "title",
                    "dek",
                    "body",
                    "summary_1",
                    "summary_2",
                    "summary_3",
                    "shared",
                )
            },
        ),
        ("분류", {"classes": ("tab",), "fields": ("category", "tags", ("series", "episode"))}),
        (
            "대표 그림",
            {
                "classes": ("tab",),
                "fields": (
                    "lead_image",
                    "lead_image_alt",
                    "lead_image_caption",
                    "lead_image_credit",
                ),
            },
        ),
        (
            "발행",
            {
                "classes": ("tab",),
                "fields": (
                    ("published", "expires"),
                    "slug",
                    "canonical_url",
                    "comment_policy",
                    ("language", "translation_of"),
                ),
            },
        ),
        (
            "기록",
            {
                "classes": ("tab",),
                "fields": (
                    ("reading_minutes", "comment_count"),
                    "import_ref",
                    ("created", "updated"),
                ),
            },
        ),
    )

    @display(description="검색과 공유")
    def shared(self, article: Article) -> SafeString:
        return share_preview(article)

    @display(description="상태")
    def standing(self, article: Article) -> str:
        return standing(article)

    def get_urls(self) -> list[URLPattern]:
        own = [signed_out.giving_back(url) for url in super().get_urls()]
        rooms = [url for room in ROOMS for url in room.urls(self)]
        return [too_late.answering(url) for url in (*rooms, *own)]

    def get_inlines(self, request: HttpRequest, obj: Article | None) -> list[Any]:
        return [*super().get_inlines(request, obj), *self.companions]

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Model, inline: Any, prefix: str
    ) -> dict[str, Any]:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if isinstance(inline, BylineInline):
            kwargs["queryset"] = ArticleAuthor.objects.none()
            # Only when the form is first shown: on the way back a prefilled row that the editor
            # left alone would count as unchanged and not be read.
            if request.method == "GET":
                byline = byline_of(cast(Article, obj), request)
                kwargs["initial"] = [
                    {"author": author.pk, "position": position}
                    for position, author in enumerate(byline)
                ]
        return kwargs

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        return initial | offers.initial(request)

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Article | None:
        """Return the article with the version that waits for publication laid over it.

        It is for forms and for showing; what is to be changed is fetched again, locked.
        """
        article = super().get_object(request, object_id, from_field)
        if article is None:
            return None
        article.laid_in = offers.initial(request)
        return opening.opened(article)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method != "POST":
            offers.lay_in(request, object_id)
            return super().changeform_view(request, object_id, form_url, extra_context)
        # Before anything is begun: what is noted of an attempt must not be rolled back.
        buttons.refuse_crafted(self, request, object_id)
        if object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            # From here on nobody else can save the article before this answer is decided.
            article = opening.locked_for(self.get_queryset(request), object_id)
            if article is None or not self.has_change_permission(request, article):
                refusal = conflicts.refused(self, request, object_id)
                if refusal is not None:
                    return refusal
                raise PermissionDenied
            elif opening.is_stale(article, request.POST):
                request.POST = conflicts.answered(article, request)  # type: ignore[assignment]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        article = context.get("original")
        # The start page and the plus above lead to a new article; the bar has buttons enough.
        context["show_save_and_add_another"] = False
        context |= form_context.of(self, request, article)
        context |= buttons.context_of(self, request, article)
        response = super().render_change_form(request, context, *args, **kwargs)
        if CONFLICT in request.POST or buttons.misfits(request.POST, article or Article()):
            response.status_code = 409
        return response

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the versions of the article instead of Django's log of who pressed save."""
        article = self.get_object(request, unquote(object_id))
        if article is None:
            raise PermissionDenied
        return history.history_page(self, request, article.pk)

    def view_on_site(self, article: Article) -> str | None:
        return article.get_absolute_url() if article.is_public() else None

    def save_model(self, request: HttpRequest, obj: Article, form: Form, change: bool) -> None:
        """Store a new article; what changes an old one is saved whole by `save_related`."""
        if not change:
            obj.owner_id = request.user.pk
            super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        for formset in formsets:
            self.save_formset(request, form, formset, change=change)
        changed = saving.save_form(request, form, formsets, is_new=not change)
        copies.end_sitting(request, form.instance)
        if "slug" in changed:
            messages.info(request, new_address(form.instance, form.initial["slug"]))
        if changed and editing.is_held(form.instance):
            messages.warning(request, WAITS)
        if warning := conflicts.warning_of_marks(form.instance.body):
            messages.warning(request, warning)

    def response_add(
        self, request: HttpRequest, obj: Article, post_url_continue: str | None = None
    ) -> HttpResponse:
        pressed = buttons.answer(request, obj)
        return pressed or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        return buttons.answer(request, obj) or super().response_change(request, obj)
