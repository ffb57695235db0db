"""Readers of the newsletter, and articles that the desk has published since it began."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from articles.models import (
    Article,
    Deed,
    DeskEvent,
    Frequency,
    Mailing,
    Newsletter,
    Subscriber,
    Subscription,
)
from articles.newsletter import mailings, sending
from articles.newsletter.mailings import HOLD
from tests.builders import make_article

BOB = "bob@pildam.example"
LINK = re.compile(r"https?://[^/\s]+(/newsletter/[a-z]+/\S+)")


def make_newsletter(**fields: Any) -> Newsletter:
    """Return a newsletter that began two weeks ago."""
    began = {"began_at": timezone.now() - timedelta(days=14)}
    return Newsletter.objects.update_or_create(pk=1, defaults=began | fields)[0]


def make_subscriber(address: str = BOB, **fields: Any) -> Subscriber:
    return Subscriber.objects.create(address=address, **({"confirmed_at": timezone.now()} | fields))


def make_subscription(
    subscriber: Subscriber | None = None, frequency: str = Frequency.EACH, **fields: Any
) -> Subscription:
    """Return a confirmed subscription, to everything unless a target is named."""
    return Subscription.objects.create(
        subscriber=subscriber or make_subscriber(),
        frequency=frequency,
        **({"confirmed_at": timezone.now()} | fields),
    )


def make_news(title: str = "새 글", *, at: datetime | None = None, **fields: Any) -> Article:
    """Return an article that an editor has published, an hour ago unless a time is given."""
    published_at = at or timezone.now() - timedelta(hours=1)
    article = make_article(title, published_at=published_at, **fields)
    DeskEvent.objects.create(
        article_ref=article.pk, article_title=title, deed=Deed.PUBLISH, actor_name="편집자"
    )
    return article


def no_wait(seconds: float) -> None:
    """Let the next turn come at once, as if the time had passed."""
    Newsletter.objects.update(next_letter_at=timezone.now())


def let_the_hold_pass() -> None:
    late = timezone.now() - HOLD
    for mailing in Mailing.objects.filter(state="waiting"):
        Mailing.objects.filter(pk=mailing.pk).update(due_at=min(mailing.due_at, late))


def work(limit: int = 100) -> list[EmailMultiAlternatives]:
    """Do what the command does, as often as mailings need; return what was sent now."""
    before = len(mail.outbox)
    mailings.prepare()
    let_the_hold_pass()
    mailings.prepare()
    sending.send_due(limit, no_wait)
    return mail.outbox[before:]  # type: ignore[return-value]


def receivers(messages: Sequence[EmailMultiAlternatives]) -> list[str]:
    return sorted(message.to[0].partition("@")[0] for message in messages)


def links_in(message: EmailMultiAlternatives) -> list[str]:
    """Return the paths of the newsletter's own links in the plain text, in order."""
    return LINK.findall(str(message.body))
