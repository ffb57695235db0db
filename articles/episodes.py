"""Where an article stands in its series."""

from dataclasses import dataclass

from articles.models import Article


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The visible episodes around one, its own place from 1, and how many there are in all."""

    previous: Article | None
    next: Article | None
    place: int
    episode_count: int


def neighbours(article: Article) -> Neighbours | None:
    """Return what stands before and after the article, or None outside a series.

    One query fetches the whole list, because its length is wanted too.
    """
    if article.series_id is None:
        return None
    episodes = list(
        Article.objects.published()
        .filter(series=article.series_id)
        .order_by("episode")
        .only("slug", "title", "episode")
    )
    place = next((i for i, episode in enumerate(episodes) if episode.pk == article.pk), None)
    if place is None:  # withdrawn since the page began to be made
        return None
    return Neighbours(
        previous=episodes[place - 1] if place else None,
        next=episodes[place + 1] if place + 1 < len(episodes) else None,
        place=place + 1,
        episode_count=len(episodes),
    )
