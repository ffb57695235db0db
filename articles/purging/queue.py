"""Working on the changes that caches have not been told of: by leases, again after a pause.

A worker takes changes by one UPDATE that sets its lease; whoever comes second changes no row. Told
twice is as good as once, so that a worker which is killed harms nobody.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, QuerySet
from django.utils import timezone

from articles.models import PageChange
from articles.purging.purgers import PurgeError, Purger

logger = logging.getLogger(__name__)

# Longer than telling every cache of a batch can take.
LEASE = timedelta(minutes=5)
FIRST_PAUSE = timedelta(seconds=2)
# After eight attempts in four minutes no cache keeps the old page by itself any more.
MAX_ATTEMPTS = 8
BATCH = 500
# By then every process has heard of a change, and no cache fetches an old page from one of them.
SETTLING = timedelta(milliseconds=500)


@dataclass(frozen=True, slots=True)
class Tally:
    """Of how many changes every cache was told, how many wait for another try, how many not."""

    told: int = 0
    failed: int = 0
    given_up: int = 0
    problem: str = ""


def due() -> QuerySet[PageChange]:
    """Keep what a worker may take now: fresh, due again, or dropped by a killed one."""
    now = timezone.now()
    return PageChange.objects.filter(purged_at=None, due_at__lte=now, attempts__lt=MAX_ATTEMPTS)


def given_up() -> QuerySet[PageChange]:
    """Keep what caches were told in vain; it stays for a day, for whoever looks."""
    return PageChange.objects.filter(purged_at=None, attempts__gte=MAX_ATTEMPTS, lease="")


def purge_due(caches: Sequence[Purger], *, settling: timedelta = SETTLING) -> Tally:
    """Tell the caches of a batch of changes that are as old as that, the oldest first."""
    lease = secrets.token_hex(16)
    settled = due().filter(created_at__lte=timezone.now() - settling)
    keys = list(settled.order_by("pk").values_list("pk", flat=True)[:BATCH])
    due().filter(pk__in=keys).update(
        lease=lease, due_at=timezone.now() + LEASE, attempts=F("attempts") + 1
    )
    mine = PageChange.objects.filter(pk__in=keys, lease=lease)
    changes = list(mine)
    if not changes:
        return Tally()
    tags = {tag for change in changes for tag in change.tags.split()}
    if problem := _tell(caches, tags):
        return _postpone(mine, changes, problem)
    return Tally(told=mine.update(purged_at=timezone.now(), lease=""))


def _tell(caches: Sequence[Purger], tags: set[str]) -> str:
    """Tell every cache, whether another has failed or not; returns what went wrong, or ""."""
    problems = []
    for cache in caches:
        try:
            cache.purge(tags)
        except PurgeError as error:
            problems.append(str(error))
    return " ".join(problems)


def _postpone(mine: QuerySet[PageChange], changes: Sequence[PageChange], problem: str) -> Tally:
    over = sum(change.attempts >= MAX_ATTEMPTS for change in changes)
    now = timezone.now()
    for attempts in {change.attempts for change in changes}:
        pause = FIRST_PAUSE * 2 ** (attempts - 1)
        mine.filter(attempts=attempts).update(due_at=now + pause, lease="")
    if over:
        logger.error("Caches could not be told of %s changes: %s", over, problem)
    return Tally(failed=len(changes) - over, given_up=over, problem=problem)
