"""The lists that readers can go to: each holds something they may see."""

from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Count, Exists, Max, OuterRef, QuerySet, Subquery
from django.http import Http404
from django.utils import timezone

from articles.models import Article, Author, Category, Series, Tag
from articles.queries.compiled import CompiledQuery

# How far back a series is looked for, counted in episodes of all series.
RECENT_EPISODES = 300

Row = TypeVar("Row")
Rows = TypeVar("Rows", bound=QuerySet[Any])


def public_sections(at: datetime | None = None) -> QuerySet[Category]:
    """Return the categories in which readers find something at `at` (now), in the editors' order."""
    visible = Article.objects.published(at).filter(category=OuterRef("pk"))
    return Category.objects.filter(Exists(visible))


def shown_sections(at: datetime | None = None) -> list[Category]:
    """Return the same as rows, for the pages that every reader asks for."""
    return _sections(at or timezone.now())


_sections = CompiledQuery(public_sections)


def public_authors(at: datetime | None = None) -> QuerySet[Author]:
    return _with_one(
        Author.objects.all(), Article.objects.published(at).filter(authors=OuterRef("pk"))
    )


def public_tags(at: datetime | None = None) -> QuerySet[Tag]:
    tagged = Article.objects.published(at).filter(tagged_items__tag=OuterRef("pk"))
    return _with_one(Tag.objects.all(), tagged)


def public_series(at: datetime | None = None) -> QuerySet[Series]:
    visible = Article.objects.published(at).filter(series=OuterRef("pk"))
    return Series.objects.filter(Exists(visible))


def running_series(at: datetime | None = None, most: int | None = None) -> QuerySet[Series]:
    """Return the series with episodes visible at `at` (now), the latest active first.

    At most `most` of them, if that is said; only theirs are counted then.

    Each has its `episode_count`. Only those are judged that the newest episodes belong to, so
    that an archive of thousands of series costs no more than a few.
    """
    published = Article.objects.published(at)
    recent = published.filter(series__isnull=False).newest_first()[:RECENT_EPISODES]
    # The newest episode of each of them is among these.
    running = (
        Article.objects.filter(pk__in=recent.values("pk"))
        .values("series")
        .annotate(latest=Max("published_at"))
        .order_by("-latest", "series")
        .values("series")
    )
    visible = published.filter(series=OuterRef("pk"))
    count = visible.order_by().values("series").annotate(count=Count("pk")).values("count")
    latest = visible.order_by("-published_at").values("published_at")[:1]
    return (
        Series.objects.filter(pk__in=running[:most])
        .annotate(episode_count=Subquery(count), latest_at=Subquery(latest))
        .select_related("cover")
        .order_by("-latest_at", "pk")
    )


def shown_series(at: datetime | None = None) -> list[Series]:
    """Return all of the same as rows, for the pages that every reader asks for."""
    return _running(at or timezone.now())


_running = CompiledQuery(running_series)


def _with_one(rows: Rows, visible: QuerySet[Article]) -> Rows:
    """Keep the rows for which there is a visible article, looking for one of each.

    Asked whether any exists, PostgreSQL would join all articles with all that lists them.
    """
    one = Subquery(visible.order_by().values("pk")[:1])
    return rows.alias(visible_article=one).filter(visible_article__isnull=False)


# By their slugs, with the pictures on their pages.
_category = CompiledQuery(lambda slug: Category.objects.filter(slug=slug))
_author = CompiledQuery(
    lambda slug, at: public_authors(at).select_related("portrait").filter(slug=slug)
)
_tag = CompiledQuery(lambda slug, at: public_tags(at).filter(slug=slug))
_series = CompiledQuery(
    lambda slug, at: public_series(at).select_related("cover").filter(slug=slug)
)


def category_or_404(slug: str) -> Category:
    """Return a category, whether there is something in it or not; raise Http404."""
    return _found(_category(slug))


def author_or_404(slug: str) -> Author:
    """Return an author that readers can go to, with the portrait; raise Http404."""
    return _found(_author(slug, timezone.now()))


def tag_or_404(slug: str) -> Tag:
    """Return a tag that readers can go to; raise Http404."""
    return _found(_tag(slug, timezone.now()))


def series_or_404(slug: str) -> Series:
    """Return a series that readers can go to, with the cover; raise Http404."""
    return _found(_series(slug, timezone.now()))


def _found(rows: list[Row]) -> Row:
    if not rows:
        raise Http404("There is nothing of that name for readers.")
    return rows[0]
