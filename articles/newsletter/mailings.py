"""What is mailed: each article that the desk has published, once, and the articles of each week.

Nothing is queued when an editor publishes. The worker compares what readers see with what has a
mailing, and so finds scheduled articles in their moment. What an import brings along is none of
it: only what an editor has published at the desk since the newsletter began.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from articles.models import (
    Article,
    ArticleQuerySet,
    Deed,
    DeskEvent,
    Letter,
    Mailing,
    MailingState,
    Newsletter,
    Subscription,
)

# Time for second thoughts, and for the mistake that is seen only in print.
HOLD = timedelta(minutes=10)
# What could not leave for so long is no news any more.
TOO_OLD = timedelta(days=3)
WEEK = timedelta(days=7)
# Mondays at eight, in Korea.
_WEEKDAY, _HOUR = 0, 8
_BATCH = 500
_UNSENT = (MailingState.WAITING, MailingState.SKIPPED)


class MailingError(Exception):
    """It cannot be done as it was asked; says why in Korean, and nothing has changed."""


def mailable() -> ArticleQuerySet:
    """Return what readers see and an editor has published since the newsletter began."""
    published_here = DeskEvent.objects.filter(
        article_ref=OuterRef("pk"), deed__in=(Deed.PUBLISH, Deed.SCHEDULE)
    )
    began = Newsletter.current().began_at
    return Article.objects.published().filter(Exists(published_here), published_at__gte=began)


def prepare() -> int:
    """Do what comes before sending; return how many mailings were begun."""
    now = timezone.now()
    _plan(now)
    begun = 0 if Newsletter.current().is_paused else _begin_due(now)
    for mailing in Mailing.objects.filter(state=MailingState.SENDING, is_laid_out=False):
        lay_out(mailing)
    finish()
    return begun


def waits_since() -> datetime | None:
    """Return since when something is to be begun that is not, or None; a worker needs seconds."""
    newsletter = Newsletter.objects.filter(is_paused=False).first()
    if newsletter is None:
        return None
    now = timezone.now()
    unplanned = mailable().filter(published_at__gt=now - TOO_OLD, mailing=None)
    waiting = Mailing.objects.filter(state=MailingState.WAITING, due_at__lte=now)
    ready = filter(None, map(_ready_at, waiting.select_related("article")))
    moments = (
        unplanned.order_by("published_at").values_list("published_at", flat=True).first(),
        *(moment for moment in ready if now - TOO_OLD < moment <= now),
    )
    return min(filter(None, moments), default=None)


def week_before(now: datetime) -> datetime:
    """Return the end of the last whole week: the latest Monday, 08:00 in Korea, until `now`."""
    local = timezone.localtime(now)
    monday = local - timedelta(days=(local.weekday() - _WEEKDAY) % 7)
    end = monday.replace(hour=_HOUR, minute=0, second=0, microsecond=0)
    return end if end <= now else end - WEEK


def articles_of_week(end: datetime) -> ArticleQuerySet:
    """Return the articles that the letter of the week contains, the newest first."""
    left_out = Mailing.objects.filter(article=OuterRef("pk"), state=MailingState.SKIPPED)
    return (
        mailable()
        .filter(~Exists(left_out), published_at__gte=end - WEEK, published_at__lt=end)
        .newest_first()
    )


def articles_of(mailing: Mailing) -> ArticleQuerySet:
    """Return what the mailing is about, as far as readers may see it now."""
    if mailing.week_end is not None:
        return articles_of_week(mailing.week_end)
    published = Article.objects.published()
    return published.filter(pk=mailing.article_id) if mailing.article_id else published.none()


def wanted(articles: Iterable[Article]) -> Q:
    """Return the condition that a Subscription is about at least one of these articles.

    The articles' authors should be prefetched.
    """
    articles = list(articles)
    authors = {author.pk for article in articles for author in article.authors.all()}
    return (
        Q(category=None, series=None, author=None)
        | Q(category__in={article.category_id for article in articles} - {None})
        | Q(series__in={article.series_id for article in articles} - {None})
        | Q(author__in=authors)
    )


def subscriptions_to(mailing: Mailing, articles: Iterable[Article]) -> QuerySet[Subscription]:
    """Return the confirmed subscriptions for which somebody gets a letter of the mailing."""
    confirmed = Subscription.objects.confirmed().with_targets()
    return confirmed.filter(wanted(articles), frequency=mailing.frequency)


def lay_out(mailing: Mailing) -> None:
    """Lay out a letter for everybody who gets one; killed and begun again, nobody gets two."""
    while _lay_out_batch(mailing.pk):
        pass


def finish() -> None:
    """Close what has no letter left to send, and what was stopped long ago."""
    now = timezone.now()
    open_letters = Letter.objects.waiting().filter(mailing=OuterRef("pk"))
    done = Q(state=MailingState.SENDING, is_laid_out=True) & ~Exists(open_letters)
    forgotten = Q(state=MailingState.STOPPED, due_at__lt=now - 10 * TOO_OLD)
    Mailing.objects.filter(done | forgotten).update(state=MailingState.DONE, finished_at=now)


def start(mailing: Mailing) -> None:
    """Send now what waits, was left out or was stopped. Raises MailingError."""
    if not articles_of(mailing).exists():
        raise MailingError("지금 독자가 볼 수 있는 글이 없어 보내지 않았습니다.")
    startable = (*_UNSENT, MailingState.STOPPED)
    _move(mailing, startable, state=MailingState.SENDING, is_laid_out=False, laid_out_to=0)


def skip(mailing: Mailing) -> None:
    """Leave out what waits, for good, or stop what is being sent. Raises MailingError."""
    if mailing.state == MailingState.SENDING:
        _move(mailing, [MailingState.SENDING], state=MailingState.STOPPED)
    else:
        _move(mailing, _UNSENT, state=MailingState.SKIPPED)


def mark_advertising(mailing: Mailing, is_advertising: bool) -> None:
    """Say whether it is advertising, before the first letter. Raises MailingError."""
    _move(mailing, _UNSENT, is_advertising=is_advertising)


def send_again(mailing: Mailing) -> int:
    """Give the letters that were given up all their attempts anew; return how many.

    Raises MailingError for a mailing that was stopped: all its other letters would leave as well.
    """
    with transaction.atomic():
        if Mailing.objects.select_for_update().get(pk=mailing.pk).state == MailingState.STOPPED:
            raise MailingError("멈춘 소식입니다. ‘지금 보내기’를 먼저 눌러 주세요.")
        dead = mailing.letters.filter(dead_at__isnull=False)
        count = dead.update(
            dead_at=None, attempts=0, lease="", last_error="", due_at=timezone.now()
        )
        if count:
            Mailing.objects.filter(pk=mailing.pk).update(
                failed_count=0, state=MailingState.SENDING, finished_at=None
            )
    return count


def plan_again(mailing: Mailing) -> None:
    """Let what was left out leave in its time after all. Raises MailingError."""
    if mailing.article is not None and _has_missed_its_time(mailing.article):
        raise MailingError("때가 되어 저절로 나갈 글이 아닙니다. ‘지금 보내기’를 눌러 주세요.")
    _move(mailing, [MailingState.SKIPPED], state=MailingState.WAITING)


def mailing_of(article: Article) -> Mailing:
    """Return the article's mailing, made where there is none: it waits, if it is to leave."""
    now = timezone.now()
    missed = _has_missed_its_time(article)
    defaults = {
        "state": MailingState.SKIPPED if missed else MailingState.WAITING,
        "due_at": max(now, article.published_at or now) + HOLD,
    }
    return Mailing.objects.get_or_create(article=article, defaults=defaults)[0]


def is_left_out(article: Article) -> bool:
    return Mailing.objects.filter(article=article, state=MailingState.SKIPPED).exists()


def has_left(article: Article) -> bool:
    """Whether letters of the article have been on their way, so that there is no choice left."""
    return Mailing.objects.filter(article=article).exclude(state__in=_UNSENT).exists()


def decide(article: Article, *, leaves_out: bool) -> None:
    """Follow what an editor says of the article's letter when publishing it."""
    mailing = Mailing.objects.filter(article=article).first()
    if leaves_out and (mailing is None or mailing.state == MailingState.WAITING):
        skip(mailing or mailing_of(article))
        return
    was_left_out = mailing is not None and mailing.state == MailingState.SKIPPED
    if mailing is not None and was_left_out and not leaves_out:
        _move(mailing, [MailingState.SKIPPED], state=MailingState.WAITING)


def _plan(now: datetime) -> None:
    fresh = mailable().filter(published_at__gt=now - TOO_OLD, mailing=None)
    for article in fresh.without_text():
        mailing_of(article)
    end = week_before(now)
    is_ours = Newsletter.current().began_at < end and end > now - TOO_OLD
    if is_ours and not Mailing.objects.filter(week_end=end).exists():
        Mailing.objects.get_or_create(week_end=end, defaults={"due_at": now + HOLD})


def _begin_due(now: datetime) -> int:
    waiting = Mailing.objects.filter(state=MailingState.WAITING)
    begun = 0
    for mailing in waiting.filter(due_at__lte=now).select_related("article"):
        ready_at = _ready_at(mailing)
        if ready_at is None or ready_at > now:
            continue
        mine = waiting.filter(pk=mailing.pk)
        if ready_at < now - TOO_OLD:
            mine.update(state=MailingState.SKIPPED)
        else:
            begun += mine.update(state=MailingState.SENDING)
    return begun


def _ready_at(mailing: Mailing) -> datetime | None:
    """Return since when the mailing may leave; None while its article may not.

    An editor may have decided about the letter of an article long before it was published.
    """
    if mailing.week_end is not None:
        return max(mailing.due_at, mailing.week_end)
    article = mailable().filter(mailing=mailing).only("published_at").first()
    if article is None or article.published_at is None:
        return None
    return max(mailing.due_at, article.published_at + HOLD)


def _has_missed_its_time(article: Article) -> bool:
    """Whether readers have the article, but not from the desk, or since too long ago."""
    fresh = mailable().filter(published_at__gt=timezone.now() - TOO_OLD)
    return article.is_public() and not fresh.filter(pk=article.pk).exists()


def _lay_out_batch(pk: int) -> bool:
    """Lay out the next letters; whether there may be more."""
    with transaction.atomic():
        mailing = Mailing.objects.select_for_update().get(pk=pk)
        if mailing.state != MailingState.SENDING or mailing.is_laid_out:
            return False
        articles = list(articles_of(mailing).for_list())
        to = subscriptions_to(mailing, articles) if articles else Subscription.objects.none()
        ids = to.filter(subscriber__gt=mailing.laid_out_to).order_by("subscriber_id")
        batch = list(ids.values_list("subscriber_id", flat=True).distinct()[:_BATCH])
        Letter.objects.bulk_create(
            [Letter(mailing=mailing, subscriber_id=subscriber) for subscriber in batch],
            ignore_conflicts=True,
        )
        mailing.is_laid_out = len(batch) < _BATCH
        mailing.laid_out_to = batch[-1] if batch else mailing.laid_out_to
        mailing.save(update_fields=["is_laid_out", "laid_out_to"])
        return not mailing.is_laid_out


def _move(mailing: Mailing, states: Iterable[MailingState], **fields: object) -> None:
    """Change a mailing that is still in one of the states, whoever else decides about it."""
    rows = Mailing.objects.filter(pk=mailing.pk, state__in=tuple(states))
    if not rows.update(**fields):
        raise MailingError("그사이 이 소식의 상태가 바뀌어 그대로 두었습니다.")
