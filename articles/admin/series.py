"""Series on the desk, with their episodes in order."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.decorators import permission_required
from django.db import IntegrityError
from django.db.models import Q
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from unfold.decorators import display

from articles.admin.desk import desk_page
from articles.admin.kept_counts import CountedArticles
from articles.admin.state import state_of, with_visibility
from articles.episode_order import (
    BadNumbersError,
    StaleOrderError,
    add_episode,
    numbers_of,
    order_mark,
    renumber,
)
from articles.models import Article, Series
from articles.text import one_line, whole_number

_FOUND = 10
_PERMISSIONS = ("articles.change_series", "articles.change_article", "articles.change_any_article")
_STALE = (
    "그사이에 다른 사람이 이 연재의 회차를 바꾸었습니다. 아래는 지금의 순서입니다."
    " 확인하고 다시 저장해 주세요. 방금 적은 번호는 저장하지 않았습니다."
)


@admin.register(Series)
class SeriesAdmin(CountedArticles):
    counted = "articles"
    list_display = ("title", "episode_count", "is_finished", "slug")
    list_filter = ("is_finished",)
    search_fields = ("title", "slug")
    search_help_text = "제목이나 주소로 찾기"
    autocomplete_fields = ("cover",)
    fields = ("title", "description", "cover", "is_finished", "slug")
    change_form_outer_after_template = "admin/articles/_episodes.html"

    class Media:
        js = (Script("desk/episodes.js", type="module"),)

    def get_urls(self) -> list[URLPattern]:
        show = self.admin_site.admin_view(episodes_page)
        route = path("<int:pk>/episodes/", show, name="articles_series_episodes")
        return [route, *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        series = context.get("original")
        if series is not None and not context.get("is_popup"):
            context |= episode_context(request, series)
        return super().render_change_form(request, context, *args, **kwargs)

    @display(description="회차", ordering="number_of_articles")
    def episode_count(self, series: Any) -> str:
        return f"{series.number_of_articles}화"

    def view_on_site(self, series: Any) -> str:
        return series.get_absolute_url()


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(_PERMISSIONS, raise_exception=True)
def episodes_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The episodes of a series on a page of their own: for saving, searching and refusals."""
    series = get_object_or_404(Series, pk=pk)
    if request.method != "POST":
        return _show(request, series)
    try:
        done = _add(request, series) if "add" in request.POST else _renumber(request, series)
    except BadNumbersError as error:
        return _show(request, series, error=str(error), status=422)
    except (StaleOrderError, IntegrityError):
        # The second: an article's own form took a number between our question and our answer.
        return _show(request, series, error=_STALE, status=409)
    messages.success(request, done)
    return redirect("admin:articles_series_change", pk)


def _renumber(request: HttpRequest, series: Series) -> str:
    compact = "compact" in request.POST
    wanted = _written_numbers(request.POST)
    changed = renumber(series, wanted, request.POST.get("mark", ""), compact=compact)
    if not changed:
        return "바뀐 회차가 없습니다."
    _log(request, series, f"회차 {changed}개의 번호를 바꾸었습니다.")
    return f"회차 {changed}개의 번호를 바꾸었습니다."


def _add(request: HttpRequest, series: Series) -> str:
    key = whole_number(request.POST["add"]) or 0
    number = add_episode(series, key, request.POST.get("mark", ""))
    title = Article.objects.values_list("title", flat=True).get(pk=key)
    _log(request, series, f"{number}화를 넣었습니다: {title}")
    return f"〈{title}〉 글을 {number}화로 넣었습니다."


def _written_numbers(form: QueryDict) -> dict[int, int]:
    numbers = {}
    for name, value in form.items():
        key = whole_number(name.removeprefix("number-"))
        if name.startswith("number-") and key is not None:
            numbers[key] = whole_number(str(value)) or 0
    return numbers


def _log(request: HttpRequest, series: Series, message: str) -> None:
    LogEntry.objects.log_actions(
        int(request.user.pk or 0), [series], CHANGE, message, single_object=True
    )


def _show(
    request: HttpRequest, series: Series, *, error: str = "", status: int = 200
) -> HttpResponse:
    context = desk_page(request, f"회차: {series.title}") | episode_context(request, series)
    context |= {"error": error, "is_page": True}
    if status == 422:
        written = _written_numbers(request.POST)
        for row in context["episodes"]:
            row["number"] = written.get(row["article"].pk) or row["number"]
        context["compact"] = "compact" in request.POST
    return render(request, "admin/articles/episodes.html", context, status=status)


def episode_context(request: HttpRequest, series: Series) -> dict[str, Any]:
    """Return what the list of episodes shows, and what a search for further ones has found."""
    known = Article.objects.filter(series=series).known_to(request.user)
    articles = known.without_text().order_by("episode")
    may_order = request.user.has_perms(_PERMISSIONS)
    query = one_line(request.GET.get("q", ""))[:100] if may_order else ""
    return {
        "series": series,
        "episodes": [
            {
                "article": article,
                "number": article.episode,
                "state": state_of(article).label,
                "url": reverse("admin:articles_article_change", args=[article.pk]),
            }
            for article in with_visibility(articles, timezone.now())
        ],
        "mark": order_mark(numbers_of(series)),
        "may_order": may_order,
        "query": query,
        "found": _found(query),
    }


def _found(query: str) -> list[dict[str, Any]]:
    """Return articles without a series whose title or address holds the words."""
    if not query:
        return []
    found = Article.objects.filter(Q(title__icontains=query) | Q(slug__icontains=query))
    free = with_visibility(found.filter(series=None).without_text(), timezone.now())
    return [
        {"article": article, "state": state_of(article).label}
        for article in free.newest_first()[:_FOUND]
    ]
