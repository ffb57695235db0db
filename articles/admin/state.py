"""Where an article stands, as the desk says it: the stored status and the clock together."""

from datetime import datetime

from django.db.models import OuterRef, TextChoices
from django.utils import timezone

from articles.models import Article, ArticleQuerySet, Status
from articles.models.existence import there_is


class State(TextChoices):
    DRAFT = "draft", "초고"
    IN_REVIEW = "in_review", "검토 중"
    APPROVED = "approved", "승인"
    SCHEDULED = "scheduled", "예약"
    PUBLIC = "public", "발행"
    EXPIRED = "expired", "종료"
    WITHDRAWN = "withdrawn", "내림"


# The colours of Unfold's labels, by what the editor reads.
LABELS = {
    State.DRAFT.label: "",
    State.IN_REVIEW.label: "warning",
    State.APPROVED.label: "info",
    State.SCHEDULED.label: "info",
    State.PUBLIC.label: "success",
    State.EXPIRED.label: "danger",
    State.WITHDRAWN.label: "danger",
}


def with_visibility(articles: ArticleQuerySet, at: datetime) -> ArticleQuerySet:
    """Annotate `is_live`, so that `state_of` asks nothing more about each article."""
    live = Article.objects.published(at).filter(pk=OuterRef("pk"))
    return articles.annotate(is_live=there_is(live))


def state_of(article: Article, at: datetime | None = None) -> State:
    """Return the article's state at `at` (now), from `is_live` where the row carries it."""
    if article.status != Status.PUBLISHED:
        return State(article.status)
    is_live = getattr(article, "is_live", None)
    if article.is_public() if is_live is None else is_live:
        return State.PUBLIC
    at = at or timezone.now()
    waiting = article.published_at is not None and article.published_at > at
    return State.SCHEDULED if waiting else State.EXPIRED


def in_state(articles: ArticleQuerySet, state: State, at: datetime) -> ArticleQuerySet:
    """Keep the articles that `state_of` would name so."""
    if state == State.PUBLIC:
        return articles.published(at)
    if state == State.SCHEDULED:
        return articles.filter(status=Status.PUBLISHED, published_at__gt=at)
    if state == State.EXPIRED:
        over = articles.filter(status=Status.PUBLISHED, published_at__lte=at)
        return over.exclude(pk__in=Article.objects.published(at).values("pk"))
    return articles.filter(status=state.value)
