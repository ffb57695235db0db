"""Links by which people without an account read an article before it is published."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from articles import editing
from articles.admin.publish_forms import LinkForm
from articles.admin.rooms import article_to_change, show
from articles.models import Article, Deed, PreviewLink
from articles.responses import SeeOther
from articles.text import whole_number

TEMPLATE = "admin/articles/article/links.html"
SHOWN = 50


def urls(admin: Any) -> list[URLPattern]:
    @require_http_methods(["GET", "HEAD", "POST"])
    def page(request: HttpRequest, pk: int) -> HttpResponse:
        article = article_to_change(admin, request, pk)
        if request.method != "POST":
            return _page(admin, request, article, LinkForm())
        if "revoke" in request.POST:
            return _revoke(request, article)
        return _make(admin, request, article)

    view = admin.admin_site.admin_view(page)
    return [path("<int:pk>/links/", view, name="articles_article_links")]


def _is_all_public(article: Article) -> bool:
    """Whether readers have everything that a link could show."""
    return article.pending_id is None and article.is_public()


def _make(admin: Any, request: HttpRequest, article: Article) -> HttpResponse:
    form = LinkForm(request.POST)
    with transaction.atomic():
        # Publishing and withdrawing close the links that are there; none may slip in behind them.
        article = editing.locked(article.pk)
        if _is_all_public(article):
            return _page(admin, request, article, LinkForm(), status=409)
        if not form.is_valid():
            return _page(admin, request, article, form, status=422)
        note = form.cleaned_data["note"]
        link, token = PreviewLink.objects.make(
            article, request.user, lifetime=form.lifetime(), note=note
        )
        days = form.cleaned_data["days"]
        editing.log(
            article, Deed.SHARE, editing.Actor.of(request.user), note, link=link.pk, days=days
        )
    # The address is on this answer alone: the database does not know it.
    address = f"{settings.SITE_URL}{reverse('articles:shared_preview', args=[token])}"
    return _page(admin, request, article, LinkForm(), made=address)


def _revoke(request: HttpRequest, article: Article) -> HttpResponse:
    key = whole_number(request.POST["revoke"]) or 0
    links = article.preview_links.filter(pk=key)
    with transaction.atomic():
        if links.revoke():
            actor = editing.Actor.of(request.user)
            editing.log(article, Deed.UNSHARE, actor, link=key)
            messages.success(request, "미리 보기 주소를 거두었습니다. 이제 열리지 않습니다.")
        else:
            messages.info(request, "이미 거둔 주소입니다.")
    return SeeOther(reverse("admin:articles_article_links", args=[article.pk]))


def _page(
    admin: Any,
    request: HttpRequest,
    article: Article,
    form: LinkForm,
    *,
    status: int = 200,
    made: str = "",
) -> HttpResponse:
    links = article.preview_links.select_related("made_by", "article")[:SHOWN]
    title = "미리 보기 주소"
    return show(
        admin,
        request,
        article,
        TEMPLATE,
        title=title,
        status=status,
        form=form,
        links=links,
        made=made,
        is_all_public=_is_all_public(article),
    )
