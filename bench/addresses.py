"""Addresses of every kind of page whose cost might grow with the archive, for one editor and all readers.

They are found in the configured database, such as `make_load_test_data` fills.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Author, Category, Series, Tag
from articles.pages.listings import ALL, PAGE_SIZE
from bench.pages import MISSING, SEARCHES
from comments.admin.queues import QUEUES
from comments.models import Comment

# What is asked for in turn, by the name of the page.
Addresses = dict[str, list[str]]
_DESK = "/admin/articles"


def public() -> Addresses:
    """Return the pages of readers and search engines."""
    article = _usual_article()
    kinds = {"category": Category, "tag": Tag, "author": Author, "series": Series}
    lists = {name: _by_articles(kind).last() for name, kind in kinds.items()}
    day = timezone.localtime(article.published_at)
    archive = reverse("articles:archive")
    pages = {
        "front page": "/",
        "article": article.get_absolute_url(),
        "discussion": reverse("comments:discussion", args=[article.slug]),
        "all articles": reverse("articles:article_list"),
        "all articles, second page": _second_page(),
        **{name: row.get_absolute_url() for name, row in lists.items()},
        "rare tag": _by_articles(Tag).filter(held__gt=PAGE_SIZE)[0].get_absolute_url(),
        "archive": archive,
        "archive, a year": f"{archive}{day.year - 1}/",
        "archive, a month": f"{archive}{day.year - 1}/03/",
        "feed": reverse("articles:feed"),
        "feed, Atom": reverse("articles:atom_feed"),
        "feed, JSON": reverse("articles:json_feed"),
        **{f"feed of a {name}": f"{row.get_absolute_url()}feed/" for name, row in lists.items()},
        "feed of comments": reverse("comments:feed", args=[article.slug]),
        "sitemap, index": reverse("articles:sitemap_index"),
        "sitemap, news": reverse("articles:news_sitemap"),
        **{
            f"sitemap, {section}": reverse("articles:sitemap", args=[section])
            for section in ("pages", "articles", "categories", "series", "authors", "tags")
        },
        "llms.txt": reverse("articles:llms"),
        "old article": Article.objects.published().order_by("pk")[0].get_absolute_url(),
        MISSING: f"{reverse('articles:article_list')}{quote('없는-글-기억')}/",
    }
    searches = [f"{reverse('articles:search')}?{urlencode({'q': words})}" for words in SEARCHES]
    begun = [words[:2] for words in SEARCHES]
    suggest = reverse("articles:search_suggest")
    return {
        **{name: [_quoted(address)] for name, address in pages.items()},
        "search": searches,
        "search, newest first": [f"{address}&sort=newest" for address in searches],
        "autocomplete": [f"{suggest}?{urlencode({'q': letters})}" for letters in begun],
    }


def desk() -> Addresses:
    """Return the pages of somebody who may do everything there."""
    article, comment = _usual_article(), Comment.objects.visible().order_by("-pk")[0]
    queues = "/admin/comments/comment/queue"
    one = f"{_DESK}/article/{article.pk}"
    pages = {
        "desk": "/admin/",
        "desk, articles": f"{_DESK}/article/",
        "desk, articles by title": f"{_DESK}/article/?o=1",
        "desk, articles of a section": f"{_DESK}/article/?category__id__exact=1",
        "desk, an article": f"{one}/change/",
        "desk, publishing": f"{one}/publish/",
        "desk, history": f"{one}/history/",
        "desk, calendar": f"{_DESK}/article/calendar/",
        "desk, search": f"{_DESK}/article/?{urlencode({'q': SEARCHES[0]})}",
        "desk, search everywhere": f"/admin/search/?{urlencode({'q': SEARCHES[0]})}",
        **{
            f"desk, {kind}": f"{_DESK}/{kind}/"
            for kind in ("author", "category", "deskevent", "image", "missingpage", "series", "tag")
        },
        "desk, front page": f"{_DESK}/frontpage/",
        "desk, log of moderation": "/admin/comments/moderationevent/",
        "desk, a comment": f"/admin/comments/comment/{comment.pk}/change/",
        "desk, readers": "/admin/accounts/user/",
        **{f"desk, queue {queue.name}": f"{queues}/{queue.name}/" for queue in QUEUES},
        "desk, queue by words": f"{queues}/recent/?{urlencode({'q': SEARCHES[1]})}",
    }
    return {name: [_quoted(address)] for name, address in pages.items()}


def as_json() -> str:
    return json.dumps([public(), desk()])


def _usual_article() -> Article:
    """Return the newest article with comments that is part of no series."""
    discussed = Article.objects.published().filter(comment_count__gt=0, series=None)
    return discussed.newest_first()[0]


def _by_articles(kind: Any) -> Any:
    """Return what lists of articles belong to, those with the fewest first."""
    counted = Count("tagged_articles" if kind is Tag else "articles")
    return kind.objects.annotate(held=counted).order_by("held", "pk")


def _second_page() -> str:
    cursor = ALL.page(PAGE_SIZE + 1, "").next_cursor
    return f"{reverse('articles:article_list')}?after={cursor}"


def _quoted(address: str) -> str:
    return quote(address, safe="/%?=&_-")
