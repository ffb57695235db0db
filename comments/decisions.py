"""What moderators decide about many comments at once, and how they take it back.

A moderator decides about what stood on the screen. Whatever has changed since is left as it is
and given back as a conflict, so that nobody overrules a colleague without knowing.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from django.db import transaction

from articles.models import Article
from articles.paging import microseconds_of
from comments.counting import lock_discussion
from comments.models import Action, Comment, ModerationEvent, Status
from comments.transitions import MAX_RECOMMENDED, Actor, change_within

# As many as one decision may be about.
MAX_DECIDED = 500

# An author's erasure is final, and a legal measure has a procedure of its own.
SETTLED = frozenset({Status.DELETED, Status.BLINDED})
# What is logged of a comment without touching what is undone.
_HARMLESS = (
    Action.BAN,
    Action.CLEAR,
    Action.FOLD,
    Action.RECOMMEND,
    Action.UNBAN,
    Action.UNRECOMMEND,
)


@dataclass(slots=True)
class Outcome:
    """The comments that were changed, and those that were not because they had changed before."""

    batch: str
    done: list[int] = field(default_factory=list)
    conflicts: list[int] = field(default_factory=list)


def version_of(comment: Comment) -> str:
    """Return what changes with every decision about the comment and every edit of it."""
    times = (comment.status_changed_at, comment.edited_at)
    return ".".join([comment.status, *(str(microseconds_of(time)) for time in times if time)])


def decide(seen: Mapping[int, str], to: Status, *, actor: Actor, reason: str = "") -> Outcome:
    """Give comments a status, as far as they still are what the moderator has seen.

    `seen` has a version by each comment's id. One discussion after the other is locked, so that
    readers elsewhere go on writing.
    """
    outcome = Outcome(batch=secrets.token_hex(8))
    for article_id, ids in _by_article(seen, outcome).items():
        with transaction.atomic():
            current = _locked_comments(article_id, ids)
            fresh, stale = _sorted_out(current, ids, seen)
            changing = [comment for comment in fresh if comment.status != to]
            change_within(article_id, changing, to, actor=actor, reason=reason, batch=outcome.batch)
        outcome.done += [comment.pk for comment in changing]
        outcome.conflicts += stale
    return outcome


def still_as_seen(seen: Mapping[int, str]) -> Outcome:
    """Tell what a moderator has seen, and can decide about, from what has changed since."""
    current = Comment.objects.in_bulk(seen)
    fresh, stale = _sorted_out(current, list(seen), seen)
    return Outcome("", [comment.pk for comment in fresh], stale)


def undo(batch: str, *, actor: Actor) -> Outcome:
    """Give the comments of a batch back the status they had, where nothing has happened since."""
    outcome = Outcome(batch=secrets.token_hex(8))
    by_article: dict[int, dict[int, ModerationEvent]] = defaultdict(dict)
    if batch:
        for event in ModerationEvent.objects.filter(batch=batch).exclude(action=Action.UNDO):
            by_article[event.article_ref][event.comment_ref] = event
    for article_id, events in sorted(by_article.items()):
        with transaction.atomic():
            restored = _undo_within(article_id, events, actor, outcome.batch)
        outcome.done += restored
        outcome.conflicts += sorted(events.keys() - set(restored))
    return outcome


def _by_article(seen: Mapping[int, str], outcome: Outcome) -> dict[int, list[int]]:
    """Return the ids by article, in an order that no two moderators lock against each other."""
    found = Comment.objects.filter(pk__in=seen).order_by("article_id", "pk")
    by_article: dict[int, list[int]] = defaultdict(list)
    for pk, article_id in found.values_list("pk", "article_id"):
        by_article[article_id].append(pk)
    known = {pk for ids in by_article.values() for pk in ids}
    outcome.conflicts += [pk for pk in seen if pk not in known]
    return by_article


def _locked_comments(article_id: int, ids: Iterable[int]) -> dict[int, Comment]:
    """Return the comments as they are and stay until the transaction ends."""
    try:
        lock_discussion(article_id)
    except Article.DoesNotExist:
        return {}
    return Comment.objects.in_bulk(list(ids))


def _sorted_out(
    current: Mapping[int, Comment], ids: Iterable[int], seen: Mapping[int, str]
) -> tuple[list[Comment], list[int]]:
    fresh, stale = [], []
    for pk in ids:
        comment = current.get(pk)
        if comment is None or comment.status in SETTLED or version_of(comment) != seen[pk]:
            stale.append(pk)
        else:
            fresh.append(comment)
    return fresh, stale


def _undo_within(
    article_id: int, events: Mapping[int, ModerationEvent], actor: Actor, batch: str
) -> list[int]:
    """Restore what one discussion has of a batch; return the ids."""
    untouched = _untouched(_locked_comments(article_id, events), events)
    were_chosen = any("recommended_at" in events[item.pk].overwritten for item in untouched)
    places = _places_for_recommended(article_id) if were_chosen else 0

    def before(comment: Comment) -> tuple[str, str, str]:
        event = events[comment.pk]
        kept = event.overwritten
        return event.before, kept.get("removed_by", ""), kept.get("recommended_at", "")

    for (status, removed_by, chosen), group in groupby(sorted(untouched, key=before), before):
        comments = list(group)
        places -= len(comments) if chosen else 0
        # Others may have been recommended in the meantime.
        at = datetime.fromisoformat(chosen) if chosen and places >= 0 else None
        change_within(
            article_id,
            comments,
            Status(status),
            actor=actor,
            batch=batch,
            action=Action.UNDO,
            removed_by=removed_by,
            recommended_at=at,
        )
    return [comment.pk for comment in untouched]


def _untouched(
    current: Mapping[int, Comment], events: Mapping[int, ModerationEvent]
) -> list[Comment]:
    """Keep the comments to which nothing has happened since their event."""
    later = ModerationEvent.objects.filter(comment_ref__in=list(current))
    telling = later.exclude(action__in=_HARMLESS).order_by("pk")
    last = dict(telling.values_list("comment_ref", "pk"))
    return [
        comment
        for pk, comment in current.items()
        if comment.status == events[pk].after and last.get(pk) == events[pk].pk
    ]


def _places_for_recommended(article_id: int) -> int:
    chosen = Comment.objects.filter(article=article_id, recommended_at__isnull=False)
    return MAX_RECOMMENDED - chosen.count()
