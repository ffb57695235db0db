"""Whether the workers and timers do what waits for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from articles import announcements
from articles.models import Image, Letter
from articles.models.outbox import OutboxQuerySet
from articles.newsletter import mailings, sending
from articles.purging import queue
from articles.purging.purgers import purgers
from comments.mail import digests
from comments.models import Announcement, OutgoingMail
from comments.privacy.retention import duties

# A worker that runs takes what is due within seconds.
PATIENCE = timedelta(minutes=15)
# How long a letter may be refused by the mail server before somebody looks.
STUBBORN = timedelta(hours=1)
# Timers run every hour, some minutes late.
HOUSEKEEPING_PATIENCE = timedelta(hours=2)


def mail() -> Iterator[str]:
    queued = OutgoingMail.objects.due().order_by("due_at")
    unspread = Announcement.objects.filter(spread_at=None).order_by("created_at")
    for since, what in (
        (queued.values_list("due_at", flat=True).first(), "mail about comments"),
        (unspread.values_list("created_at", flat=True).first(), "news of a comment"),
        (digests.moderators_wait_since(), "mail to the moderators"),
    ):
        yield from _late(since, what, "mail", "send_mail_queue --watch 10")
    yield from _refused(OutgoingMail.objects.waiting(), "a mail about comments")
    if dead := OutgoingMail.objects.filter(dead_at__isnull=False).count():
        yield f"{dead} mails were given up. Read why at the desk (보내는 메일), and send them again."


def newsletter() -> Iterator[str]:
    # Letters of a mailing wait for the set rate; those that ask somebody go before all others.
    asking = Letter.objects.due().filter(mailing=None).order_by("due_at")
    for since, what in (
        (asking.values_list("due_at", flat=True).first(), "a letter that asks a subscriber"),
        (mailings.waits_since(), "an article that is to be mailed"),
        (sending.stands_still_since(), "the next letter of a mailing"),
    ):
        yield from _late(since, what, "newsletter", "send_newsletter --watch 10")
    if not settings.NEWSLETTER_PER_MINUTE and (held := Letter.objects.due().count()):
        yield f"{held} letters are held back, because NEWSLETTER_PER_MINUTE is 0."
    yield from _refused(Letter.objects.waiting(), "a letter")


def announcing() -> Iterator[str]:
    for receiver in announcements.receivers():
        yield from _late(
            announcements.untold_since(receiver),
            f"what {receiver.label} is to be told of",
            "announcements",
            "announce_changes",
        )


def purging() -> Iterator[str]:
    if not purgers():
        return
    yield from _late(
        queue.due().order_by("due_at").values_list("due_at", flat=True).first(),
        "a change that caches are to be told of", "purges", "purge_pages --watch 1",
    )  # fmt: skip
    if lost := queue.given_up().count():
        yield (
            f"Caches could not be told of {lost} changes, and kept those pages for a minute. "
            "The log of `manage.py purge_pages` says why."
        )


def housekeeping() -> Iterator[str]:
    late = [duty.label for duty in duties(timezone.now() - HOUSEKEEPING_PATIENCE) if duty.is_due()]
    if late:
        yield (
            f"Late: {', '.join(late)}. Is the timer running (systemctl list-timers "
            "'pildam-hourly@*'; by hand: manage.py purge_comment_data)?"
        )


def copies() -> Iterator[str]:
    bare = Image.objects.without_renditions().order_by("created_at")
    yield from _late(
        bare.values_list("created_at", flat=True).first(),
        "a picture without smaller copies", "pictures", "make_renditions --watch 10",
    )  # fmt: skip


def worker(kind: str, command: str) -> str:
    """Ask whether a worker is running, and say how its work is done by hand."""
    return (
        f"Is the worker running (systemctl status pildam-worker@{kind}; "
        f"by hand: manage.py {command})?"
    )


def _late(since: datetime | None, what: str, kind: str, command: str) -> Iterator[str]:
    if since is not None and timezone.now() - since > PATIENCE:
        yield f"{what} waits since {since:%Y-%m-%d %H:%M} UTC. {worker(kind, command)}"


def _refused(waiting: OutboxQuerySet, what: str) -> Iterator[str]:
    """Tell of the oldest mail that was tried in vain and will be tried again."""
    tried: Any = waiting.exclude(last_error="").order_by("created_at").first()
    if tried is not None and timezone.now() - tried.created_at > STUBBORN:
        yield (
            f"{what} waits since {tried.created_at:%Y-%m-%d %H:%M} UTC and was tried "
            f"{tried.attempts} times: {tried.last_error.partition(':')[0]}. "
            "Does the server of EMAIL_URL take it? See: journalctl -u 'pildam-worker@*'"
        )
