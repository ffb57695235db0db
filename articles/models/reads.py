"""How often articles were read: by the day for good, by the hour for the ranking."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.db.models import F


class ReadsQuerySet(models.QuerySet[Any]):
    def add(self, counts: Mapping[tuple[int, Any], int]) -> None:
        """Add to the counts, given by article and period; rows that are missing are made.

        Everybody goes in the same order, so that two processes may wait for one another but
        never in a circle.
        """
        period = self.model.PERIOD
        rows = [
            (count, {"article_id": article, period: begin})
            for (article, begin), count in sorted(counts.items())
        ]
        self.bulk_create((self.model(**key) for _, key in rows), ignore_conflicts=True)
        for count, key in rows:
            self.filter(**key).update(count=F("count") + count)


class Reads(models.Model):
    """The reads of one article in one period, which the field named PERIOD holds."""

    PERIOD: ClassVar[str]

    article = models.ForeignKey(
        "articles.Article", models.CASCADE, verbose_name="글", related_name="+", db_index=False
    )
    count = models.PositiveIntegerField("읽힌 횟수", default=0)

    objects = ReadsQuerySet.as_manager()

    class Meta:
        abstract = True
        # Nobody edits them, so no role has to be given anything.
        default_permissions = ()

    def __str__(self) -> str:
        return f"{getattr(self, self.PERIOD)} · {self.count}"


class DailyReads(Reads):
    PERIOD = "day"

    day = models.DateField("날짜", db_index=True)

    class Meta(Reads.Meta):
        verbose_name = "하루의 읽힘"
        verbose_name_plural = "하루의 읽힘"
        constraints = [
            models.UniqueConstraint(
                fields=("article", "day"), name="articles_dailyreads_once_per_day"
            )
        ]


class HourlyReads(Reads):
    PERIOD = "hour"

    hour = models.DateTimeField("시각", db_index=True)

    class Meta(Reads.Meta):
        verbose_name = "한 시간의 읽힘"
        verbose_name_plural = "한 시간의 읽힘"
        constraints = [
            models.UniqueConstraint(
                fields=("article", "hour"), name="articles_hourlyreads_once_per_hour"
            )
        ]
