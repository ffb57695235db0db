"""The pages that readers see. They are the same for everybody, signed in or not."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models.functions import Left
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from articles import front_page as front
from articles import site
from articles.archive import in_period, years_of
from articles.caching import public_page
from articles.episodes import Neighbours, neighbours
from articles.errors import gone
from articles.listings import episode_page, newest_page
from articles.models import Article, ArticleQuerySet, Category
from articles.most_read import hot
from articles.navigation import (
    public_authors,
    public_sections,
    public_series,
    public_tags,
    running_series,
)
from articles.paging import BadCursorError, Page
from articles.related import related_articles
from articles.section_neighbours import SectionNeighbours, section_neighbours
from articles.structured_data import DESCRIPTION_LENGTH, breadcrumbs, news_article


@public_page
def front_page(request: HttpRequest) -> HttpResponse:
    return render(request, "articles/front_page.html", front_page_of(front.Arrangement.stored()))


def front_page_of(arrangement: front.Arrangement, at: datetime | None = None) -> dict[str, Any]:
    """Return what the front page's template shows at `at` (now), for readers or a preview."""
    sections = list(public_sections(at))
    return {
        "sections": sections,
        "front": front.load(arrangement, sections, at),
        "banners": arrangement.banners_at(at),
        "hot": hot(),
    }


@public_page
def article(request: HttpRequest, slug: str) -> HttpResponse:
    shown = Article.objects.published().for_page()
    opening = Left("plain_text", DESCRIPTION_LENGTH)
    found = shown.annotate(opening=opening).filter(slug=slug).first()
    if found is None:
        withdrawn = get_object_or_404(Article.objects.gone().without_text(), slug=slug)
        return gone(request, withdrawn.withdrawal_notice)
    description = found.description or found.opening  # type: ignore[attr-defined]
    episodes = neighbours(found)
    section_steps = None if episodes else section_neighbours(found)
    context = {
        "article": found,
        "description": description,
        "episodes": episodes,
        "section_steps": section_steps,
        "related": related_articles(found, besides=_beside(episodes, section_steps)),
        "kakao_key": settings.KAKAO_JS_KEY,
        "structured_data": [_description_for_machines(found, description), _trail(found)],
    }
    return render(request, "articles/article.html", context)


@public_page
def article_list(request: HttpRequest) -> HttpResponse:
    return _newest(request, "articles/article_list.html", Article.objects.published())


@public_page
def category(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Category, slug=slug)
    articles = Article.objects.published().filter(category=found)
    return _newest(request, "articles/category.html", articles, category=found)


@public_page
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(public_tags(), slug=slug)
    articles = Article.objects.published().filter(tagged_items__tag=found)
    return _newest(request, "articles/tag.html", articles, tag=found)


@public_page
def author(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(public_authors().select_related("portrait"), slug=slug)
    articles = Article.objects.published().filter(authors=found)
    return _newest(request, "articles/author.html", articles, author=found)


@public_page
def series(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(public_series().select_related("cover"), slug=slug)
    articles = Article.objects.published().filter(series=found)
    context = {
        "series": found,
        "page": _page(episode_page, articles, request),
        "article_count": articles.count(),
    }
    return render(request, "articles/series.html", context)


@public_page
def reading_list(request: HttpRequest) -> HttpResponse:
    """Show a page that each reader's own browser fills from what it has kept."""
    return render(request, "articles/reading_list.html")


@public_page
def archive(request: HttpRequest) -> HttpResponse:
    context = {
        "years": years_of(Article.objects.published()),
        "all_series": running_series(),
    }
    return render(request, "articles/archive.html", context)


@public_page
def archive_year(request: HttpRequest, year: int) -> HttpResponse:
    articles = _in_period(year)
    months = years_of(articles)[0].months
    return _newest(request, "articles/archive_year.html", articles, year=year, months=months)


@public_page
def archive_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    articles = _in_period(year, month)
    return _newest(request, "articles/archive_month.html", articles, year=year, month=month)


def _newest(
    request: HttpRequest, template: str, articles: ArticleQuerySet, **context: Any
) -> HttpResponse:
    context |= {
        "page": _page(newest_page, articles, request),
        "article_count": articles.count(),
    }
    return render(request, template, context)


def _page(
    page_of: Callable[[ArticleQuerySet, str], Page[Article]],
    articles: ArticleQuerySet,
    request: HttpRequest,
) -> Page[Article]:
    try:
        return page_of(articles, request.GET.get("after", ""))
    except BadCursorError as error:
        raise Http404("The cursor was not made here.") from error


def _in_period(year: int, month: int | None = None) -> ArticleQuerySet:
    """Return what appeared then, or answer 404 for a year or month in which nothing did."""
    articles = in_period(Article.objects.published(), year, month)
    if not articles.exists():
        raise Http404("Nothing was published then.")
    return articles


def _beside(episodes: Neighbours | None, section: SectionNeighbours | None) -> list[int]:
    """Return the keys of what the steps to both sides lead to; it is not offered a second time."""
    steps = [episodes.previous, episodes.next] if episodes else []
    steps += [section.older, section.newer] if section else []
    return [step.pk for step in steps if step]


def _description_for_machines(found: Article, description: str) -> dict[str, Any]:
    return news_article(
        found,
        description=description,
        site_name=site.name(),
        site_url=settings.SITE_URL,
    )


def _trail(found: Article) -> dict[str, Any]:
    trail = [(site.name(), reverse("articles:front_page"))]
    if found.category:
        trail.append((found.category.name, found.category.get_absolute_url()))
    trail.append((found.title, found.get_absolute_url()))
    return breadcrumbs(trail, site_url=settings.SITE_URL)
