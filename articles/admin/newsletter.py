"""The newsletter at the desk: how many get it, what comes next, what has left. No addresses."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.admin import letters
from articles.admin.desk import DeskAdmin, desk_page
from articles.admin.state import State, in_state
from articles.models import (
    Article,
    Frequency,
    Mailing,
    MailingState,
    Newsletter,
    Subscriber,
    Subscription,
)
from articles.newsletter import mailings
from articles.newsletter.letters import for_letter
from articles.newsletter.mailings import MailingError
from articles.responses import SeeOther

LIST = "admin:articles_mailing_changelist"
_LISTED = 30
_COMING = 10


@admin.register(Mailing)
class MailingAdmin(DeskAdmin):
    """No list of Django's and no form: a page of numbers, and the letter of the week."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        get_or_post = require_http_methods(["GET", "HEAD", "POST"])
        return [
            path("", wrap(get_or_post(self.overview)), name="articles_mailing_changelist"),
            path("week/", wrap(get_or_post(self.week)), name="articles_mailing_week"),
            path(
                "week/html/", wrap(require_safe(self.week_html)), name="articles_mailing_week_html"
            ),
            path("<int:pk>/again/", wrap(require_POST(self.again)), name="articles_mailing_again"),
        ]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let a mailing go with its article, for whoever may delete that; no page asks else."""
        return request.user.has_perm("articles.delete_article")

    def overview(self, request: HttpRequest) -> HttpResponse:
        self._refuse_strangers(request)
        if request.method == "POST":
            return self._pause(request)
        now = timezone.now()
        context = desk_page(request, "메일 구독") | {
            "newsletter": Newsletter.current(),
            "numbers": _numbers(),
            "coming": _coming(now),
            "next_week": mailings.week_before(now) + mailings.WEEK,
            "mailings": [
                (mailing, letters.standing(mailing))
                for mailing in Mailing.objects.select_related("article")[:_LISTED]
            ],
        }
        return render(request, "admin/articles/mailing/overview.html", context)

    def week(self, request: HttpRequest) -> HttpResponse:
        self._refuse_strangers(request)
        mailing = _mailing_of_week(timezone.now())
        stories = _stories(mailing)
        if request.method == "POST":
            if mailing.pk is None and request.POST.get("do") != "test":
                mailing, _ = Mailing.objects.get_or_create(
                    week_end=mailing.week_end, defaults={"due_at": mailing.due_at}
                )
            letters.act(request, mailing, stories)
            return SeeOther(request.path)
        context = desk_page(request, "한 주의 글") | letters.look(mailing, stories, request)
        context["html_url"] = reverse("admin:articles_mailing_week_html")
        return render(request, "admin/articles/mailing/week.html", context)

    def week_html(self, request: HttpRequest) -> HttpResponse:
        self._refuse_strangers(request)
        mailing = _mailing_of_week(timezone.now())
        return letters.page_of_letter(mailing, _stories(mailing))

    def again(self, request: HttpRequest, pk: int) -> HttpResponse:
        self._refuse_strangers(request)
        try:
            count = mailings.send_again(get_object_or_404(Mailing, pk=pk))
        except MailingError as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, f"보내지 못한 {count}통을 다시 보냅니다.")
        return SeeOther(reverse(LIST))

    def _pause(self, request: HttpRequest) -> HttpResponse:
        deed = request.POST.get("do")
        if deed not in {"pause", "resume"}:
            return SeeOther(reverse(LIST))
        is_paused = deed == "pause"
        Newsletter.objects.filter(pk=Newsletter.current().pk).update(is_paused=is_paused)
        if is_paused:
            messages.success(
                request, "멈추었습니다. 다시 보내기 전까지 글이 메일로 나가지 않습니다."
            )
        else:
            messages.success(request, "다시 보냅니다.")
        return SeeOther(reverse(LIST))

    def _refuse_strangers(self, request: HttpRequest) -> None:
        may = (
            self.has_change_permission(request)
            if request.method == "POST"
            else self.has_view_permission(request)
        )
        if not may:
            raise PermissionDenied


def _numbers() -> list[tuple[str, int]]:
    readers = Subscriber.objects.filter(left_at=None).aggregate(
        confirmed=Count(
            "pk", filter=Q(confirmed_at__isnull=False, subscriptions__isnull=False), distinct=True
        ),
        asked=Count("pk", filter=Q(confirmed_at=None), distinct=True),
    )
    running = Subscription.objects.confirmed()
    return [
        ("받는 분", readers["confirmed"]),
        ("확인을 기다리는 분", readers["asked"]),
        ("그만둔 분", Newsletter.current().left_count),
        ("새 글마다 받는 구독", running.filter(frequency=Frequency.EACH).count()),
        ("주마다 받는 구독", running.filter(frequency=Frequency.WEEKLY).count()),
    ]


def _coming(now: datetime) -> list[Article]:
    """Return the articles that will leave when their moment comes."""
    scheduled = in_state(Article.objects.all(), State.SCHEDULED, now)
    planned = scheduled.exclude(mailing__state=MailingState.SKIPPED).without_text()
    return list(planned.order_by("published_at")[:_COMING])


def _mailing_of_week(now: datetime) -> Mailing:
    """Return the week's mailing that has not left yet, or that of the week that is running."""
    last = mailings.week_before(now)
    left = (MailingState.DONE, MailingState.SKIPPED)
    unsent = Mailing.objects.filter(week_end=last).exclude(state__in=left).first()
    end = last + mailings.WEEK
    running = Mailing.objects.filter(week_end=end).first()
    return unsent or running or Mailing(week_end=end, due_at=end + mailings.HOLD)


def _stories(mailing: Mailing) -> list[Article]:
    return list(for_letter(mailings.articles_of(mailing)))
