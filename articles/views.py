"""The pages that readers see. They are the same for everybody, signed in or not."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from articles import listings
from articles.archive import period, shown_years
from articles.article_page import article_page
from articles.caching import page_of_today, public_page
from articles.compiled import Value
from articles.errors import gone
from articles.front_arrangement import Plan
from articles.front_page import load
from articles.list_heads import Trail, list_head
from articles.listings import Listing
from articles.models import Article
from articles.most_read import hot_keys
from articles.navigation import (
    author_or_404,
    category_or_404,
    running_series,
    series_or_404,
    tag_or_404,
)
from articles.page_facts import shows_article
from articles.page_heads import front_head
from articles.paging import BadCursorError
from articles.weather import reports as weather


@public_page
def front_page(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    context = front_page_of(Plan.stored(now), now)
    context |= front_head(context["front"].lead)
    response = render(request, "articles/front_page.html", context)
    response["Cache-Control"] = page_of_today(now)
    return response


def front_page_of(plan: Plan, at: datetime | None = None) -> dict[str, Any]:
    """Return what the front page's template shows at `at` (now), for readers or a preview."""
    front = load(plan, at, ranking=hot_keys())
    return {
        "sections": front.sections,
        "front": front.layout,
        "banners": plan.banners,
        "hot": front.hot,
        "weather": weather.current(),
    }


@public_page
def article(request: HttpRequest, slug: str) -> HttpResponse:
    page = article_page(slug, timezone.now())
    if page is None:
        withdrawn = get_object_or_404(Article.objects.gone().without_text(), slug=slug)
        return gone(request, withdrawn.withdrawal_notice)
    shows_article(page.article.pk)
    context = {"article": page.article, "parts": page.parts}
    return render(request, "articles/article.html", context)


@public_page
def article_list(request: HttpRequest) -> HttpResponse:
    context = _listed(request, listings.ALL, "all")
    context["head"] = list_head(
        "모든 글",
        reverse("articles:article_list"),
        context["page"],
        description="최근에 실린 글부터 차례로 봅니다.",
    )
    return render(request, "articles/article_list.html", context)


@public_page
def category(request: HttpRequest, slug: str) -> HttpResponse:
    found = category_or_404(slug)
    context = _listed(request, listings.CATEGORY, f"category.{found.pk}", found.pk)
    context |= {
        "category": found,
        "head": list_head(
            found.name,
            found.get_absolute_url(),
            context["page"],
            description=found.description
            or f"{found.name}, 글 {context['article_count']}편입니다.",
            subject=found,
        ),
    }
    return render(request, "articles/category.html", context)


@public_page
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    found = tag_or_404(slug)
    context = _listed(request, listings.TAG, f"tag.{found.pk}", found.pk)
    context |= {
        "tag": found,
        "head": list_head(
            f"#{found.name}",
            found.get_absolute_url(),
            context["page"],
            description=f"‘{found.name}’ 태그가 달린 글 {context['article_count']}편입니다.",
            subject=found,
        ),
    }
    return render(request, "articles/tag.html", context)


@public_page
def author(request: HttpRequest, slug: str) -> HttpResponse:
    found = author_or_404(slug)
    context = _listed(request, listings.AUTHOR, f"author.{found.pk}", found.pk)
    context |= {
        "author": found,
        "head": list_head(
            found.name,
            found.get_absolute_url(),
            context["page"],
            description=found.bio or f"{found.name}의 글 {context['article_count']}편입니다.",
            subject=found,
            image=found.portrait,
        ),
    }
    return render(request, "articles/author.html", context)


@public_page
def series(request: HttpRequest, slug: str) -> HttpResponse:
    found = series_or_404(slug)
    context = _listed(request, listings.SERIES, f"series.{found.pk}", found.pk)
    count = context["article_count"]
    context |= {
        "series": found,
        "head": list_head(
            found.title,
            found.get_absolute_url(),
            context["page"],
            description=found.description or f"연재 〈{found.title}〉, 모두 {count}화입니다.",
            subject=found,
            image=found.cover,
        ),
    }
    return render(request, "articles/series.html", context)


@public_page
def reading_list(request: HttpRequest) -> HttpResponse:
    """Show a page that each reader's own browser fills from what it has kept."""
    return render(request, "articles/reading_list.html")


@public_page
def archive(request: HttpRequest) -> HttpResponse:
    (above,) = _above_a_year()
    context = {
        "years": shown_years(),
        "all_series": list(running_series()),
        "head": list_head(*above, None, description="연도와 달을 골라 지난 글을 찾아봅니다."),
    }
    return render(request, "articles/archive.html", context)


@public_page
def archive_year(request: HttpRequest, year: int) -> HttpResponse:
    context = _of_period(request, year)
    context["head"] = list_head(
        f"{year}년의 글",
        reverse("articles:archive_year", args=[year]),
        context["page"],
        description=f"{year}년에 실린 글 {context['article_count']}편입니다.",
        above=_above_a_year(),
    )
    return render(request, "articles/archive_year.html", context)


@public_page
def archive_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    context = _of_period(request, year, month) | {"month": month}
    whole_year = (f"{year}년", reverse("articles:archive_year", args=[year]))
    context["head"] = list_head(
        f"{year}년 {month}월의 글",
        reverse("articles:archive_month", args=[year, month]),
        context["page"],
        description=f"{year}년 {month}월에 실린 글 {context['article_count']}편입니다.",
        above=(*_above_a_year(), whole_year),
    )
    return render(request, "articles/archive_month.html", context)


def _listed(request: HttpRequest, listing: Listing, name: str, *values: Value) -> dict[str, Any]:
    """Return the page of a list that is asked for; `name` tells the list from all others."""
    count = listing.count(name, *values)
    try:
        page = listing.page(count, request.GET.get("after", ""), *values)
    except BadCursorError as error:
        raise Http404("The cursor was not made here.") from error
    return {"page": page, "article_count": count}


def _of_period(request: HttpRequest, year: int, month: int | None = None) -> dict[str, Any]:
    """Do the same for a year or month, or answer 404 for one in which nothing appeared."""
    context = _listed(request, listings.PERIOD, f"{year}.{month or ''}", *period(year, month))
    if not context["article_count"]:
        raise Http404("Nothing was published then.")
    return context | {"whole_year": shown_years(year)[0]}


def _above_a_year() -> Trail:
    return (("지난 글", reverse("articles:archive")),)
