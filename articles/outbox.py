"""Taking mails out of an outbox: by leases, so that many workers can, and none loses one.

A worker takes a mail by one conditional UPDATE, which only one of several can win. It then has
it alone until the lease ends. If it is killed, another takes the mail after that: each mail
goes out once, or twice where the worker died between the mail server's yes and its own note.
"""

from __future__ import annotations

import logging
import secrets
from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from articles.models.outbox import OutboxQuerySet, OutboxRow

logger = logging.getLogger(__name__)

# Longer than a mail server that answers nothing can take: see EMAIL_TIMEOUT.
LEASE = timedelta(minutes=5)
FIRST_PAUSE = timedelta(minutes=1)
# A mail that could not be sent so often is given up, until a person looks at it.
MAX_ATTEMPTS = 8


def take(rows: OutboxQuerySet, pk: int) -> Any | None:
    """Lease a mail out of `rows`, or return None if another worker has it or it is gone."""
    if not rows.due().filter(pk=pk).exists():
        return None
    lease = secrets.token_hex(16)
    # Of a row that another worker has just changed PostgreSQL looks at its own columns once more,
    # and at nothing that they were compared or joined with.
    rows.untaken().filter(pk=pk).update(
        lease=lease, due_at=timezone.now() + LEASE, attempts=F("attempts") + 1
    )
    return rows.filter(pk=pk, lease=lease).first()


def is_hopeless(row: OutboxRow) -> bool:
    """Whether its workers were killed each time; perhaps by the mail itself."""
    return row.attempts > MAX_ATTEMPTS


def fail(row: OutboxRow, error: Exception) -> bool:
    """Try again later, or give the mail up after so many attempts; whether it was given up."""
    # The error itself may name the address, which the log is not to know.
    logger.warning("%s %s was not sent: %s", row._meta.object_name, row.pk, type(error).__name__)
    reason = f"{type(error).__name__}: {error}"
    if row.attempts >= MAX_ATTEMPTS:
        return give_up(row, reason)
    pause = FIRST_PAUSE * 2 ** (row.attempts - 1)
    note(row, due_at=timezone.now() + pause, lease="", last_error=_storable(reason))
    return False


def give_up(row: OutboxRow, reason: str) -> bool:
    """Leave the mail to a person; whether it was still this worker's."""
    logger.error("%s %s is given up.", row._meta.object_name, row.pk)
    return note(row, dead_at=timezone.now(), lease="", last_error=_storable(reason))


def note(row: OutboxRow, **fields: object) -> bool:
    """Write what became of the mail, unless the lease has run out and another has it."""
    rows = type(row)._default_manager.filter(pk=row.pk, lease=row.lease)
    return rows.update(**fields) == 1


def _storable(reason: str) -> str:
    return reason.replace("\x00", "")[:500]
