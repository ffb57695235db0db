"""Addresses that readers asked for in vain."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class MissingPageQuerySet(models.QuerySet["MissingPage"]):
    def open(self) -> MissingPageQuerySet:
        """Keep what an editor has not yet set aside."""
        return self.filter(ignored=False)

    def forget_least(self, count: int) -> None:
        """Make room: the addresses that were asked for least, and longest ago, go first."""
        least = self.order_by("hits", "last_seen").values_list("pk", flat=True)[:count]
        self.filter(pk__in=list(least)).delete()


class MissingPage(models.Model):
    """A path, decoded and in NFC, without its query; nothing about who asked for it."""

    path = models.CharField("주소", max_length=500, unique=True)
    hits = models.PositiveIntegerField("찾은 횟수", default=1)
    first_seen = models.DateTimeField("처음", default=timezone.now)
    last_seen = models.DateTimeField("마지막", default=timezone.now)
    # A path of this site, or the name of another one.
    referrer = models.CharField("들어온 곳", max_length=500, blank=True)
    ignored = models.BooleanField("무시함", default=False)

    objects = MissingPageQuerySet.as_manager()

    class Meta:
        verbose_name = "없는 주소"
        verbose_name_plural = "없는 주소"
        ordering = ("-hits", "-last_seen")
        indexes = [models.Index(fields=("ignored", "-hits"), name="articles_missing_most")]

    def __str__(self) -> str:
        return self.path
