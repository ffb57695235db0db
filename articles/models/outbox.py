"""What every outbox has in common: rows that wait to be sent, and are taken by a lease."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.utils import timezone


class OutboxQuerySet(models.QuerySet[Any]):
    def waiting(self) -> Self:
        return self.filter(sent_at=None, dead_at=None)

    def due(self) -> Self:
        """Keep what a worker may take now: fresh, or due again, or dropped by a killed one."""
        return self.untaken()

    def untaken(self) -> Self:
        """Keep what is due by its own row, whatever else an outbox wants to be true."""
        return self.waiting().filter(due_at__lte=timezone.now())


class OutboxRow(models.Model):
    """A mail to be sent. A worker takes it by a lease and has it alone until that ends.

    `due_at` is when it may be taken: at once, after a pause, or when the lease of a worker
    that was killed has run out. `articles.outbox` does the taking.
    """

    created_at = models.DateTimeField("만든 때", default=timezone.now)
    due_at = models.DateTimeField("보낼 때", default=timezone.now)
    lease = models.CharField(max_length=32, blank=True)
    attempts = models.PositiveSmallIntegerField("시도", default=0)
    last_error = models.CharField("마지막 오류", max_length=500, blank=True)
    sent_at = models.DateTimeField("보낸 때", null=True, blank=True)
    dead_at = models.DateTimeField("포기한 때", null=True, blank=True)

    class Meta:
        abstract = True
