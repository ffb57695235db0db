"""The sections and series that readers can go to."""

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from articles.models import Article, Category, Series


def public_sections() -> QuerySet[Category]:
    """Return the categories in which readers find something, in the editors' order."""
    visible = Article.objects.published().filter(category=OuterRef("pk"))
    return Category.objects.filter(Exists(visible))


def running_series() -> QuerySet[Series]:
    """Return the series with visible episodes and their `episode_count`, the latest active first.

    Subqueries by series keep to its index; a join with what is published would read every
    article of the site.
    """
    visible = Article.objects.published().filter(series=OuterRef("pk"))
    count = visible.order_by().values("series").annotate(count=Count("pk")).values("count")
    latest = visible.newest_first().values("published_at")[:1]
    return (
        Series.objects.annotate(episode_count=Subquery(count), latest_at=Subquery(latest))
        .filter(latest_at__isnull=False)
        .select_related("cover")
        .order_by("-latest_at", "pk")
    )
