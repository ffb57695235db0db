"""Sending what waits: by leases, so that many workers can, and none that dies loses a mail.

A worker takes a mail by one conditional UPDATE, which only one of several can win. It then has
it alone until the lease ends. If it is killed, another takes the mail after that: each mail
goes out once, or twice where the worker died between the mail server's yes and its own note.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from comments.mail.notices import true_now
from comments.models import Follow, Notice, OutgoingMail, Recipient
from comments.models.mail import MAX_ATTEMPTS

logger = logging.getLogger(__name__)

# Longer than a mail server that answers nothing can take: see EMAIL_TIMEOUT.
LEASE = timedelta(minutes=5)
FIRST_PAUSE = timedelta(minutes=1)
KEEP_SENT = timedelta(days=30)
KEEP_UNTOLD = timedelta(days=7)
KEEP_UNCONFIRMED = timedelta(days=7)


@dataclass(slots=True)
class Tally:
    """What became of the mails of one round."""

    sent: int = 0
    failed: int = 0


def send_due(limit: int) -> Tally:
    """Send up to `limit` mails that are due, the oldest first."""
    tally = Tally()
    ids = OutgoingMail.objects.due().order_by("due_at", "pk").values_list("pk", flat=True)
    for pk in list(ids[:limit]):
        mail = take(pk)
        if mail is not None:
            _deliver(mail, tally)
    return tally


def take(pk: int) -> OutgoingMail | None:
    """Lease a mail, or return None if another worker has it or it is gone."""
    lease = secrets.token_hex(16)
    taken = OutgoingMail.objects.due().filter(pk=pk)
    taken.update(lease=lease, due_at=timezone.now() + LEASE, attempts=F("attempts") + 1)
    mails = OutgoingMail.objects.select_related("recipient__account")
    return mails.filter(pk=pk, lease=lease).first()


def send_again(mails_ids: list[int]) -> int:
    """Give dead mails all their attempts anew; return how many there were."""
    dead = OutgoingMail.objects.filter(pk__in=mails_ids, dead_at__isnull=False)
    return dead.update(dead_at=None, attempts=0, lease="", last_error="", due_at=timezone.now())


def forget_old() -> None:
    """Delete what has had its time: sent mails, untold notices, what nobody confirmed."""
    now = timezone.now()
    OutgoingMail.objects.filter(sent_at__lt=now - KEEP_SENT).delete()
    Notice.objects.filter(mail=None, created_at__lt=now - KEEP_UNTOLD).delete()
    Follow.objects.filter(confirmed_at=None, created_at__lt=now - KEEP_UNCONFIRMED).delete()
    # Who wants no mail is remembered, because that is how it is kept from them.
    Recipient.objects.filter(
        follows=None, mails=None, unsubscribed_at=None, created_at__lt=now - KEEP_UNCONFIRMED
    ).delete()


def _deliver(mail: OutgoingMail, tally: Tally) -> None:
    if mail.attempts > MAX_ATTEMPTS:
        # Its workers were killed each time; perhaps by the mail itself.
        _bury(mail, mail.last_error or "The worker was killed each time.")
        return
    if true_now(Notice.objects.filter(mail=mail)).count() != mail.notice_count:
        _withdraw(mail)
        return
    if mail.recipient is not None and mail.recipient.is_quiet:
        _postpone(mail, mail.recipient)
        return
    try:
        _message_of(mail).send()
    # Every backend's library has errors of its own, and none may stop the other mails.
    except Exception as error:
        tally.failed += 1
        _fail(mail, error)
    else:
        tally.sent += 1
        _finish(mail)


def _message_of(mail: OutgoingMail) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.to], headers=mail.headers)
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def _finish(mail: OutgoingMail) -> None:
    """Note that the mail is out. What it said is no longer needed."""
    now = timezone.now()
    with transaction.atomic():
        # The recipient first: whoever writes the next mail holds that row, and must not find
        # this one gone from the queue while the quiet time has not begun.
        if mail.recipient is not None:
            Recipient.objects.filter(pk=mail.recipient.pk).update(last_mailed_at=now)
        _update(mail, sent_at=now, lease="", text="", html="", headers={}, last_error="")


def _fail(mail: OutgoingMail, error: Exception) -> None:
    # The error itself may name the address, which the log is not to know.
    logger.warning("Mail %s was not sent: %s", mail.pk, type(error).__name__)
    reason = f"{type(error).__name__}: {error}"
    if mail.attempts >= MAX_ATTEMPTS:
        _bury(mail, reason)
        return
    pause = FIRST_PAUSE * 2 ** (mail.attempts - 1)
    _update(mail, due_at=timezone.now() + pause, lease="", last_error=_storable(reason))


def _bury(mail: OutgoingMail, reason: str) -> None:
    logger.error("Mail %s is given up after %s attempts.", mail.pk, MAX_ATTEMPTS)
    _update(mail, dead_at=timezone.now(), lease="", last_error=_storable(reason))


def _postpone(mail: OutgoingMail, recipient: Recipient) -> None:
    """Wait until the recipient may be written to; that is no failed attempt."""
    _update(mail, due_at=recipient.quiet_until, lease="", attempts=mail.attempts - 1)


def _withdraw(mail: OutgoingMail) -> None:
    """Take back a mail of which something is no longer true; the rest is told by another."""
    with transaction.atomic():
        mine = OutgoingMail.objects.filter(pk=mail.pk, lease=mail.lease)
        if mine.select_for_update().exists():
            Notice.objects.filter(mail=mail).update(mail=None)
            mine.delete()


def _update(mail: OutgoingMail, **fields: object) -> None:
    """Write what became of the mail, unless the lease has run out and another has it."""
    OutgoingMail.objects.filter(pk=mail.pk, lease=mail.lease).update(**fields)


def _storable(reason: str) -> str:
    return reason.replace("\x00", "")[:500]
