"""Signing what the links in a mail say: good for one mailbox, one use and one purpose."""

from __future__ import annotations

from enum import StrEnum

from django.core.signing import BadSignature, Signer

# What `signed` appends, as part of a regular expression.
SIGNATURE = r"\.[A-Za-z0-9_-]{43}"


class Purpose(StrEnum):
    CONFIRM = "confirm"
    UNSUBSCRIBE = "unsubscribe"
    MANAGE = "manage"


def signed(text: str, *, use: str, purpose: Purpose, secret: str) -> str:
    """Return the text with its signature; `secret` is the mailbox's, `use` what mails it."""
    return _signer(use, purpose, secret).sign(text)


def is_genuine(token: str, *, use: str, purpose: Purpose, secret: str) -> bool:
    try:
        _signer(use, purpose, secret).unsign(token)
    except BadSignature:
        return False
    return True


def _signer(use: str, purpose: Purpose, secret: str) -> Signer:
    return Signer(salt=f"{use}.{purpose}.{secret}", sep=".")
