"""Pages about one article beside its form: who may enter, and which article is meant."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from articles.admin import refusals
from articles.models import Article


def article_to_change(admin: Any, request: HttpRequest, pk: int) -> Article:
    """Return the stored article, for whoever may change it; refuses everybody else with 403.

    An article that is not there is refused in the same way, so that nobody learns of it here.
    """
    article = admin.get_queryset(request).filter(pk=pk).first()
    if article is None or not admin.has_change_permission(request, article):
        _refuse(request, Article.objects.filter(pk=pk).first())
    return article


def article_to_publish(admin: Any, request: HttpRequest, pk: int) -> Article:
    """Return the stored article, for whoever may publish it; refuses everybody else with 403."""
    article = article_to_change(admin, request, pk)
    if not admin.has_publish_permission(request):
        _refuse(request, article)
    return article


def _refuse(request: HttpRequest, article: Article | None) -> None:
    """Refuse with 403; whoever sent a form has tried something, which is noted."""
    if article is not None and request.method == "POST":
        what = f"권한이 없는 화면입니다: {request.resolver_match.view_name}"  # type: ignore[union-attr]
        refusals.refuse(request, [article], what)
    raise PermissionDenied


def show(
    admin: Any,
    request: HttpRequest,
    article: Article,
    template: str,
    *,
    title: str,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """Render a page about the article in the desk's frame."""
    frame = admin.admin_site.each_context(request)
    context = {
        "article": article,
        "original": article if article.pk else None,
        "opts": Article._meta,
        "title": title,
        "subtitle": article.title,
        **context,
    }
    return TemplateResponse(request, template, {**frame, **context}, status=status)
