"""Articles on the desk: the list, the form, and the buttons that publish and withdraw."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.options import InlineModelAdmin
from django.db import transaction
from django.db.models import Model, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils import timezone
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RelatedDropdownFilter
from unfold.dataclasses import UnfoldAction
from unfold.decorators import action, display
from unfold.enums import ActionVariant
from unfold.views import ChangeList

from articles.admin import (
    conflicts,
    copies,
    form_context,
    offers,
    preview,
    publishing,
    saving,
    signed_out,
)
from articles.admin.byline import BylineInline, byline_of
from articles.admin.desk import DeskAdmin
from articles.admin.filters import StateFilter
from articles.admin.forms import CONFLICT, ArticleForm
from articles.admin.state import LABELS, State, state_of, with_visibility
from articles.admin.wording import moment, names_of, new_address, standing
from articles.models import Article, ArticleAuthor, ArticleQuerySet, Status
from articles.text import normalised

# What a writer may still change; the rest is the editors'.
UNPUBLISHED = (Status.DRAFT, Status.IN_REVIEW)
# Modules with pages of their own about an article; each says its addresses by `urls(admin)`.
ROOMS = (preview, copies)
# Unfold names a button after application, model and method.
BUTTON_PREFIX = "articles_article_"
# Which buttons stand under the form of an article in each state.
BUTTONS = {
    State.DRAFT: ("publish_now", "send_to_review"),
    State.IN_REVIEW: ("publish_now", "return_to_draft"),
    State.APPROVED: ("publish_now", "return_to_draft"),
    State.SCHEDULED: ("withdraw_now",),
    State.PUBLIC: ("withdraw_now",),
    State.EXPIRED: ("publish_now", "withdraw_now"),
    State.WITHDRAWN: ("publish_now", "return_to_draft"),
}


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
    actions_submit_line = ("publish_now", "withdraw_now", "send_to_review", "return_to_draft")
    warn_unsaved_form = True
    compressed_fields = False
    readonly_fields = (
        "standing",
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

    @admin.action(description="고른 글 발행", permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: ArticleQuerySet) -> None:
        self._report_published(request, publishing.publish(queryset.defer(None)))

    @admin.action(description="고른 글 내리기", permissions=["publish"])
    def withdraw_selected(self, request: HttpRequest, queryset: ArticleQuerySet) -> None:
        self._report_withdrawn(request, publishing.withdraw(queryset))

    # The form

    @display(description="상태")
    def standing(self, article: Article) -> str:
        return standing(article)

    def get_urls(self) -> list[URLPattern]:
        own = [signed_out.giving_back(url) for url in super().get_urls()]
        return [*(url for room in ROOMS for url in room.urls(self)), *own]

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
        if request.method != "POST" or object_id is None:
            if request.method != "POST":
                offers.lay_in(request, object_id)
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            # From here on nobody else can save the article before this answer is decided.
            article = saving.locked_for(self.get_queryset(request), object_id)
            if article is None or not self.has_change_permission(request, article):
                refusal = conflicts.refused(self, request, object_id)
                if refusal is not None:
                    return refusal
            elif saving.is_stale(article, request.POST):
                request.POST = conflicts.answered(article, request)  # type: ignore[assignment]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context |= form_context.of(self, request, context.get("original"))
        response = super().render_change_form(request, context, *args, **kwargs)
        if CONFLICT in request.POST:
            response.status_code = 409
        return response

    def get_actions_submit_line(self, request: HttpRequest, object_id: int) -> list[UnfoldAction]:
        """Offer what fits the article's state; a crafted request for another is not heard."""
        article = self.get_object(request, str(object_id))
        allowed = BUTTONS[state_of(article)] if article else ()
        return [
            button
            for button in super().get_actions_submit_line(request, object_id)
            if button.action_name.removeprefix(BUTTON_PREFIX) in allowed
        ]

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

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        """Stay with the article after a button; its message has said what was done."""
        buttons = {f"{BUTTON_PREFIX}{name}" for name in self.actions_submit_line}
        if buttons.isdisjoint(request.POST):
            return super().response_change(request, obj)
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[obj.pk]))

    @action(
        description="발행", icon="publish", permissions=["publish"], variant=ActionVariant.PRIMARY
    )
    def publish_now(self, request: HttpRequest, obj: Article) -> None:
        self._report_published(request, publishing.publish([obj]))

    @action(description="내리기", icon="visibility_off", permissions=["publish"])
    def withdraw_now(self, request: HttpRequest, obj: Article) -> None:
        self._report_withdrawn(request, publishing.withdraw([obj]))

    @action(description="검토 요청", icon="rate_review", permissions=["change"])
    def send_to_review(self, request: HttpRequest, obj: Article) -> None:
        self._move(request, obj, Status.IN_REVIEW, "검토할 글로 올렸습니다.")

    @action(description="초고로 되돌리기", icon="undo", permissions=["change"])
    def return_to_draft(self, request: HttpRequest, obj: Article) -> None:
        self._move(request, obj, Status.DRAFT, "초고로 되돌렸습니다.")

    def _move(self, request: HttpRequest, article: Article, status: Status, said: str) -> None:
        article.status = status
        article.save(update_fields=["status"])
        self.log_change(request, article, said)
        messages.success(request, said)

    def _report_published(self, request: HttpRequest, outcome: publishing.Outcome) -> None:
        for article in outcome.done:
            self.log_change(request, article, "발행했습니다.")
        now = timezone.now()
        waiting = [a for a in outcome.done if a.published_at and a.published_at > now]
        shown = [a for a in outcome.done if a not in waiting]
        if shown:
            messages.success(request, f"글 {len(shown)}편을 발행했습니다: {names_of(shown)}")
        for article in waiting:
            when = moment(article.published_at)
            messages.success(request, f"예약했습니다. {when}에 공개됩니다: {article.title}")
        for article, reason in outcome.refused:
            messages.error(
                request, f"발행하지 못했습니다: {article.title or '제목 없음'} – {reason}"
            )

    def _report_withdrawn(self, request: HttpRequest, outcome: publishing.Outcome) -> None:
        for article in outcome.done:
            self.log_change(request, article, "내렸습니다.")
        done = outcome.done
        messages.success(request, f"글 {len(done)}편을 내렸습니다: {names_of(done)}")
