"""The keys in letters. Each is good for one purpose and for a time, and names nobody.

An address would end up in logs and histories, so that a key for guests names one of the
comments that were written under it instead.
"""

from __future__ import annotations

from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner

GUEST_LINK_AGE = timedelta(hours=1)
_OBJECTION_AGE = timedelta(days=60)
_MAX_LENGTH = 200

_guests = TimestampSigner(salt="comments.privacy.guest")
_objections = TimestampSigner(salt="comments.takedowns.objection")


def issue_guest_key(comment_pk: int) -> str:
    return _guests.sign(str(comment_pk))


def read_guest_key(key: str) -> int | None:
    """Return the number of the comment that the key names; None for one that is not good now."""
    value = _value_of(_guests, key, GUEST_LINK_AGE)
    return int(value) if value else None


def issue_objection_key(ticket: str) -> str:
    return _objections.sign(ticket)


def may_object(key: str, ticket: str) -> bool:
    """Whether the key lets its bearer object to what this ticket has led to."""
    return _value_of(_objections, key, _OBJECTION_AGE) == ticket


def _value_of(signer: TimestampSigner, key: str, age: timedelta) -> str:
    if len(key) > _MAX_LENGTH:
        return ""
    try:
        return signer.unsign(key, max_age=age)
    except BadSignature:
        return ""
