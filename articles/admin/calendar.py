"""The desk's calendar: what appears when, and moving what has not appeared yet."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from articles.admin.desk import desk_page
from articles.admin.rooms import article_to_publish
from articles.admin.state import State, state_of, with_visibility
from articles.admin.wording import moment
from articles.editing import Actor
from articles.models import Article
from articles.schedule import Month, NotScheduledError, RescheduleError, month_of, reschedule

# The calendar's year must leave room for a week before and after.
FIRST_YEAR, LAST_YEAR = 1900, 2999
SHOWN_A_DAY = 8
WEEKDAYS = "일월화수목금토"
SHOWN = ("pk", "title", "status", "published_at", "expires_at")


class MoveForm(forms.Form):
    date = forms.DateField()
    time = forms.TimeField()

    def moment(self) -> datetime:
        """Return the posted Korean time; raises RescheduleError for one that is none."""
        if not self.is_valid():
            raise RescheduleError("날짜와 시각을 2026-11-27, 09:00처럼 적어 주세요.")
        day, time = self.cleaned_data["date"], self.cleaned_data["time"]
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise RescheduleError("연도를 다시 확인해 주세요.")
        return timezone.make_aware(datetime.combine(day, time))


def urls(admin: Any) -> list[URLPattern]:
    @require_GET
    def show(request: HttpRequest) -> HttpResponse:
        if not admin.has_view_permission(request):
            raise PermissionDenied
        return _page(admin, request, _month_asked(request))

    @require_POST
    def move(request: HttpRequest, pk: int) -> HttpResponse:
        article = article_to_publish(admin, request, pk)
        return _moved(admin, request, article)

    view = admin.admin_site.admin_view
    return [
        path("calendar/", view(show), name="articles_article_calendar"),
        path("<int:pk>/reschedule/", view(move), name="articles_article_reschedule"),
    ]


def _month_asked(request: HttpRequest) -> date:
    """Return a day of the month in the query, as 2026-11, or else today."""
    try:
        asked = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return timezone.localdate()
    return asked if FIRST_YEAR <= asked.year <= LAST_YEAR else timezone.localdate()


def _moved(admin: Any, request: HttpRequest, article: Article) -> HttpResponse:
    was = article.published_at or timezone.now()
    try:
        moved = reschedule(article.pk, MoveForm(request.POST).moment(), Actor.of(request.user))
    except RescheduleError as error:
        status = 409 if isinstance(error, NotScheduledError) else 422
        messages.error(request, f"〈{article.title}〉 – {error}")
        return _page(admin, request, timezone.localdate(was), status=status)
    messages.success(
        request, f"옮겼습니다. {moment(moved.published_at)}에 공개됩니다: {moved.title}"
    )
    day = timezone.localdate(moved.published_at)
    return HttpResponseRedirect(_address_of(day))


def _page(admin: Any, request: HttpRequest, day: date, *, status: int = 200) -> HttpResponse:
    articles = with_visibility(
        admin.get_queryset(request).only(*SHOWN).select_related(None), timezone.now()
    )
    month = month_of(articles, day)
    may_move = admin.has_publish_permission(request)
    context = desk_page(request, "발행 달력") | {
        "opts": admin.opts,
        "month": month,
        "weekdays": WEEKDAYS,
        "weeks": _weeks(month, may_move=may_move),
        "may_move": may_move,
        "before": _address_of(month.before),
        "after": _address_of(month.after),
        "today": timezone.localdate(),
        "this_month": reverse("admin:articles_article_calendar"),
    }
    return TemplateResponse(request, "admin/articles/article/calendar.html", context, status=status)


def _weeks(month: Month, *, may_move: bool) -> list[list[dict[str, Any]]]:
    return [
        [
            {
                "date": day.date,
                "is_in_month": day.is_in_month,
                "entries": [_entry(article, may_move) for article in day.articles[:SHOWN_A_DAY]],
                "rest": max(0, len(day.articles) - SHOWN_A_DAY),
            }
            for day in week
        ]
        for week in month.weeks
    ]


def _entry(article: Article, may_move: bool) -> dict[str, Any]:
    state = state_of(article)
    return {
        "article": article,
        "state": state,
        "at": timezone.localtime(article.published_at),
        "url": reverse("admin:articles_article_change", args=[article.pk]),
        "can_move": may_move and state == State.SCHEDULED,
    }


def _address_of(day: date) -> str:
    return f"{reverse('admin:articles_article_calendar')}?month={day:%Y-%m}"
