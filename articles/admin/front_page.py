"""The front page at the desk: one page that arranges it, and what it would look like."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone

from articles.admin.desk import DeskAdmin, desk_page
from articles.admin.front_arranging import ArrangementForm, moment_of
from articles.admin.wording import short_moment
from articles.models import FrontPage
from articles.pages.front_arrangement import store
from articles.pages.front_page import TOP_SIZE
from articles.text import whole_number
from articles.views import front_page_of


@admin.register(FrontPage)
class FrontPageAdmin(DeskAdmin):
    """No list and no row: whoever arranges the front page arranges all of it."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.arrange), name="articles_frontpage_changelist"),
            path("preview/", wrap(self.preview), name="articles_frontpage_preview"),
        ]

    def arrange(self, request: HttpRequest) -> HttpResponse:
        self._refuse_strangers(request)
        if request.method != "POST":
            return self._page(request, self._form(request))
        form = self._form(request)
        if not form.is_valid():
            return self._page(request, form, status=422)
        page = _stored(form, request)
        if page is None:
            return self._page(request, form, status=409)
        self.log_change(request, page, "첫 화면을 바꾸었습니다.")
        messages.success(request, "첫 화면을 바꾸었습니다. 독자에게는 1분 안에 보입니다.")
        return redirect("admin:articles_frontpage_changelist")

    def preview(self, request: HttpRequest) -> HttpResponse:
        """Show the front page as the form would have it, now or at a time to come."""
        self._refuse_strangers(request)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        form = self._form(request)
        context: dict[str, Any] = {}
        try:
            at = moment_of(request.POST.get("at", ""))
        except ValidationError as error:
            at, context = None, {"refusals": error.messages}
        if not form.is_valid():
            context = {
                "refusals": [
                    "적으신 것 가운데 고칠 곳이 있습니다. 저장을 누르면 어디인지 보입니다."
                ]
            }
        if not context:
            context = front_page_of(form.arrangement().plan(at), at)
            context["shown_at"] = short_moment(at, form.now)
        status = 422 if "refusals" in context else 200
        return render(request, "admin/articles/frontpage/preview.html", context, status=status)

    def _refuse_strangers(self, request: HttpRequest) -> None:
        if not self.has_change_permission(request):
            raise PermissionDenied

    def _form(self, request: HttpRequest) -> ArrangementForm:
        data = request.POST if request.method == "POST" else None
        return ArrangementForm(data, user=request.user, now=timezone.now())  # type: ignore[arg-type]

    def _page(self, request: HttpRequest, form: ArrangementForm, status: int = 200) -> HttpResponse:
        page = FrontPage.current()
        context = desk_page(request, "첫 화면") | {
            "form": form,
            "page": page,
            "changed": short_moment(page.changed_at, form.now),
            "top_size": TOP_SIZE,
            "is_refused": status == 422,
            "is_stale": status == 409,
            "at": request.POST.get("at", ""),
        }
        # Who sends a refused form again must not pass for somebody who has seen the newest one.
        context["seen"] = request.POST.get("seen", "") if status == 422 else page.edition
        return render(request, "admin/articles/frontpage/arrange.html", context, status=status)


def _stored(form: ArrangementForm, request: HttpRequest) -> FrontPage | None:
    seen = whole_number(request.POST.get("seen", ""))
    try:
        return store(form.arrangement(), seen=-1 if seen is None else seen, by=request.user)  # type: ignore[arg-type]
    except IntegrityError:
        # An article, section or picture of the form was deleted between question and answer.
        return None
