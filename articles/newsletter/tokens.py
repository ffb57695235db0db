"""The signed part of the links in a letter: good for one mailbox and for one purpose."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from articles.mail_tokens import SIGNATURE, Purpose, is_genuine, signed
from articles.models import Subscriber
from articles.site import absolute

_USE = "articles.newsletter"
_TOKEN = re.compile(r"([0-9]{1,18})-([0-9]{1,18})-((?:[0-9]{1,18}_)*)" + SIGNATURE)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a genuine token says: who holds it, by which mailing, and what it is about.

    `subscriptions` are the ids of those that a letter came for; none means all there are.
    """

    subscriber: Subscriber
    mailing_id: int | None
    subscriptions: tuple[int, ...]


def issue(
    purpose: Purpose,
    subscriber: Subscriber,
    *,
    mailing_id: int | None = None,
    subscriptions: Iterable[int] = (),
) -> str:
    ids = "".join(f"{pk}_" for pk in subscriptions)
    return signed(
        f"{subscriber.pk}-{mailing_id or 0}-{ids}",
        use=_USE,
        purpose=purpose,
        secret=subscriber.secret,
    )


def link(
    purpose: Purpose,
    subscriber: Subscriber,
    *,
    mailing_id: int | None = None,
    subscriptions: Iterable[int] = (),
) -> str:
    """Return the whole address of the page that such a token opens."""
    token = issue(purpose, subscriber, mailing_id=mailing_id, subscriptions=subscriptions)
    return absolute(reverse(f"articles:newsletter_{purpose}", args=[token]))


def read(purpose: Purpose, token: str) -> Claim | None:
    """Return what the token says; None for one that is forged or made for something else."""
    match = _TOKEN.fullmatch(token)
    if match is None:
        return None
    subscriber = Subscriber.objects.filter(pk=int(match[1])).first()
    if subscriber is None:
        return None
    if not is_genuine(token, use=_USE, purpose=purpose, secret=subscriber.secret):
        return None
    ids = tuple(int(pk) for pk in match[3].split("_") if pk)
    return Claim(subscriber, int(match[2]) or None, ids)
