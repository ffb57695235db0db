"""The desk's first page: what is waiting, what comes next, what was left half-written."""

from datetime import datetime
from typing import Any

from django.db.models import Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from articles.admin.most_read import most_read_panels
from articles.admin.state import State, in_state
from articles.admin.wording import moment
from articles.models import Article, ArticleQuerySet

ROWS = 5


def first_page(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add what the first page shows to Unfold's context, in a constant number of queries."""
    if not request.user.has_perm("articles.view_article"):
        return context
    now = timezone.now()
    own = Article.objects.at_desk_of(request.user)
    return context | {
        "title": "오늘의 편집실",
        "can_write": request.user.has_perm("articles.add_article"),
        "numbers": [*_numbers_of_articles(own, now), *_number_of_comments(request)],
        "panels": [
            _panel(
                own, now, State.IN_REVIEW, "-updated_at", "검토 중인 글", "검토할 글이 없습니다."
            ),
            _panel(own, now, State.SCHEDULED, "published_at", "예약된 글", "예약된 글이 없습니다."),
            _panel(own, now, State.DRAFT, "-updated_at", "최근 초고", "쓰고 있는 초고가 없습니다."),
            _panel(
                own, now, State.PUBLIC, "-published_at", "최근 발행한 글", "발행한 글이 없습니다."
            ),
            *most_read_panels(request.user),
        ],
    }


def _numbers_of_articles(articles: ArticleQuerySet, at: datetime) -> list[dict[str, Any]]:
    shown = (State.PUBLIC, State.SCHEDULED, State.IN_REVIEW, State.DRAFT)
    return [
        {
            "title": state.label,
            "count": in_state(articles, state, at).count(),
            "url": _list_of(state),
        }
        for state in shown
    ]


def _number_of_comments(request: HttpRequest) -> list[dict[str, Any]]:
    if not request.user.has_perm("comments.view_comment"):
        return []
    total = Article.objects.aggregate(total=Sum("comment_count", default=0))["total"]
    url = reverse("admin:comments_comment_changelist")
    return [{"title": "댓글", "count": total, "url": url}]


def _panel(
    articles: ArticleQuerySet, at: datetime, state: State, order: str, title: str, empty: str
) -> dict[str, Any]:
    newest = in_state(articles.for_list(), state, at).order_by(order, "-pk")[:ROWS]
    rows = [
        {
            "article": article,
            "url": reverse("admin:articles_article_change", args=[article.pk]),
            "note": _note(article, order),
        }
        for article in newest
    ]
    return {"title": title, "url": _list_of(state), "rows": rows, "empty": empty}


def _note(article: Article, order: str) -> str:
    """Say who wrote the article and the time by which its panel is ordered."""
    byline = ", ".join(author.name for author in article.authors.all())
    return " · ".join(filter(None, (byline, moment(getattr(article, order.lstrip("-"))))))


def _list_of(state: State) -> str:
    return f"{reverse('admin:articles_article_changelist')}?state={state.value}"
