"""Articles on the desk: the list and the form."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.options import InlineModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils import timezone
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RelatedDropdownFilter
from unfold.decorators import display
from unfold.views import ChangeList

from articles.admin import (
    bulk,
    buttons,
    calendar,
    conflicts,
    copies,
    editor,
    form_context,
    history,
    links_page,
    offers,
    preview,
    publish_page,
    saving,
    signed_out,
    too_late,
    withdraw_page,
)
from articles.admin.byline import BylineInline, byline_of
from articles.admin.desk import DeskAdmin
from articles.admin.filters import StateFilter
from articles.admin.forms import CONFLICT, ArticleForm
from articles.admin.share_preview import share_preview
from articles.admin.state import LABELS, state_of, with_visibility
from articles.admin.wording import moment, new_address, standing
from articles.editing import Actor, locked, log
from articles.models import Article, ArticleAuthor, ArticleQuerySet, Deed, Status
from articles.text import normalised

# What a writer may still change; the rest is the editors'.
UNPUBLISHED = (Status.DRAFT, Status.IN_REVIEW)
# Modules with pages of their own about an article; each says its addresses by `urls(admin)`.
ROOMS = (calendar, copies, editor, history, preview, publish_page, withdraw_page, links_page)


class ArticleChangeList(ChangeList):
    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet:
        found = super().get_queryset(request, exclude_parameters)
        return with_visibility(found.for_list(), timezone.now())


@admin.register(Article)
class ArticleAdmin(DeskAdmin):
    form = ArticleForm
    inlines = (BylineInline,)
    # Parts of the form that belong to other applications, which append them as they load.
    companions: list[type[InlineModelAdmin]] = []
    list_display = (
        "headline",
        "state",
        "category",
        "byline_names",
        "published",
        "comment_count",
        "updated",
    )
    list_filter = (
        StateFilter,
        ("category", RelatedDropdownFilter),
        ("series", AutocompleteSelectFilter),
        ("authors", AutocompleteSelectFilter),
        ("published_at", admin.DateFieldListFilter),
    )
    list_filter_submit = True
    list_select_related = ("category",)
    list_per_page = 50
    search_fields = ("title", "dek", "body", "slug")
    search_help_text = "제목, 부제, 본문, 주소에서 찾기"
    date_hierarchy = "published_at"
    ordering = ("-published_at", "-pk")
    autocomplete_fields = ("series", "lead_image")
    actions = ("publish_selected", "withdraw_selected")
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

    # Who may do what: a writer works on drafts of their own, an editor on everything.

    def get_queryset(self, request: HttpRequest) -> ArticleQuerySet:
        articles: ArticleQuerySet = super().get_queryset(request)
        return articles.at_desk_of(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if not super().has_change_permission(request):
            return False
        if obj is None or request.user.has_perm("articles.change_any_article"):
            return True
        # Unfold asks about its buttons by number.
        pk = obj.pk if isinstance(obj, Article) else obj
        return self.get_queryset(request).filter(pk=pk, status__in=UNPUBLISHED).exists()

    def has_publish_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("articles.publish_article")

    # The list

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ArticleChangeList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        return super().get_search_results(request, queryset, normalised(search_term))

    @display(description="제목", ordering="title")
    def headline(self, article: Article) -> str:
        return article.title

    @display(description="상태", ordering="status", label=LABELS)
    def state(self, article: Article) -> str:
        return str(state_of(article).label)

    @display(description="필자")
    def byline_names(self, article: Article) -> str:
        return ", ".join(author.name for author in article.authors.all())

    @display(description="게재", ordering="published_at")
    def published(self, article: Article) -> str:
        return moment(article.published_at)

    @display(description="게재 종료")
    def expires(self, article: Article) -> str:
        return moment(article.expires_at)

    @display(description="만든 때")
    def created(self, article: Article) -> str:
        return moment(article.created_at)

    @display(description="고친 때", ordering="updated_at")
    def updated(self, article: Article) -> str:
        return moment(article.updated_at)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.method == "POST":
            bulk.refuse_crafted(self, request)
        return super().changelist_view(request, extra_context)

    @admin.action(description="고른 글 발행", permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: ArticleQuerySet) -> None:
        bulk.publish_chosen(request, list(queryset.defer(None)))

    @admin.action(description="고른 글 내리기", permissions=["publish"])
    def withdraw_selected(
        self, request: HttpRequest, queryset: ArticleQuerySet
    ) -> HttpResponse | None:
        return withdraw_page.withdraw_chosen(self, request, list(queryset.defer(None)))

    def delete_model(self, request: HttpRequest, obj: Article) -> None:
        with transaction.atomic():
            article = locked(obj.pk)
            log(article, Deed.DELETE, Actor.of(request.user), slug=article.slug)
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: ArticleQuerySet) -> None:
        with transaction.atomic():
            # Of two who delete at once, the second finds nothing to tell of.
            chosen = Article.objects.filter(pk__in=[article.pk for article in queryset])
            for article in chosen.select_for_update():
                log(article, Deed.DELETE, Actor.of(request.user), slug=article.slug)
            super().delete_queryset(request, queryset)

    # The form

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
        return saving.opened(article)

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
            article = saving.locked_for(self.get_queryset(request), object_id)
            if article is None or not self.has_change_permission(request, article):
                refusal = conflicts.refused(self, request, object_id)
                if refusal is not None:
                    return refusal
                raise PermissionDenied
            elif saving.is_stale(article, request.POST):
                request.POST = conflicts.answered(article, request)  # type: ignore[assignment]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        article = context.get("original")
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
        if warning := conflicts.warning_of_marks(form.instance.body):
            messages.warning(request, warning)

    def response_add(
        self, request: HttpRequest, obj: Article, post_url_continue: str | None = None
    ) -> HttpResponse:
        pressed = buttons.answer(request, obj)
        return pressed or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        return buttons.answer(request, obj) or super().response_change(request, obj)
