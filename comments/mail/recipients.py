"""Whose address is whose. One mailbox is one recipient, however its address is typed."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from articles.mail_addresses import normalised_address
from comments.models import OutgoingMail, Recipient


def recipient_at(address: str) -> Recipient:
    """Return the recipient of a normalised address, known or new.

    One that belonged to an account which has another address by now begins anew.
    """
    recipient = Recipient.objects.select_related("account").filter(address=address).first()
    if recipient is not None and recipient.account is not None:
        if normalised_address(recipient.account.email) == address:
            return recipient
        recipient.delete()
    return Recipient.objects.get_or_create(address=address)[0]


def recipient_of(account: User) -> Recipient:
    """Return the account's recipient, at the account's address; signing in has proven it.

    What somebody followed as a guest by the same address becomes the account's.
    """
    address = normalised_address(account.email)
    recipient = Recipient.objects.filter(account=account).first()
    if recipient is None:
        recipient = recipient_at(address)
        recipient.account = account
    elif recipient.address != address:
        Recipient.objects.filter(address=address).delete()
        recipient.address = address
    recipient.confirmed_at = recipient.confirmed_at or timezone.now()
    recipient.unsubscribed_at = None
    recipient.save(update_fields=("account", "address", "confirmed_at", "unsubscribed_at"))
    return recipient


def forget(address: str) -> None:
    """Remove whatever is kept of a mailbox: follows, notices, and mails sent or waiting."""
    address = normalised_address(address)
    OutgoingMail.objects.filter(Q(to__iexact=address) | Q(recipient__address=address)).delete()
    Recipient.objects.filter(address=address).delete()
