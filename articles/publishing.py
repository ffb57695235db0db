"""Showing an article to readers, now or later, and taking it from them again.

Each story runs in one transaction on the locked row: readers see wholly the old or wholly the
new, and of two who click at once one finds that it is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import editing, gate, review
from articles.content import TOLD_TO_READERS, Content, changed_parts, content_of, write
from articles.editing import Actor
from articles.models import Article, Deed, Head, RevisionKind, Status, Withdrawal
from articles.publish_gate import Problem
from articles.search import index

# An override of the gate is explained by more than a key pressed.
MIN_REASON = 5
ALREADY = "이 글은 이미 그대로 발행되어 있습니다."


class PublishingError(Exception):
    """It cannot be done as it was asked; says why in Korean, and nothing has changed."""


class ChangedError(PublishingError):
    """The article is not any more what the editor was shown."""


class AlreadyPublicError(PublishingError):
    """Readers have it already, just as it was to be published."""


class GateError(PublishingError):
    """The gate has found something, and nobody has answered for it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("발행하기 전에 살펴볼 것이 있습니다.")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Order:
    """How an article is to be published; `at` None means now."""

    at: datetime | None = None
    until: datetime | None = None
    keeps_dates: bool = False
    reason: str = ""
    # What `fingerprint` said of the article when the editor was asked; None for whatever is there.
    seen: str | None = None


def fingerprint(article: Article, head: Head) -> str:
    """Return what tells whether the article, its text or its times have changed meanwhile."""
    times = (f"{time.timestamp():.6f}" if time else "" for time in times_of(article))
    return "-".join((article.status, *times, str(article.pending_id or ""), head.digest))


def times_of(article: Article) -> tuple[datetime | None, datetime | None]:
    return article.published_at, article.expires_at


def publish(pk: int, order: Order, actor: Actor) -> Article:
    """Show the article's head to readers as ordered.

    Raises PublishingError, GateError among them, review.MisfitError, and RenderingError.
    """
    try:
        with transaction.atomic():
            return _publish(editing.locked(pk), order, actor)
    except IntegrityError:
        # Somebody took the address or the episode between our question and our answer.
        article = Article.objects.get(pk=pk)
        refuse_what_is_taken(article, editing.head_of(article).content)
        raise


def _publish(article: Article, order: Order, actor: Actor) -> Article:
    now = timezone.now()
    head = editing.head_of(article)
    _refuse_what_has_changed(article, head, order)
    at = order.at or now
    is_shown = article.status == Status.PUBLISHED and not head.is_pending
    if is_shown and times_of(article) == (at, order.until):
        raise AlreadyPublicError(ALREADY)
    deed = Deed.SCHEDULE if at > now else Deed.PUBLISH
    review.check(article, deed)
    refuse_impossible_times(at, order.until, now)
    refuse_what_is_taken(article, head.content)
    problems = gate.problems_of(head.content, at)
    _refuse_without_answer(problems, order.reason)
    before = content_of(article)
    revised_at = _revised_at(article, changed_parts(before, head.content), order, at, now)
    _show(article, head, actor)
    article.status, article.published_at, article.expires_at = Status.PUBLISHED, at, order.until
    article.updated_at = revised_at
    article.save(update_fields=["status", "published_at", "expires_at", "updated_at"])
    if before["slug"] != article.slug:
        editing.log(article, Deed.ADDRESS, actor, before=before["slug"], after=article.slug)
    if problems:
        codes = sorted({problem.code for problem in problems})
        editing.log(article, Deed.OVERRIDE, actor, order.reason.strip(), problems=codes)
    editing.log(article, deed, actor, at=at.isoformat(), until=order.until and str(order.until))
    if deed == Deed.PUBLISH:
        article.preview_links.revoke()
    return article


def _refuse_what_has_changed(article: Article, head: Head, order: Order) -> None:
    if order.seen is None or order.seen == fingerprint(article, head):
        return
    *_, seen_digest = order.seen.rpartition("-")
    shown_by_now = article.status == Status.PUBLISHED and not head.is_pending
    if shown_by_now and seen_digest == head.digest:
        raise AlreadyPublicError(ALREADY)
    raise ChangedError(
        "그사이 이 글이 바뀌었습니다. 아래의 지금 모습을 살펴보고 다시 발행해 주세요."
    )


def refuse_impossible_times(at: datetime, until: datetime | None, now: datetime) -> None:
    if until is None:
        return
    if until <= at:
        raise PublishingError("게재 종료는 게재 시각보다 뒤여야 합니다.")
    if until <= now:
        raise PublishingError("게재 종료가 이미 지났습니다. 비우거나 앞으로의 시각을 적어 주세요.")


def refuse_what_is_taken(article: Article, content: Content) -> None:
    """Refuse an address or an episode that another article got while this one waited."""
    others = Article.objects.exclude(pk=article.pk)
    slug, series, episode = content["slug"], content["series"], content["episode"]
    if slug != article.slug and article.slug_is_taken(slug):
        raise PublishingError(
            f"주소 ‘{slug}’은(는) 그사이 다른 글이 쓰고 있습니다. 글에서 주소를 바꾸어 주세요."
        )
    if series and episode and others.filter(series=series, episode=episode).exists():
        raise PublishingError(
            f"이 연재의 {episode}화는 그사이 다른 글이 되었습니다. 글에서 회차를 바꾸어 주세요."
        )


def _refuse_without_answer(problems: Sequence[Problem], reason: str) -> None:
    is_fatal = any(problem.is_fatal for problem in problems)
    if is_fatal or (problems and len(reason.strip()) < MIN_REASON):
        raise GateError(problems)


def _show(article: Article, head: Head, actor: Actor) -> None:
    """Make the head what is stored, and keep it in the history as published."""
    editing.keep(article, RevisionKind.PUBLISHED, head.content, actor)
    if head.is_pending:
        article.pending = None
        write(article, head.content)
    else:
        # The stored rendering may be an older renderer's.
        article.render_body()
        article.save()
    index.refresh_after_commit(article.pk)


def _revised_at(
    article: Article, parts: Sequence[str], order: Order, at: datetime, now: datetime
) -> datetime:
    """Date the revision of a text that readers know; a text new to them has not been revised."""
    if article.is_public():
        is_told = TOLD_TO_READERS.intersection(parts) and not order.keeps_dates
        return now if is_told else article.updated_at
    is_new = article.status not in {Status.PUBLISHED, Status.WITHDRAWN} and not (
        article.revisions.filter(kind=RevisionKind.PUBLISHED).exists()
    )
    return min(article.updated_at, at) if is_new else article.updated_at


@transaction.atomic
def withdraw(
    pk: int,
    actor: Actor,
    reason: str,
    *,
    withdrawn_as: str = Withdrawal.MISSING,
    notice: str = "",
) -> Article:
    """Take an article from its readers; raises review.MisfitError and NoteMissingError.

    Links to a preview die with it: what is withdrawn is not to be read by old ones.
    """
    article = editing.locked(pk)
    review.check(article, Deed.WITHDRAW, reason)
    article.withdraw(withdrawn_as, notice if withdrawn_as == Withdrawal.GONE else "")
    article.preview_links.revoke()
    editing.log(article, Deed.WITHDRAW, actor, reason.strip(), withdrawn_as=withdrawn_as)
    return article
