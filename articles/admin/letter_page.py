"""The page beside an article's form about its letter: how it looks, whether and when it leaves."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from articles.admin import letters
from articles.admin.rooms import article_to_publish, show
from articles.models import Article, Mailing
from articles.newsletter import mailings
from articles.newsletter.letters import for_letter
from articles.responses import SeeOther

TEMPLATE = "admin/articles/article/letter.html"


def urls(admin: Any) -> list[URLPattern]:
    @require_http_methods(["GET", "HEAD", "POST"])
    def page(request: HttpRequest, pk: int) -> HttpResponse:
        article = article_to_publish(admin, request, pk)
        return (
            _act(request, article) if request.method == "POST" else _page(admin, request, article)
        )

    @require_safe
    def letter(request: HttpRequest, pk: int) -> HttpResponse:
        article = article_to_publish(admin, request, pk)
        return letters.page_of_letter(_mailing(article), _stories(article))

    wrap = admin.admin_site.admin_view
    return [
        path("<int:pk>/letter/", wrap(page), name="articles_article_letter"),
        path("<int:pk>/letter/html/", wrap(letter), name="articles_article_letter_html"),
    ]


def _page(admin: Any, request: HttpRequest, article: Article) -> HttpResponse:
    mailing = _mailing(article)
    context = letters.look(mailing, _stories(article), request)
    if mailing.pk is None:
        context["standing"] = _standing_without_mailing(article)
    html_url = reverse("admin:articles_article_letter_html", args=[article.pk])
    return show(admin, request, article, TEMPLATE, title="메일", html_url=html_url, **context)


def _act(request: HttpRequest, article: Article) -> HttpResponse:
    is_test = request.POST.get("do") == "test"
    mailing = _mailing(article) if is_test else mailings.mailing_of(article)
    letters.act(request, mailing, _stories(article))
    return SeeOther(request.path)


def _mailing(article: Article) -> Mailing:
    return Mailing.objects.filter(article=article).first() or Mailing(article=article)


def _stories(article: Article) -> list[Article]:
    """Return the article as it is stored, whether readers see it or not yet."""
    return list(for_letter(Article.objects.filter(pk=article.pk, published_at__isnull=False)))


def _standing_without_mailing(article: Article) -> str:
    minutes = int(mailings.HOLD.total_seconds() // 60)
    if not article.is_public():
        return f"독자에게 공개되면 {minutes}분쯤 뒤에 메일로 나갑니다."
    if mailings.mailable().filter(pk=article.pk).exists():
        return "곧 메일로 나갈 차례가 됩니다."
    return "메일 구독을 시작하기 전에 나왔거나 가져온 글이라 저절로 나가지는 않습니다."
