"""Telling search engines (IndexNow) and hubs (WebSub) what has changed, off every request.

Nothing is queued when an editor publishes. A worker compares what readers see now with what each
receiver was last told, and so finds as well what appeared or ended by its own time, and what was
deleted or imported. What could not be told stays untold, and the next round tries again.
Sources: https://www.indexnow.org/documentation, https://www.w3.org/TR/websub/#publishing
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse

from articles.feeds import feeds_with
from articles.models import Announcement, Article
from articles.site import absolute

Receiver = Announcement.Receiver

# As many addresses as IndexNow takes at once, since an article may count twice.
_BATCH = 5000
# Of how many feeds a hub is told at once; there may be thousands of tags.
_TOPICS = 100
_SECONDS = 10


class AnnouncementError(Exception):
    """A receiver did not take what it was told; says which and why, without its address."""


class _State(NamedTuple):
    article: int
    slug: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class _Changes:
    """What a receiver does not know: articles as they are now, and those that are gone."""

    shown: list[_State]
    gone: dict[int, str]
    # Under which other addresses the receiver knows some of them.
    former: list[str]

    def articles(self) -> list[int]:
        return [*(state.article for state in self.shown), *self.gone]

    def __len__(self) -> int:
        return len(self.shown) + len(self.gone)

    def addresses(self) -> list[str]:
        slugs = [*(state.slug for state in self.shown), *self.gone.values(), *self.former]
        return [absolute(reverse("articles:article", args=[s])) for s in dict.fromkeys(slugs)]


def receivers() -> list[Receiver]:
    """Return whom the environment says to tell."""
    wanted = {Receiver.INDEXNOW: settings.INDEXNOW_KEY, Receiver.WEBSUB: settings.WEBSUB_HUB}
    return [receiver for receiver, setting in wanted.items() if setting]


def announce(receiver: Receiver) -> int:
    """Tell the receiver all that it does not know, and return of how many articles.

    Raises AnnouncementError; what was taken before that is noted. Whoever is killed between a
    receiver's yes and the note tells it twice, which harms nobody.
    """
    told = 0
    while changes := _untold(receiver):
        _TELL[receiver](changes)
        _note(receiver, changes)
        told += len(changes)
    return told


def untold_since(receiver: Receiver) -> datetime | None:
    """Return since when readers see something that the receiver was not told of, or None."""
    return min((state.changed_at for state in _untold(receiver).shown), default=None)


def _untold(receiver: Receiver) -> _Changes:
    known = Announcement.objects.filter(receiver=receiver)
    public = Article.objects.published().with_newest_change()
    same = known.filter(
        article_ref=OuterRef("pk"), slug=OuterRef("slug"), changed_at=OuterRef("newest_change")
    )
    rows = public.exclude(Exists(same)).order_by("pk").values_list("pk", "slug", "newest_change")  # type: ignore[misc]
    shown = [_State(*row) for row in rows[:_BATCH]]
    over = known.exclude(Exists(public.filter(pk=OuterRef("article_ref")))).order_by("pk")
    gone = dict(over.values_list("article_ref", "slug")[: _BATCH - len(shown)])
    keys = [state.article for state in shown]
    former = known.filter(article_ref__in=keys).values_list("slug", flat=True)
    return _Changes(shown, gone, list(former))


def _note(receiver: Receiver, changes: _Changes) -> None:
    known = Announcement.objects.filter(receiver=receiver)
    with transaction.atomic():
        known.filter(article_ref__in=changes.gone).delete()
        Announcement.objects.bulk_create(
            [
                Announcement(
                    receiver=receiver,
                    article_ref=state.article,
                    slug=state.slug,
                    changed_at=state.changed_at,
                )
                for state in changes.shown
            ],
            update_conflicts=True,
            unique_fields=["receiver", "article_ref"],
            update_fields=["slug", "changed_at"],
        )


def _tell_indexnow(changes: _Changes) -> None:
    key = settings.INDEXNOW_KEY
    message = {
        "host": urlsplit(settings.SITE_URL).netloc,
        "key": key,
        "keyLocation": absolute(reverse("articles:indexnow_key", args=[key])),
        "urlList": changes.addresses(),
    }
    _post(Receiver.INDEXNOW, settings.INDEXNOW_ENDPOINT, json=message)


def _tell_hub(changes: _Changes) -> None:
    """Say which feeds have changed; the hub fetches them itself.

    A list that an article has left is not among them: its subscribers have nothing new to read.
    """
    topics = feeds_with(changes.articles())
    for start in range(0, len(topics), _TOPICS):
        some = topics[start : start + _TOPICS]
        form = [("hub.mode", "publish"), *(("hub.url", topic) for topic in some)]
        _post(Receiver.WEBSUB, settings.WEBSUB_HUB, data=form)


_TELL: dict[Receiver, Callable[[_Changes], None]] = {
    Receiver.INDEXNOW: _tell_indexnow,
    Receiver.WEBSUB: _tell_hub,
}


def _post(receiver: Receiver, address: str, **content: object) -> None:
    """Send to an address that the operator has chosen; nothing that anybody writes has a say."""
    try:
        answer = requests.post(address, timeout=_SECONDS, allow_redirects=False, **content)  # type: ignore[arg-type]
    except requests.RequestException as error:
        raise AnnouncementError(
            f"{receiver.label} does not answer: {type(error).__name__}"
        ) from error
    if not 200 <= answer.status_code < 300:
        raise AnnouncementError(f"{receiver.label} answers {answer.status_code}.")
