"""What the house forgets by itself, and when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from articles.newsletter import subscribing
from comments.models import Action, Ban, Comment, CommentSettings, Status, Takedown
from comments.takedowns.expiry import close_overdue, end_blinds
from comments.transitions import HOUSEKEEPING, erase

# How long moderators can still fetch a comment out of the trash.
DAYS_IN_TRASH = 30
_BATCH = 500
_FORGOTTEN_OF_TAKEDOWNS = {"name": "", "email": "", "explanation": "", "objection": ""}


@dataclass(frozen=True, slots=True)
class Duty:
    """Rows whose time is over, and what is done to them, a batch at a time."""

    label: str
    due: QuerySet[Any]
    carry_out: Callable[[Any], object]

    def count(self) -> int:
        return self.due.count()

    def is_due(self) -> bool:
        return self.due.exists()

    def run(self, tick: Callable[[int], object]) -> int:
        """Do it, telling `tick` of each batch; return for how many rows."""
        done = last = 0
        ids = self.due.order_by("pk").values_list("pk", flat=True)
        while batch := list(ids.filter(pk__gt=last)[:_BATCH]):
            # What has changed since it was found due is left alone.
            self.carry_out(self.due.filter(pk__in=batch))
            done += len(batch)
            last = batch[-1]
            tick(len(batch))
        return done


def duties(now: datetime | None = None) -> list[Duty]:
    """Return what is due by then (default now), in the order in which it is to be done."""
    now = now or timezone.now()
    forgotten = now - timedelta(days=CommentSettings.current().address_retention_days)
    return [
        Duty("blinds ended", Comment.objects.overdue(now), end_blinds),
        Duty("takedowns closed", Takedown.objects.overdue(now), close_overdue),
        Duty("trash erased", _old_trash(now), _erase_trash),
        Duty("addresses emptied", _with_address(forgotten), _empty_addresses),
        Duty("bans forgotten", _bans_over(forgotten), _delete),
        Duty("takedowns forgotten", _takedowns_over(forgotten), _forget_people),
        *(
            Duty(f"{name} forgotten", rows, _delete)
            for name, rows in subscribing.forgettable(now).items()
        ),
    ]


def _with_address(before: datetime) -> QuerySet[Comment]:
    comments = Comment.objects.filter(created_at__lt=before)
    # As an index says it.
    return comments.filter(~Q(network_hash="") | ~Q(network_prefix=""))


def _empty_addresses(comments: QuerySet[Comment]) -> None:
    with transaction.atomic():
        # What somebody is changing just now is left for the next round: whoever holds many rows
        # and waits for one more may wait for somebody who waits for one of those.
        free = comments.select_for_update(skip_locked=True, no_key=True)
        ids = list(free.values_list("pk", flat=True))
        Comment.objects.filter(pk__in=ids).update(network_hash="", network_prefix="")


def _old_trash(now: datetime) -> QuerySet[Comment]:
    before = now - timedelta(days=DAYS_IN_TRASH)
    return Comment.objects.filter(status=Status.TRASHED, status_changed_at__lt=before)


def _erase_trash(comments: QuerySet[Comment]) -> None:
    for comment in comments:
        erase(
            comment,
            actor=HOUSEKEEPING,
            action=Action.PURGE,
            reason=f"휴지통에 {DAYS_IN_TRASH}일 넘게 있었습니다.",
            only=Status.TRASHED,
        )


def _bans_over(before: datetime) -> QuerySet[Ban]:
    """Find what is left of an address in bans that have long ended."""
    return Ban.objects.filter(expires_at__lt=before).exclude(network_hash="")


def _delete(rows: QuerySet[Model]) -> None:
    rows.delete()


def _takedowns_over(before: datetime) -> QuerySet[Takedown]:
    return Takedown.objects.ended_before(before).exclude(**_FORGOTTEN_OF_TAKEDOWNS)


def _forget_people(takedowns: QuerySet[Takedown]) -> None:
    takedowns.update(**_FORGOTTEN_OF_TAKEDOWNS)
