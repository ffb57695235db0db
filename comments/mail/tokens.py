"""The signed part of the links in a mail: good for one recipient and for one purpose."""

from __future__ import annotations

import re
from dataclasses import dataclass

from articles.mail_tokens import SIGNATURE, Purpose, is_genuine, signed
from comments.models import Follow, Recipient

_USE = "comments.mail"
_TOKEN = re.compile(r"([0-9]{1,18})-([0-9]{1,18})" + SIGNATURE)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a genuine token says: who holds it, and which follow is meant, None for all."""

    recipient: Recipient
    follow_id: int | None


def issue(purpose: Purpose, recipient: Recipient, follow: Follow | None = None) -> str:
    follow_id = follow.pk if follow is not None else 0
    return signed(f"{recipient.pk}-{follow_id}", use=_USE, purpose=purpose, secret=recipient.secret)


def read(purpose: Purpose, token: str) -> Claim | None:
    """Return what the token says; None for one that is forged or made for something else."""
    match = _TOKEN.fullmatch(token)
    if match is None:
        return None
    recipient = Recipient.objects.select_related("account").filter(pk=int(match[1])).first()
    if recipient is None:
        return None
    if not is_genuine(token, use=_USE, purpose=purpose, secret=recipient.secret):
        return None
    return Claim(recipient, int(match[2]) or None)
