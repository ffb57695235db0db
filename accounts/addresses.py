"""Addresses that somebody of the house vouches for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db import transaction

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def vouch_for(user: User) -> None:
    """Record the account's address as proven, in place of any that it had before.

    Whoever makes an account at the desk or by a command knows whose it is, and its owner
    could be locked out by a code that no mail server delivers.
    """
    email = user.email.lower()
    addresses = EmailAddress.objects.filter(user=user)
    addresses.exclude(email=email).delete()
    EmailAddress.objects.update_or_create(
        user=user, email=email, defaults={"verified": True, "primary": True}
    )
