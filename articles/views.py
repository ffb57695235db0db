"""The pages that readers see. They are the same for everybody, signed in or not."""

from datetime import datetime
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from articles.archive import period, shown_years
from articles.caching import page_of_today, public_page
from articles.errors import gone
from articles.models import Article, Author, Category, Image, Series, Tag
from articles.most_read import hot_keys
from articles.navigation import (
    author_or_404,
    category_or_404,
    series_or_404,
    shown_series,
    tag_or_404,
)
from articles.page_facts import shows_article
from articles.pages import listings
from articles.pages.article_page import article_page
from articles.pages.front_arrangement import Plan
from articles.pages.front_page import load
from articles.pages.list_heads import ListHead, list_head
from articles.pages.listings import Listing
from articles.pages.page_heads import Link, Trail, front_head
from articles.pages.stories import Story
from articles.paging import BadCursorError, Page
from articles.queries.compiled import Value
from articles.weather import reports as weather


@public_page
def front_page(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    context = front_page_of(Plan.stored(now), now)
    context["head"] = front_head(context["front"].lead)
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
    listed = _listed(request, listings.ALL, "all")
    head = list_head(
        "모든 글",
        reverse("articles:article_list"),
        listed.page,
        description="최근에 실린 글부터 차례로 봅니다.",
    )
    return _list_page(request, "article_list", listed, head)


@public_page
def category(request: HttpRequest, slug: str) -> HttpResponse:
    found = category_or_404(slug)
    listed = _listed(request, listings.CATEGORY, f"category.{found.pk}", found.pk)
    about = found.description or f"{found.name}, 글 {listed.total}편입니다."
    return _subject_page(request, found, listed, found.name, about)


@public_page
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    found = tag_or_404(slug)
    listed = _listed(request, listings.TAG, f"tag.{found.pk}", found.pk)
    about = f"‘{found.name}’ 태그가 달린 글 {listed.total}편입니다."
    return _subject_page(request, found, listed, f"#{found.name}", about)


@public_page
def author(request: HttpRequest, slug: str) -> HttpResponse:
    found = author_or_404(slug)
    listed = _listed(request, listings.AUTHOR, f"author.{found.pk}", found.pk)
    about = found.bio or f"{found.name}의 글 {listed.total}편입니다."
    return _subject_page(request, found, listed, found.name, about, found.portrait)


@public_page
def series(request: HttpRequest, slug: str) -> HttpResponse:
    found = series_or_404(slug)
    listed = _listed(request, listings.SERIES, f"series.{found.pk}", found.pk)
    about = found.description or f"연재 〈{found.title}〉, 모두 {listed.total}화입니다."
    return _subject_page(request, found, listed, found.title, about, found.cover)


@public_page
def reading_list(request: HttpRequest) -> HttpResponse:
    """Show a page that each reader's own browser fills from what it has kept."""
    return render(request, "articles/reading_list.html")


@public_page
def archive(request: HttpRequest) -> HttpResponse:
    head = list_head(*_archive_link(), None, description="연도와 달을 골라 지난 글을 찾아봅니다.")
    context = {"head": head, "years": shown_years(), "all_series": shown_series()}
    return render(request, "articles/archive.html", context)


@public_page
def archive_year(request: HttpRequest, year: int) -> HttpResponse:
    return _period_page(request, "archive_year", f"{year}년", (_archive_link(),), year)


@public_page
def archive_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    above = (_archive_link(), (f"{year}년", reverse("articles:archive_year", args=[year])))
    return _period_page(request, "archive_month", f"{year}년 {month}월", above, year, month)


class _Listed(NamedTuple):
    """A page of a list, and how many articles the whole list holds."""

    page: Page[Story]
    total: int


def _listed(request: HttpRequest, listing: Listing, name: str, *values: Value) -> _Listed:
    """Return the page of a list that is asked for; `name` tells the list from all others."""
    count = listing.count(name, *values)
    try:
        return _Listed(listing.page(count, request.GET.get("after", ""), *values), count)
    except BadCursorError as error:
        raise Http404("The cursor was not made here.") from error


def _list_page(
    request: HttpRequest, name: str, listed: _Listed, head: ListHead, **more: Any
) -> HttpResponse:
    context = {"page": listed.page, "article_count": listed.total, "head": head, **more}
    return render(request, f"articles/{name}.html", context)


def _subject_page(
    request: HttpRequest,
    subject: Category | Tag | Author | Series,
    listed: _Listed,
    heading: str,
    about: str,
    image: Image | None = None,
) -> HttpResponse:
    """Show what appeared under a subject, by the template and with the feed of its kind."""
    kind = str(subject._meta.model_name)
    path = subject.get_absolute_url()
    head = list_head(heading, path, listed.page, description=about, subject=subject, image=image)
    feed = reverse(f"articles:{kind}_feed", args=[subject.slug])
    more = {kind: subject, "subject": subject, "feed": feed}
    return _list_page(request, kind, listed, head, **more)


def _period_page(
    request: HttpRequest, view: str, name: str, above: Trail, year: int, month: int | None = None
) -> HttpResponse:
    """Show what appeared in a year, or a month of it; answer 404 if there was nothing."""
    listed = _listed(request, listings.PERIOD, f"{year}.{month or ''}", *period(year, month))
    if not listed.total:
        raise Http404("Nothing was published then.")
    head = list_head(
        f"{name}의 글",
        reverse(f"articles:{view}", args=[year, month] if month else [year]),
        listed.page,
        description=f"{name}에 실린 글 {listed.total}편입니다.",
        above=above,
    )
    [whole_year] = shown_years(year)
    return _list_page(request, view, listed, head, whole_year=whole_year, month=month)


def _archive_link() -> Link:
    return "지난 글", reverse("articles:archive")
