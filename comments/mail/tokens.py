"""The signed part of the links in a mail: good for one recipient and for one purpose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from django.core.signing import BadSignature, Signer

from comments.models import Follow, Recipient

_TOKEN = re.compile(r"([0-9]{1,18})-([0-9]{1,18})\.[A-Za-z0-9_-]{43}")


class Purpose(StrEnum):
    CONFIRM = "confirm"
    UNSUBSCRIBE = "unsubscribe"
    MANAGE = "manage"


@dataclass(frozen=True, slots=True)
class Claim:
    """What a genuine token says: who holds it, and which follow is meant, None for all."""

    recipient: Recipient
    follow_id: int | None


def issue(purpose: Purpose, recipient: Recipient, follow: Follow | None = None) -> str:
    follow_id = follow.pk if follow is not None else 0
    return _signer(purpose, recipient).sign(f"{recipient.pk}-{follow_id}")


def read(purpose: Purpose, token: str) -> Claim | None:
    """Return what the token says; None for one that is forged or made for something else."""
    match = _TOKEN.fullmatch(token)
    if match is None:
        return None
    recipient = Recipient.objects.select_related("account").filter(pk=int(match[1])).first()
    if recipient is None:
        return None
    try:
        _signer(purpose, recipient).unsign(token)
    except BadSignature:
        return None
    return Claim(recipient, int(match[2]) or None)


def _signer(purpose: Purpose, recipient: Recipient) -> Signer:
    return Signer(salt=f"comments.mail.{purpose}.{recipient.secret}", sep=".")
