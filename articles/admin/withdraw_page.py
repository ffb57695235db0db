"""Withdrawing articles: why, for the desk, and what readers find at their addresses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from articles import publishing, review
from articles.admin.conflicts import DELETED
from articles.admin.publish_forms import WithdrawForm
from articles.admin.rooms import article_to_publish, show
from articles.admin.wording import names_of
from articles.editing import Actor
from articles.models import Article
from articles.responses import SeeOther

TEMPLATE = "admin/articles/article/withdraw.html"
# What the form that asks for the reason sends along, beside what the list had sent.
CONFIRMED = "confirmed"


def urls(admin: Any) -> list[URLPattern]:
    @require_http_methods(["GET", "HEAD", "POST"])
    def page(request: HttpRequest, pk: int) -> HttpResponse:
        article = article_to_publish(admin, request, pk)
        form = WithdrawForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            return _withdraw(admin, request, article, form)
        status = 422 if form.is_bound else 200
        return show(admin, request, article, TEMPLATE, title="글 내리기", status=status, form=form)

    view = admin.admin_site.admin_view(page)
    return [path("<int:pk>/withdraw/", view, name="articles_article_withdraw")]


def _withdraw(
    admin: Any, request: HttpRequest, article: Article, form: WithdrawForm
) -> HttpResponse:
    try:
        publishing.withdraw(article.pk, Actor.of(request.user), **form.cleaned_data)
    except review.MisfitError as error:
        return show(
            admin, request, article, TEMPLATE, title="글 내리기", status=409, form=form, fault=error
        )
    messages.success(request, f"내렸습니다. 이제 독자에게 보이지 않습니다: {article.title}")
    return SeeOther(reverse("admin:articles_article_change", args=[article.pk]))


def withdraw_chosen(
    admin: Any, request: HttpRequest, articles: Sequence[Article]
) -> HttpResponse | None:
    """Ask for the reason, and withdraw the chosen articles when it has been given."""
    form = WithdrawForm(request.POST if CONFIRMED in request.POST else None)
    if form.is_bound and form.is_valid():
        _report(request, articles, form)
        return None
    chosen = [(ACTION_CHECKBOX_NAME, article.pk) for article in articles]
    context = {
        "form": form,
        "articles": articles,
        "sent_along": [("action", "withdraw_selected"), (CONFIRMED, "1"), *chosen],
    }
    status = 422 if form.is_bound else 200
    title = f"글 {len(articles)}편 내리기"
    return show(admin, request, Article(), TEMPLATE, title=title, status=status, **context)


def _report(request: HttpRequest, articles: Sequence[Article], form: WithdrawForm) -> None:
    done = []
    for article in articles:
        try:
            publishing.withdraw(article.pk, Actor.of(request.user), **form.cleaned_data)
        except review.MisfitError as error:
            messages.error(request, f"내리지 못했습니다: {article.title} – {error}")
        except Article.DoesNotExist:
            messages.error(request, f"내리지 못했습니다: {article.title} – {DELETED}")
        else:
            done.append(article)
    if done:
        messages.success(request, f"글 {len(done)}편을 내렸습니다: {names_of(done)}")
