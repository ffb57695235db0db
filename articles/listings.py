"""Pages of articles as lists show them: twenty at a time, by keyset."""

from django.db.models import Q

from articles.models import Article, ArticleQuerySet
from articles.paging import (
    BadCursorError,
    Page,
    Position,
    decode_cursor,
    microseconds_of,
    moment_of,
    page_of,
)

PAGE_SIZE = 20


def newest_page(articles: ArticleQuerySet, cursor: str) -> Page[Article]:
    """Return the newest of the articles, or those after the cursor; raise BadCursorError."""
    if cursor:
        microseconds, pk = decode_cursor(cursor, numbers=2)
        moment = moment_of(microseconds)
        articles = articles.filter(
            Q(published_at__lt=moment) | Q(pk__lt=pk), published_at__lte=moment
        )
    found = list(articles.newest_first().for_list()[: PAGE_SIZE + 1])
    return page_of(found, PAGE_SIZE, _age_of, is_first=not cursor)


def episode_page(articles: ArticleQuerySet, cursor: str) -> Page[Article]:
    """Return the episodes of one series in the order of their numbers; raise BadCursorError."""
    if cursor:
        (episode,) = decode_cursor(cursor, numbers=1)
        articles = articles.filter(episode__gt=episode)
    found = list(articles.order_by("episode").for_list()[: PAGE_SIZE + 1])
    return page_of(found, PAGE_SIZE, _number_of, is_first=not cursor)


def _age_of(article: Article) -> Position:
    if article.published_at is None:
        raise BadCursorError("only published articles have an age")
    return microseconds_of(article.published_at), article.pk


def _number_of(article: Article) -> Position:
    return (article.episode or 0,)
