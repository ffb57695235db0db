"""Who gets which articles by mail: asked for, confirmed by the mailbox (double opt-in), ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from articles.mail_addresses import normalised_address
from articles.models import (
    Frequency,
    Letter,
    Mailing,
    MailingState,
    Newsletter,
    Subscriber,
    Subscription,
)
from articles.newsletter.targets import Target

# A mailbox is asked at most so often, whoever types its address; one that wants no mail, rarely.
ASK_AGAIN_AFTER = timedelta(days=1)
ASK_AGAIN_AFTER_NO = timedelta(days=30)
FORGET_UNCONFIRMED_AFTER = timedelta(days=7)
# As long as the links in old letters are likely to be used once more.
FORGET_LEFT_AFTER = timedelta(days=30)
FORGET_LETTERS_AFTER = timedelta(days=30)
# What a mailbox may have at once; a stranger who types its address cannot fill it endlessly.
MOST_SUBSCRIPTIONS = 50


def subscribe(email: str, targets: Sequence[Target], frequency: str) -> None:
    """Note what was asked for in the name of an address, and have its owner asked.

    What the owner has confirmed before stays as it is, whatever somebody types here.
    """
    with transaction.atomic():
        subscriber, _ = Subscriber.objects.get_or_create(address=normalised_address(email))
        for target in targets:
            _wish(subscriber, target, frequency)
        _ask(subscriber)


def confirm(subscriber: Subscriber) -> None:
    """Let the owner of the mailbox have what was asked for in its name."""
    now = timezone.now()
    with transaction.atomic():
        Subscriber.objects.filter(pk=subscriber.pk).update(
            confirmed_at=subscriber.confirmed_at or now, left_at=None
        )
        unconfirmed(subscriber).update(confirmed_at=now)


def unconfirmed(subscriber: Subscriber) -> QuerySet[Subscription]:
    return subscriber.subscriptions.unconfirmed().with_targets()


def confirmed(subscriber: Subscriber) -> QuerySet[Subscription]:
    return Subscription.objects.confirmed().with_targets().filter(subscriber=subscriber)


def change(subscriber: Subscriber, pk: int, frequency: Frequency) -> None:
    confirmed(subscriber).filter(pk=pk).update(frequency=frequency)


def end(subscriber: Subscriber, ids: Iterable[int], *, mailing_id: int | None = None) -> None:
    """End some subscriptions; ending them again does nothing. The last one ends everything."""
    with transaction.atomic():
        mine = subscriber.subscriptions.filter(pk__in=list(ids))
        ended = confirmed(subscriber).filter(pk__in=mine.values("pk")).count()
        mine.delete()
        if not subscriber.subscriptions.exists():
            leave(subscriber, mailing_id=mailing_id if ended else None)
        elif ended:
            _count_departure(mailing_id)


def leave(subscriber: Subscriber, *, mailing_id: int | None = None) -> None:
    """End everything. The address is forgotten a month later; until then it is not asked again."""
    with transaction.atomic():
        was_reader = subscriber.confirmed_at is not None
        left = Subscriber.objects.filter(pk=subscriber.pk, left_at=None)
        if left.update(left_at=timezone.now()) and was_reader:
            Newsletter.objects.filter(pk=Newsletter.current().pk).update(
                left_count=F("left_count") + 1
            )
            _count_departure(mailing_id)
        subscriber.subscriptions.all().delete()
        subscriber.letters.filter(sent_at=None).delete()


def forget(email: str) -> None:
    """Remove whatever is kept of a mailbox."""
    Subscriber.objects.filter(address=normalised_address(email)).delete()


def forgettable(now: datetime) -> dict[str, QuerySet]:
    """Return the rows whose time is over at `now`, by what they are; they may all be deleted."""
    unconfirmed_since = now - FORGET_UNCONFIRMED_AFTER
    left = Q(left_at__lt=now - FORGET_LEFT_AFTER)
    never_confirmed = Q(left_at=None, created_at__lt=unconfirmed_since)
    over = Q(mailing=None) | Q(mailing__state=MailingState.DONE)
    return {
        "newsletter wishes": Subscription.objects.unconfirmed().filter(
            created_at__lt=unconfirmed_since
        ),
        "newsletter letters": Letter.objects.filter(
            over, created_at__lt=now - FORGET_LETTERS_AFTER
        ),
        "newsletter subscribers": Subscriber.objects.filter(
            left | never_confirmed, subscriptions=None
        ),
    }


def _wish(subscriber: Subscriber, target: Target, frequency: str) -> None:
    relation = target.relation()
    mine = subscriber.subscriptions.filter(**relation)
    if mine.exists():
        mine.unconfirmed().update(frequency=frequency, created_at=timezone.now())
    elif subscriber.subscriptions.count() < MOST_SUBSCRIPTIONS:
        Subscription.objects.get_or_create(
            subscriber=subscriber, **relation, defaults={"frequency": frequency}
        )


def _ask(subscriber: Subscriber) -> None:
    """Lay out the one letter that asks, unless one was asked for not long ago."""
    now = timezone.now()
    refused = subscriber.left_at is not None and subscriber.confirmed_at is None
    pause = ASK_AGAIN_AFTER_NO if refused else ASK_AGAIN_AFTER
    askable = Subscriber.objects.filter(
        Q(asked_at=None) | Q(asked_at__lte=now - pause), pk=subscriber.pk
    )
    # Of two forms that are sent at once only one finds the row askable.
    if askable.update(asked_at=now):
        Letter.objects.create(subscriber=subscriber)


def _count_departure(mailing_id: int | None) -> None:
    Mailing.objects.filter(pk=mailing_id or 0).update(left_count=F("left_count") + 1)
