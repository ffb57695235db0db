"""What has changed on public pages: the one truth that every store of pages follows."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class PageChange(models.Model):
    """A change, written in the transaction that makes it.

    Processes of the site read it to drop what they have stored; a worker reads it to purge what
    stands in front. SQLite numbers the rows in the order in which they are committed, PostgreSQL
    does not.
    """

    # Separated by spaces: a page that carries one of them is to be made anew.
    tags = models.TextField("표지")
    created_at = models.DateTimeField("때", default=timezone.now, db_index=True)
    # For the worker that purges caches in front: who is at it, until when, and when it was done.
    lease = models.CharField(max_length=32, blank=True)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    purged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "바뀐 지면"
        verbose_name_plural = "바뀐 지면"
        ordering = ("pk",)
        indexes = [
            models.Index(
                fields=("due_at",),
                condition=models.Q(purged_at__isnull=True),
                name="articles_pagechange_unpurged",
            ),
        ]

    def __str__(self) -> str:
        return self.tags
