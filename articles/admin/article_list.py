"""The list of articles: its columns and filters, and what is done with the chosen ones."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RelatedDropdownFilter
from unfold.decorators import display
from unfold.views import ChangeList

from articles.admin import bulk, withdraw_page
from articles.admin.article_permissions import ArticlePermissions
from articles.admin.filters import StateFilter
from articles.admin.state import LABELS, state_of, with_visibility
from articles.admin.wording import moment
from articles.editing import Actor, locked, log
from articles.models import Article, ArticleQuerySet, Deed
from articles.search.at_desk import QUOTATION_MARK, ids_found
from articles.text import normalised

# Quotation marks as keyboards and word processors make them.
_STRAIGHT = str.maketrans(dict.fromkeys("“”„«»", QUOTATION_MARK))


class ArticleChangeList(ChangeList):
    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet:
        found = super().get_queryset(request, exclude_parameters)
        return with_visibility(found.for_list(), timezone.now())


class ArticleList(ArticlePermissions):
    list_display = (
        "headline",
        "state",
        "category",
        "byline_names",
        "published",
        "comment_count",
        "updated",
    )
    # By what an index has in order; all articles would be sorted for one page of anything else.
    sortable_by = ("headline", "published", "updated")
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
    search_help_text = (
        "제목과 본문의 낱말이나 글의 주소로 찾기. “”처럼 따옴표로 감싸면 쓰인 그대로 찾습니다."
    )
    # A second count, of all articles, beside that of what was found.
    show_full_result_count = False
    ordering = ("-published_at", "-pk")
    actions = ("publish_selected", "withdraw_selected")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ArticleChangeList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Find by an index; only what that does not know is looked for in every text, as written."""
        text = normalised(search_term).translate(_STRAIGHT)
        narrowed = bool(queryset.query.where)
        found = ids_found(text, is_narrowed=narrowed) if text.strip() else []
        if not found:
            return super().get_search_results(request, queryset, text)
        articles = queryset.filter(pk__in=found)
        return (articles if articles.ordered else articles.order_by(*self._order())), False

    @display(description="제목", ordering="title")
    def headline(self, article: Article) -> str:
        return article.title

    @display(description="상태", label=LABELS)
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
