"""Where the pages of a tag are, for a cache that knows pages by address alone.

These are the pages on which a change matters most. Whatever else shows it (neighbours, archives,
searches, pages deep in a list) is made anew within the minute for which caches keep it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse

from articles.models import Article
from articles.page_changes import ARTICLES, SITE, article_tag

# Where every change of an article shows.
_COMMON_PAGES = (
    "articles:front_page",
    "articles:article_list",
    "articles:article_list_feed",
    "articles:feed",
    "articles:atom_feed",
    "articles:json_feed",
    "articles:news_sitemap",
)
# Where the numbers of comments stand beside their articles.
_COUNTING_PAGES = ("articles:front_page", "articles:article_list")
# Tags of one article or discussion: `article-12`.
_SINGLE = re.compile(r"(?:article|discussion)-(?P<key>[0-9]{1,18})")
# When a whole kind of pages has changed, those that are read most: the newest.
_NEWEST = 50
_MOST_ARTICLES = 200


def addresses_of(tags: Iterable[str]) -> list[str]:
    """Return the percent-encoded paths of the pages that matter most for these tags."""
    tags = set(tags)
    keys = {int(match["key"]) for match in map(_SINGLE.fullmatch, tags) if match}
    articles = _articles(keys, newest=SITE in tags)
    # Single pages first: whoever has changed one looks at it.
    found = dict.fromkeys(page for article in articles for page in _own_pages(article))
    if tags & {SITE, ARTICLES}:
        found |= dict.fromkeys(map(reverse, _COMMON_PAGES))
    elif keys:
        found |= dict.fromkeys(map(reverse, _COUNTING_PAGES))
    for article in articles:
        if article_tag(article.pk) in tags:
            found |= dict.fromkeys(_lists_with(article))
    return list(found)


def _articles(keys: set[int], *, newest: bool) -> list[Article]:
    rows = Article.objects.only("slug", "category", "series").select_related("category", "series")
    wanted = Q(pk__in=sorted(keys)[-_MOST_ARTICLES:])
    if newest:
        shown = Article.objects.published().order_by("-published_at").values_list("pk", flat=True)
        wanted |= Q(pk__in=list(shown[:_NEWEST]))
    return list(rows.filter(wanted).prefetch_related("authors", "tags"))  # type: ignore[misc]


def _own_pages(article: Article) -> list[str]:
    names = ("articles:article", "comments:feed")
    return [reverse(name, args=[article.slug]) for name in names]


def _lists_with(article: Article) -> list[str]:
    lists = [article.category, article.series, *article.authors.all(), *article.tags.all()]
    pages = [shown.get_absolute_url() for shown in lists if shown is not None]
    return [address for page in pages for address in (page, f"{page}feed/")]
