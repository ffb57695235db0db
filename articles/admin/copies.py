"""What is kept while somebody writes: the form's text, every few seconds, for its writer alone."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
    QueryDict,
)
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from articles.admin import offers, presence
from articles.admin.copy_form import fields_of
from articles.admin.desk import desk_page
from articles.admin.rooms import article_to_change
from articles.models import Article, Presence, WorkingCopy
from articles.text import whole_number

BASE = re.compile(r"[0-9a-f]{64}")
# How long a text that was sent before the article was saved may still be on its way.
ON_ITS_WAY_IN_SECONDS = 300
GONE = "이 글은 그사이 지워졌습니다. 쓰신 글은 작업본에 남아 있고, 저장하면 새 글로 이어 쓸 수 있습니다."


def urls(admin: Any) -> list[URLPattern]:
    @require_http_methods(["GET", "POST"])
    def keep(request: HttpRequest) -> HttpResponse:
        return kept(admin, request) if request.method == "POST" else token(admin, request)

    @require_GET
    def compare(request: HttpRequest, sitting: str) -> HttpResponse:
        return compared(admin, request, sitting)

    @require_POST
    def discard(request: HttpRequest, sitting: str) -> HttpResponse:
        return discarded(request, sitting)

    view = admin.admin_site.admin_view
    address, name = "working-copy/<str:sitting>/", "articles_article_working_copy"
    return [
        path("working-copy/", view(keep), name=f"{name}_keep"),
        path(address, view(compare), name=f"{name}_compare"),
        path(f"{address}discard/", view(discard), name=f"{name}_discard"),
    ]


def token(admin: Any, request: HttpRequest) -> HttpResponse:
    """Hand a page that outlived its session the token of the new one; says whose session it is."""
    if not may_write(admin, request):
        raise PermissionDenied
    return JsonResponse({"token": get_token(request), "user": request.user.pk})


def kept(admin: Any, request: HttpRequest) -> HttpResponse:
    """Keep what the form sends, and tell it who else is here and whether it has become stale."""
    posted = request.POST
    article, is_gone = _article_of(admin, request)
    answer: dict[str, Any] = {"notices": [GONE] if is_gone else []}
    if "changed" in posted and not is_over(posted.get("sitting", "")):
        if not WorkingCopy.is_sitting(posted.get("sitting", "")):
            return JsonResponse({}, status=422)
        copy = store(request.user, article, posted)
        answer["kept"] = f"자동 저장됨 {timezone.localtime(copy.updated_at):%H:%M:%S}"
    if article is not None:
        if "leaving" in posted:
            Presence.objects.filter(article=article, user=request.user.pk).delete()
        else:
            Presence.objects.note(article, request.user)
        answer["notices"] += presence.notices(article, request.user, posted.get("base", ""))
    return JsonResponse(answer)


def store(writer: Any, article: Article | None, posted: QueryDict) -> WorkingCopy:
    """Write what was posted into the row of its sitting; another writer's is refused with 403."""
    sitting, base = posted.get("sitting", ""), posted.get("base", "")
    values = {
        "form": fields_of(posted),
        "base": base if BASE.fullmatch(base) else "",
        "updated_at": timezone.now(),
        "discarded_at": None,
    }
    copy, is_new = WorkingCopy.objects.get_or_create(
        sitting=sitting, defaults={"writer": writer, "article": article, **values}
    )
    if is_new:
        purge()
        return copy
    if copy.writer_id != writer.pk or copy.article_id != (article.pk if article else None):
        raise PermissionDenied
    for name, value in values.items():
        setattr(copy, name, value)
    copy.save(update_fields=list(values))
    return copy


def end_sitting(request: HttpRequest, article: Article) -> None:
    """Forget the copy of a sitting whose text is saved now; the saved version takes its place."""
    sitting = request.POST.get("sitting", "")
    if WorkingCopy.is_sitting(sitting):
        WorkingCopy.objects.filter(sitting=sitting, writer=request.user.pk).delete()
        transaction.on_commit(lambda: cache.set(_over_key(sitting), True, ON_ITS_WAY_IN_SECONDS))
    Presence.objects.filter(article=article, user=request.user.pk).delete()


def is_over(sitting: str) -> bool:
    """Whether the sitting ended just now, so that what still arrives of it is older than that."""
    return WorkingCopy.is_sitting(sitting) and bool(cache.get(_over_key(sitting)))


def purge() -> tuple[int, int]:
    """Forget old copies and whoever left a page without a word; returns how many of each."""
    copies, _ = WorkingCopy.objects.kept_long_enough().delete()
    presences, _ = Presence.objects.long_gone().delete()
    return copies, presences


def compared(admin: Any, request: HttpRequest, sitting: str) -> HttpResponse:
    """Show what a copy would change in the article as it stands now."""
    copy = own_copy(request, sitting)
    if copy.article_id is not None:
        article_to_change(admin, request, copy.article_id)
    context = desk_page(request, "쓰다 만 글 견주어 보기") | {
        "opts": admin.model._meta,
        "copy": copy,
        "resume_url": offers.resume_url(copy),
        "differences": offers.changes(copy),
    }
    return render(request, "admin/articles/article/working_copy.html", context)


def discarded(request: HttpRequest, sitting: str) -> HttpResponse:
    copy = own_copy(request, sitting)
    copy.discard()
    messages.success(request, "쓰다 만 글을 버렸습니다.")
    return HttpResponseRedirect(offers.form_url(copy.article_id))


def own_copy(request: HttpRequest, sitting: str) -> WorkingCopy:
    """Return a copy of whoever asks; everybody else's are not there."""
    copy = WorkingCopy.objects.of_sitting(sitting, request.user)
    if copy is None:
        raise Http404
    return copy


def may_write(admin: Any, request: HttpRequest) -> bool:
    """Whether somebody writes articles at all, new ones or those that are there."""
    return bool(admin.has_change_permission(request) or admin.has_add_permission(request))


def _article_of(admin: Any, request: HttpRequest) -> tuple[Article | None, bool]:
    """Return the article that is written in, and whether it is not there any more."""
    named = request.POST.get("article", "")
    if not named:
        if not admin.has_add_permission(request):
            raise PermissionDenied
        return None, False
    pk = whole_number(named)
    if pk is None:
        raise PermissionDenied
    if admin.has_add_permission(request) and not Article.objects.filter(pk=pk).exists():
        return None, True
    article = admin.get_queryset(request).filter(pk=pk).first()
    if article is not None and not admin.has_change_permission(request, article):
        # A page that was opened before the article went on its way; that it goes on keeping what
        # is written is no attempt to be noted.
        raise PermissionDenied
    return article_to_change(admin, request, pk), False


def _over_key(sitting: str) -> str:
    return f"articles:sitting-over:{sitting}"
