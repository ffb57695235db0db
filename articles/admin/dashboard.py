"""The desk's first page: what is waiting, what comes next, what was left half-written."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from articles import review
from articles.admin.attention import broken_links_panel, missing_pages_panel
from articles.admin.most_read import most_read_panels
from articles.admin.offers import unfinished
from articles.admin.state import State, in_state
from articles.admin.wording import moment
from articles.counts import count_of, kept
from articles.models import Article, ArticleQuerySet, DeskEvent, Status

ROWS = 5
# As much of what writer and editor tell each other as a line has room for.
MAX_SAID = 80


def first_page(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add what the first page shows to Unfold's context, in a constant number of queries."""
    if not request.user.has_perm("articles.view_article"):
        return context
    now = timezone.now()
    seen = Article.objects.at_desk_of(request.user)
    return context | {
        "title": "오늘의 편집실",
        "can_write": request.user.has_perm("articles.add_article"),
        "numbers": [*_numbers_of_articles(request, seen, now), *_number_of_comments(request)],
        "panels": [
            *_unfinished(request),
            _drafts(seen.filter(owner=request.user.pk), now),
            _waiting(seen, now),
            _this_week(seen, now),
            _held(seen),
            _panel(
                in_state(seen, State.PUBLIC, now),
                "-published_at",
                "최근 발행한 글",
                _list_of(State.PUBLIC),
                "발행한 글이 없습니다.",
            ),
            *filter(None, (broken_links_panel(request), missing_pages_panel(request))),
            *most_read_panels(request.user),
        ],
    }


def _numbers_of_articles(
    request: HttpRequest, articles: ArticleQuerySet, at: datetime
) -> list[dict[str, Any]]:
    shown = (State.PUBLIC, State.SCHEDULED, State.APPROVED, State.IN_REVIEW, State.DRAFT)
    return [
        {
            "title": state.label,
            "count": count_of(
                in_state(articles, state, at), f"desk.{state.value}.{request.user.pk}"
            ),
            "url": _list_of(state),
        }
        for state in shown
    ]


def _number_of_comments(request: HttpRequest) -> list[dict[str, Any]]:
    if not request.user.has_perm("comments.view_comment"):
        return []
    counted = Sum("comment_count", default=0)
    total = kept("comments", lambda: Article.objects.aggregate(total=counted)["total"])
    url = reverse("admin:comments_comment_changelist")
    return [{"title": "댓글", "count": total, "url": url}]


def _unfinished(request: HttpRequest) -> list[dict[str, Any]]:
    """What was begun and never saved; there is no such panel where there is nothing."""
    if not request.user.has_perm("articles.add_article") or not (rows := unfinished(request.user)):
        return []
    url = reverse("admin:articles_article_add")
    return [{"title": "저장하지 않은 새 글", "url": url, "rows": rows, "empty": ""}]


def _drafts(own: ArticleQuerySet, at: datetime) -> dict[str, Any]:
    drafts = in_state(own, State.DRAFT, at)
    url = _list_of(State.DRAFT)
    return _panel(drafts, "-updated_at", "내 초고", url, "쓰고 있는 초고가 없습니다.")


def _waiting(articles: ArticleQuerySet, at: datetime) -> dict[str, Any]:
    """What an editor has to look at: to be reviewed, or approved and not yet published."""
    # By themselves, because SQLite would look through all articles by age to find these few.
    few = Article.objects.filter(status__in=(Status.IN_REVIEW, Status.APPROVED)).order_by()
    waiting = articles.filter(pk__in=few.values("pk"))
    url = _list_of(State.IN_REVIEW)
    return _panel(waiting, "-updated_at", "검토를 기다리는 글", url, "검토할 글이 없습니다.")


def _this_week(articles: ArticleQuerySet, at: datetime) -> dict[str, Any]:
    scheduled = in_state(articles, State.SCHEDULED, at)
    soon = scheduled.filter(published_at__lt=at + timedelta(days=7))
    url = reverse("admin:articles_article_calendar")
    return _panel(soon, "published_at", "이번 주에 예약된 글", url, "예약된 글이 없습니다.")


def _held(articles: ArticleQuerySet) -> dict[str, Any]:
    # By themselves, because SQLite would read every published article to find these few.
    pending = Article.objects.filter(pending__isnull=False).order_by().values("pk")
    held = articles.filter(status=Status.PUBLISHED, pk__in=pending)
    url = reverse("admin:articles_article_changelist")
    return _panel(
        held,
        "-updated_at",
        "고친 내용이 발행을 기다리는 글",
        url,
        "발행을 기다리는 고침이 없습니다.",
    )


def _panel(
    articles: ArticleQuerySet, order: str, title: str, url: str, empty: str
) -> dict[str, Any]:
    # The keys first: where the database has to sort, it shall not carry whole rows along.
    keys = articles.order_by(order, "-pk").values("pk")[:ROWS]
    shown = list(Article.objects.filter(pk__in=keys).for_list().order_by(order, "-pk"))
    words = review.last_words(shown)
    rows = [
        {
            "title": article.title,
            "url": reverse("admin:articles_article_change", args=[article.pk]),
            "note": _note(article, order, words.get(article.pk)),
        }
        for article in shown
    ]
    return {"title": title, "url": url, "rows": rows, "empty": empty}


def _note(article: Article, order: str, word: DeskEvent | None) -> str:
    """Say who wrote the article, the time by which its panel is ordered, and what was said last."""
    byline = ", ".join(author.name for author in article.authors.all())
    state = Status(article.status).label if article.status == Status.APPROVED else ""
    time = moment(getattr(article, order.lstrip("-")))
    said = f"{word.get_deed_display()}: {Truncator(word.note).chars(MAX_SAID)}" if word else ""
    return " · ".join(filter(None, (state, byline, time, said)))


def _list_of(state: State) -> str:
    return f"{reverse('admin:articles_article_changelist')}?state={state.value}"
