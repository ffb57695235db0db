"""The letters: what each says, to whom, and the headers that machines read.

The words are in `templates/newsletter/mail/<name>_subject.txt`, `_body.txt` and `_body.html`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import formataddr, parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models.functions import Left
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.encoding import punycode
from django.utils.text import Truncator

from articles import site
from articles.mail_tokens import Purpose
from articles.models import (
    Article,
    ArticleQuerySet,
    Letter,
    Mailing,
    Newsletter,
    Subscriber,
    Subscription,
)
from articles.newsletter import mailings, subscribing
from articles.newsletter.tokens import link
from articles.site import absolute
from articles.text import one_line

MAX_SUBJECT = 150
# Characters of the text that a letter about one article begins with.
OPENING_LENGTH = 400
# Of the articles of a week, as many as a mail program shows without cutting the letter off.
MOST_STORIES = 30


@dataclass(frozen=True, slots=True)
class Envelope:
    """To whom a letter goes, why, and the links by which they can end it."""

    to: str
    # What the reader has subscribed to, and when they said so; none in a letter to try it out.
    reasons: Sequence[str]
    agreed_at: datetime | None
    unsubscribe_url: str
    manage_url: str
    # The same each time that a letter is sent, so that mail programs show it once.
    message_id: str
    ends_by_one_click: bool = True


def message_for(letter: Letter) -> EmailMultiAlternatives | None:
    """Write a letter as of now; None where nothing is left to tell, or nobody to tell it to."""
    if letter.mailing is None:
        return _asking(letter)
    stories = list(for_letter(mailings.articles_of(letter.mailing)))
    matching = mailings.subscriptions_to(letter.mailing, stories)
    subscriptions = list(matching.filter(subscriber=letter.subscriber))
    if letter.mailing.week_end is not None:
        stories = _news_to(letter.subscriber, stories, subscriptions)
    if not stories or not subscriptions:
        return None
    return write(letter.mailing, stories, _envelope(letter, subscriptions))


def write(
    mailing: Mailing, stories: Sequence[Article], envelope: Envelope
) -> EmailMultiAlternatives:
    """Write the letter of a mailing, stored or only planned, about these articles."""
    context = {
        "stories": stories[:MOST_STORIES],
        "rest": len(stories[MOST_STORIES:]),
        "story": stories[0],
        "total": len(stories),
        "is_advertising": mailing.is_advertising,
    }
    return _message("article" if mailing.week_end is None else "week", context, envelope)


def for_letter(articles: ArticleQuerySet) -> ArticleQuerySet:
    """Load what a letter shows of the articles."""
    return articles.for_list().annotate(letter_opening=Left("plain_text", OPENING_LENGTH))


def specimen(to: str) -> Envelope:
    """Return the envelope of a letter that nobody has subscribed to: to look at, or to try."""
    page = absolute("/newsletter/")
    return Envelope(to, ["모든 새 글"], None, page, page, _message_id("specimen"), False)


def _asking(letter: Letter) -> EmailMultiAlternatives | None:
    """Ask the owner of a mailbox, who may already get letters. Nothing a reader wrote is in it."""
    subscriber = letter.subscriber
    wishes = list(subscribing.unconfirmed(subscriber))
    running = list(subscribing.confirmed(subscriber))
    if not wishes and not running:
        return None
    envelope = Envelope(
        to=subscriber.address,
        reasons=[],
        agreed_at=None,
        unsubscribe_url=link(Purpose.UNSUBSCRIBE, subscriber),
        manage_url=link(Purpose.MANAGE, subscriber),
        message_id=_message_id(f"asking.{letter.pk}"),
    )
    context = {
        "wishes": wishes,
        "confirm_url": link(Purpose.CONFIRM, subscriber),
        "kept_days": subscribing.FORGET_UNCONFIRMED_AFTER.days,
    }
    return _message("asking", context, envelope)


def _news_to(
    subscriber: Subscriber, stories: Sequence[Article], subscriptions: Sequence[Subscription]
) -> list[Article]:
    """Keep what the subscriptions are about and no letter of its own has brought."""
    sent = Letter.objects.filter(subscriber=subscriber, sent_at__isnull=False)
    known = set(
        sent.filter(mailing__article__in=stories).values_list("mailing__article", flat=True)
    )
    return [
        story
        for story in stories
        if story.pk not in known and any(_is_about(wish, story) for wish in subscriptions)
    ]


def _is_about(wish: Subscription, story: Article) -> bool:
    if wish.category_id is not None:
        return wish.category_id == story.category_id
    if wish.series_id is not None:
        return wish.series_id == story.series_id
    if wish.author_id is not None:
        return wish.author_id in {author.pk for author in story.authors.all()}
    return True


def _envelope(letter: Letter, subscriptions: Sequence[Subscription]) -> Envelope:
    ids = [subscription.pk for subscription in subscriptions]
    agreed = [wish.confirmed_at for wish in subscriptions if wish.confirmed_at is not None]
    return Envelope(
        to=letter.subscriber.address,
        reasons=[subscription.name for subscription in subscriptions],
        agreed_at=min(agreed, default=None),
        unsubscribe_url=link(
            Purpose.UNSUBSCRIBE,
            letter.subscriber,
            mailing_id=letter.mailing_id,
            subscriptions=ids,
        ),
        manage_url=link(Purpose.MANAGE, letter.subscriber),
        message_id=_message_id(f"{letter.mailing_id}.{letter.pk}"),
    )


def _message(name: str, context: dict[str, Any], envelope: Envelope) -> EmailMultiAlternatives:
    context = context | {
        "envelope": envelope,
        "site_name": site.name(),
        "site_url": settings.SITE_URL,
        "sender_address": parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
    }
    path = f"newsletter/mail/{name}"
    # A line end in a subject would begin a header of somebody's own.
    subject = one_line(render_to_string(f"{path}_subject.txt", context))
    message = EmailMultiAlternatives(
        Truncator(subject).chars(MAX_SUBJECT),
        render_to_string(f"{path}_body.txt", context).strip() + "\n",
        _sender(),
        [envelope.to],
        headers=_headers(envelope),
    )
    message.attach_alternative(render_to_string(f"{path}_body.html", context), "text/html")
    return message


def _sender() -> str:
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or site.name(), address))


def _headers(envelope: Envelope) -> dict[str, str]:
    headers = {
        "Message-ID": envelope.message_id,
        "List-Id": f"<newsletter.{_host()}>",
        "Auto-Submitted": "auto-generated",
    }
    if envelope.ends_by_one_click:
        headers |= {
            "List-Unsubscribe": f"<{envelope.unsubscribe_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    return headers


def _message_id(name: str) -> str:
    # Two installations, or one that began anew, must not take each other's names.
    began = f"{Newsletter.current().began_at:%y%m%d%H%M%S}"
    if name == "specimen":
        name = f"specimen.{timezone.now().timestamp():.6f}"
    return f"<newsletter.{began}.{name}@{_host()}>"


def _host() -> str:
    return punycode(urlsplit(settings.SITE_URL).hostname or "localhost")
