"""The lists that readers can go to: each holds something they may see."""

from datetime import datetime

from django.db.models import Count, Exists, Max, OuterRef, QuerySet, Subquery

from articles.models import Article, Author, Category, Series, Tag

# How far back a series is looked for, counted in episodes of all series.
RECENT_EPISODES = 300


def public_sections(at: datetime | None = None) -> QuerySet[Category]:
    """Return the categories in which readers find something at `at` (now), in the editors' order."""
    visible = Article.objects.published(at).filter(category=OuterRef("pk"))
    return Category.objects.filter(Exists(visible))


def public_authors() -> QuerySet[Author]:
    visible = Article.objects.published().filter(authors=OuterRef("pk"))
    return Author.objects.filter(Exists(visible))


def public_tags() -> QuerySet[Tag]:
    visible = Article.objects.published().filter(tagged_items__tag=OuterRef("pk"))
    return Tag.objects.filter(Exists(visible))


def public_series() -> QuerySet[Series]:
    visible = Article.objects.published().filter(series=OuterRef("pk"))
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
    latest = visible.newest_first().values("published_at")[:1]
    return (
        Series.objects.filter(pk__in=running[:most])
        .annotate(episode_count=Subquery(count), latest_at=Subquery(latest))
        .select_related("cover")
        .order_by("-latest_at", "pk")
    )
