"""What is read most, beside what is being written: panels for the desk's first page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from accounts.models import User
from articles.admin.state import State
from articles.models import Article
from articles.most_read import MostRead, most_read

ROWS = 5


def most_read_panels(user: User | AnonymousUser) -> list[dict[str, Any]]:
    """Return the panels in the shape that the first page shows.

    Whoever may not change what others wrote is led to the page that readers see.
    """
    today, week = most_read(ROWS)
    opens_everything = user.has_perm("articles.change_any_article")
    return [
        _panel("오늘 많이 읽은 글", today, "오늘은 아직 읽힌 글이 없습니다.", opens_everything),
        _panel("이번 주 많이 읽은 글", week, "이레 동안 읽힌 글이 없습니다.", opens_everything),
    ]


def _panel(
    title: str, ranking: Iterable[MostRead], empty: str, opens_everything: bool
) -> dict[str, Any]:
    rows = [
        {
            "title": ranked.article.title,
            "url": _address(ranked.article, opens_everything),
            "note": _note(ranked),
        }
        for ranked in ranking
    ]
    url = f"{reverse('admin:articles_article_changelist')}?state={State.PUBLIC.value}"
    return {"title": title, "url": url, "rows": rows, "empty": empty}


def _address(article: Article, opens_everything: bool) -> str:
    if opens_everything:
        return reverse("admin:articles_article_change", args=[article.pk])
    return article.get_absolute_url()


def _note(ranked: MostRead) -> str:
    byline = ", ".join(author.name for author in ranked.article.authors.all())
    return " · ".join(filter(None, (byline, f"{ranked.count:,}번 읽힘")))
