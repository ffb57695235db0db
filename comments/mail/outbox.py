"""Sending what waits, by the leases of `articles.outbox`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from articles import outbox
from comments.mail.notices import true_now
from comments.models import Follow, Notice, OutgoingMail, Recipient

KEEP_SENT = timedelta(days=30)
KEEP_UNTOLD = timedelta(days=7)
KEEP_UNCONFIRMED = timedelta(days=7)


@dataclass(slots=True)
class Tally:
    """What became of the mails of one round."""

    sent: int = 0
    failed: int = 0


def send_due(limit: int, is_told_to_stop: Callable[[], bool] = lambda: False) -> Tally:
    """Send up to `limit` mails that are due, the oldest first; told to stop, no other is begun."""
    tally = Tally()
    ids = OutgoingMail.objects.due().order_by("due_at", "pk").values_list("pk", flat=True)
    for pk in list(ids[:limit]):
        if is_told_to_stop():
            break
        mail = take(pk)
        if mail is not None:
            _deliver(mail, tally)
    return tally


def take(pk: int) -> OutgoingMail | None:
    """Lease a mail, or return None if another worker has it or it is gone."""
    rows = OutgoingMail.objects.select_related("recipient__account")
    mail: OutgoingMail | None = outbox.take(rows, pk)
    return mail


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
    if outbox.is_hopeless(mail):
        outbox.give_up(mail, mail.last_error or "The worker was killed each time.")
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
        outbox.fail(mail, error)
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
        outbox.note(mail, sent_at=now, lease="", text="", html="", headers={}, last_error="")


def _postpone(mail: OutgoingMail, recipient: Recipient) -> None:
    """Wait until the recipient may be written to; that is no failed attempt."""
    outbox.note(mail, due_at=recipient.quiet_until, lease="", attempts=mail.attempts - 1)


def _withdraw(mail: OutgoingMail) -> None:
    """Take back a mail of which something is no longer true; the rest is told by another."""
    with transaction.atomic():
        mine = OutgoingMail.objects.filter(pk=mail.pk, lease=mail.lease)
        if mine.select_for_update().exists():
            Notice.objects.filter(mail=mail).update(mail=None)
            mine.delete()
