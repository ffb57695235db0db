"""Sending the letters that are due, at a set rate, whoever was killed before."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from articles import outbox
from articles.models import Letter, Mailing, MailingState, Newsletter
from articles.newsletter import letters, mailings

# Waits so many seconds, or none; true to stop instead.
Wait = Callable[[float], object]


@dataclass(slots=True)
class Tally:
    """What became of the letters of one round."""

    sent: int = 0
    failed: int = 0
    # Those that had nothing to say any more, or nobody to say it to.
    dropped: int = 0


def send_due(limit: int, wait: Wait = time.sleep) -> Tally:
    """Send up to `limit` letters that are due: those that ask first, then the oldest."""
    tally = Tally()
    for _ in range(limit):
        pk = _next()
        if pk is None or not _turn_comes(wait):
            break
        rows = Letter.objects.select_related("subscriber", "mailing__article")
        letter = outbox.take(rows, pk)
        if letter is not None:
            _deliver(letter, tally)
        # Where the mail server is slower than the rate, nobody waits for a turn.
        if wait(0):
            break
    mailings.finish()
    return tally


def stands_still_since() -> datetime | None:
    """Return since when the next letter of a mailing could have left, or None for no such letter."""
    newsletter = Newsletter.objects.filter(is_paused=False).first()
    if newsletter is None or not settings.NEWSLETTER_PER_MINUTE:
        return None
    due = Letter.objects.due().exclude(mailing=None).order_by("due_at")
    oldest = due.values_list("due_at", flat=True).first()
    return max(oldest, newsletter.next_letter_at) if oldest else None


def _next() -> int | None:
    due = Letter.objects.due()
    if Newsletter.current().is_paused:
        due = due.filter(mailing=None)
    in_order = due.order_by(F("mailing").asc(nulls_first=True), "due_at", "pk")
    return in_order.values_list("pk", flat=True).first()


def _turn_comes(wait: Wait) -> bool:
    """Wait until the rate allows a letter more; false when told to stop, or when none may go."""
    if not settings.NEWSLETTER_PER_MINUTE:
        return False
    pause = timedelta(minutes=1) / settings.NEWSLETTER_PER_MINUTE
    while not _take_turn(timezone.now(), pause):
        if wait(pause.total_seconds() / 4):
            return False
    return True


def _take_turn(now: datetime, pause: timedelta) -> bool:
    """Move the next turn on, by one UPDATE that only one of several workers can win."""
    # A turn further away than a pause comes from a clock, or a rate, that was another.
    is_free = Q(next_letter_at__lte=now) | Q(next_letter_at__gt=now + pause)
    turns = Newsletter.objects.filter(is_free, pk=Newsletter.SINGLE)
    return turns.update(next_letter_at=now + pause) == 1


def _deliver(letter: Letter, tally: Tally) -> None:
    if outbox.is_hopeless(letter):
        _give_up(letter, letter.last_error or "The worker was killed each time.")
        tally.failed += 1
        return
    if letter.mailing is not None and not mailings.articles_of(letter.mailing).exists():
        _stop(letter, letter.mailing)
        return
    try:
        message = letters.message_for(letter)
        if message is None:
            Letter.objects.filter(pk=letter.pk, lease=letter.lease).delete()
            tally.dropped += 1
            return
        message.send()
    # Every backend's library has errors of its own, and none may stop the other letters.
    except Exception as error:
        tally.failed += 1
        _fail(letter, error)
    else:
        tally.sent += 1
        _finish(letter)


def _finish(letter: Letter) -> None:
    with transaction.atomic():
        if outbox.note(letter, sent_at=timezone.now(), lease="", last_error=""):
            _count(letter, "sent_count")


def _fail(letter: Letter, error: Exception) -> None:
    with transaction.atomic():
        if outbox.fail(letter, error):
            _count(letter, "failed_count")


def _give_up(letter: Letter, reason: str) -> None:
    with transaction.atomic():
        if outbox.give_up(letter, reason):
            _count(letter, "failed_count")


def _count(letter: Letter, counter: str) -> None:
    Mailing.objects.filter(pk=letter.mailing_id or 0).update(**{counter: F(counter) + 1})


def _stop(letter: Letter, mailing: Mailing) -> None:
    """Stop a mailing whose article was taken from the readers; its letters stay where they are."""
    sending = Mailing.objects.filter(pk=mailing.pk, state=MailingState.SENDING)
    sending.update(state=MailingState.STOPPED)
    outbox.note(letter, lease="", due_at=timezone.now(), attempts=letter.attempts - 1)
