"""Who wants to be told of what, and how an address says that it does (double opt-in)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from articles.mail_addresses import normalised_address
from articles.models import Article
from comments.limits import CONFIRMING
from comments.mail import messages
from comments.mail.recipients import recipient_at, recipient_of
from comments.models import Comment, Follow, Recipient
from comments.readers import Reader

# An address is asked at most so often, whoever types it; one that wants no mail, rarely.
ASK_AGAIN_AFTER = timedelta(days=1)
ASK_AGAIN_AFTER_NO = timedelta(days=30)


class TooManyConfirmationsError(Exception):
    """Too many addresses were to be asked from one network."""

    message = (
        "확인 메일을 너무 여러 번 청하셨습니다. 한 시간 뒤에 다시 해 주시거나, "
        "알림 없이 올려 주세요."
    )

    def __init__(self, seconds: int) -> None:
        super().__init__(self.message)
        self.seconds = seconds


def follow_from(
    comment: Comment, *, reader: Reader, email: str, replies: bool, article: bool
) -> None:
    """Follow the answers to a comment, or all that is written under its article, or both.

    `email` is a guest's address and not used for accounts. Call it in the transaction that
    stores the comment. Raises TooManyConfirmationsError.
    """
    wishes: list[Comment | None] = [comment] if replies else []
    if article:
        wishes.append(None)
    if wishes:
        _follow(comment.article, wishes, reader, email)


def follow_article(article: Article, *, reader: Reader, email: str) -> None:
    """Follow an article without writing. Raises TooManyConfirmationsError."""
    with transaction.atomic():
        _follow(article, [None], reader, email)


def confirm(recipient: Recipient) -> None:
    """Let the owner of the address have what was asked for in its name."""
    now = timezone.now()
    with transaction.atomic():
        Recipient.objects.filter(pk=recipient.pk).update(
            confirmed_at=recipient.confirmed_at or now, unsubscribed_at=None
        )
        unconfirmed(recipient).update(confirmed_at=now)


def unconfirmed(recipient: Recipient) -> QuerySet[Follow]:
    return Follow.objects.filter(recipient=recipient, confirmed_at=None)


def unfollow(recipient: Recipient, follow_id: int) -> None:
    """End one follow; what was to be told for it goes along. Ending it again does nothing."""
    Follow.objects.filter(recipient=recipient, pk=follow_id).delete()


def unfollow_all(recipient: Recipient) -> None:
    """End everything, and keep the address from being written to again unasked."""
    with transaction.atomic():
        # The recipient's row first, as workers take it, so that none waits for the other.
        Recipient.objects.filter(pk=recipient.pk).update(unsubscribed_at=timezone.now())
        recipient.mails.waiting().delete()
        recipient.follows.all().delete()


def _follow(article: Article, wishes: Iterable[Comment | None], reader: Reader, email: str) -> None:
    if reader.account is not None:
        recipient = recipient_of(reader.account)
    else:
        recipient = recipient_at(normalised_address(email))
    is_proven = reader.account is not None or _is_known(recipient, reader)
    ids = [_wish(recipient, article, comment, reader) for comment in wishes]
    open_wishes = unconfirmed(recipient).filter(pk__in=ids)
    if is_proven:
        open_wishes.update(confirmed_at=timezone.now())
    elif open_wishes.exists():
        _ask(recipient, reader)


def _wish(recipient: Recipient, article: Article, comment: Comment | None, reader: Reader) -> int:
    follow, _ = Follow.objects.get_or_create(
        recipient=recipient,
        article=article,
        comment=comment,
        defaults={"browser_hash": reader.browser_hash},
    )
    return follow.pk


def _is_known(recipient: Recipient, reader: Reader) -> bool:
    """Whether the address has confirmed what this very browser asked for before."""
    if recipient.unsubscribed_at is not None or not reader.browser_hash:
        return False
    confirmed = Follow.objects.filter(recipient=recipient, confirmed_at__isnull=False)
    return confirmed.filter(browser_hash=reader.browser_hash).exists()


def _ask(recipient: Recipient, reader: Reader) -> None:
    """Send the one confirmation mail, unless one was sent not long ago."""
    now = timezone.now()
    pause = ASK_AGAIN_AFTER if recipient.unsubscribed_at is None else ASK_AGAIN_AFTER_NO
    askable = Recipient.objects.filter(
        Q(asked_at=None) | Q(asked_at__lte=now - pause), pk=recipient.pk
    )
    if not askable.exists():
        return
    if seconds := CONFIRMING.hit(reader.network):
        raise TooManyConfirmationsError(seconds)
    # Of two forms that are sent at once only one finds the row askable.
    if askable.update(asked_at=now):
        messages.confirmation(recipient, asked_at=now).save()
