"""What appeared before and after an article in its category."""

from dataclasses import dataclass

from django.db.models import Q, Subquery

from articles.models import Article


@dataclass(frozen=True, slots=True)
class SectionNeighbours:
    older: Article | None
    newer: Article | None


def section_neighbours(article: Article) -> SectionNeighbours | None:
    """Return what stands before and after a public article, or None outside a category.

    One query: two looks into the index of the category's articles.
    """
    if article.category_id is None:
        return None
    section = Article.objects.published().filter(category=article.category_id)
    moment, key = article.published_at, article.pk
    is_newer = Q(published_at__gt=moment) | Q(published_at=moment, pk__gt=key)
    is_older = Q(published_at__lt=moment) | Q(published_at=moment, pk__lt=key)
    # The plain comparison is what leads the database to the place in the index.
    newer = (
        section.filter(is_newer, published_at__gte=moment)
        .order_by("published_at", "pk")
        .values("pk")[:1]
    )
    older = section.filter(is_older, published_at__lte=moment).newest_first().values("pk")[:1]
    found = Article.objects.filter(Q(pk=Subquery(newer)) | Q(pk=Subquery(older)))
    sides = {
        (each.published_at, each.pk) > (moment, key): each
        for each in found.only("slug", "title", "published_at")
    }
    return SectionNeighbours(older=sides.get(False), newer=sides.get(True))
