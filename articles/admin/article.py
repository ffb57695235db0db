"""Articles on the desk: the list, the form, and the buttons that publish and withdraw."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import InlineModelAdmin
from django.db.models import Model, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RelatedDropdownFilter
from unfold.dataclasses import UnfoldAction
from unfold.decorators import action, display
from unfold.enums import ActionVariant
from unfold.views import ChangeList

from articles.admin import publishing
from articles.admin.byline import BylineInline
from articles.admin.desk import DeskAdmin
from articles.admin.editor import find_articles
from articles.admin.filters import StateFilter
from articles.admin.forms import ArticleForm
from articles.admin.preview import preview
from articles.admin.share_preview import share_preview
from articles.admin.state import LABELS, State, state_of, with_visibility
from articles.admin.wording import moment, names_of, standing
from articles.models import Article, ArticleQuerySet, Author, Status
from articles.text import normalised

# Saving one of these is a revision of the text, which readers are told about.
CONTENT_FIELDS = frozenset(
    {
        "title",
        "dek",
        "summary_1",
        "summary_2",
        "summary_3",
        "body",
        "lead_image",
        "lead_image_alt",
        "lead_image_caption",
        "lead_image_credit",
    }
)
# What a writer may still change; the rest is the editors'.
UNPUBLISHED = (Status.DRAFT, Status.IN_REVIEW)
# Unfold names a button after application, model and method.
BUTTON_PREFIX = "articles_article_"
# Which buttons stand under the form of an article in each state.
BUTTONS = {
    State.DRAFT: ("publish_now", "send_to_review"),
    State.IN_REVIEW: ("publish_now", "return_to_draft"),
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
        "shared",
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
                    ("published_at", "expires_at"),
                    "slug",
                    "comment_policy",
                    "canonical_url",
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

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return super().get_queryset(request).at_desk_of(request.user)

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

    @display(description="검색과 공유")
    def shared(self, article: Article) -> SafeString:
        return share_preview(article)

    @display(description="상태")
    def standing(self, article: Article) -> str:
        return standing(article)

    def get_urls(self) -> list[URLPattern]:
        show = self.admin_site.admin_view(self.preview_view)
        find = self.admin_site.admin_view(find_articles)
        return [
            path("preview/", show, name="articles_article_preview"),
            path("find/", find, name="articles_article_find"),
            *super().get_urls(),
        ]

    def preview_view(self, request: HttpRequest) -> HttpResponse:
        may_see = self.has_view_permission(request) or self.has_add_permission(request)
        return preview(request, allowed=may_see)

    def get_inlines(self, request: HttpRequest, obj: Article | None) -> list[Any]:
        return [*super().get_inlines(request, obj), *self.companions]

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Model, inline: Any, prefix: str
    ) -> dict[str, Any]:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        # Only when the form is first shown: on the way back a prefilled row that the editor
        # left alone would count as unchanged and not be saved.
        is_byline = isinstance(inline, BylineInline)
        if is_byline and obj.pk is None and request.method == "GET":
            own = Author.objects.filter(user=request.user.pk).values_list("pk", flat=True)
            kwargs["initial"] = [{"author": pk} for pk in own]
        return kwargs

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
        if not change:
            obj.owner_id = request.user.pk
        if CONTENT_FIELDS.intersection(form.changed_data):
            obj.updated_at = timezone.now()
        super().save_model(request, obj, form, change)
        if change and "slug" in form.changed_data:
            old = form.initial["slug"]
            messages.info(
                request, f"주소를 바꾸었습니다. 옛 주소 {old}로 오는 독자는 새 주소로 옮겨집니다."
            )

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
