"""What search engines and hubs were last told of each article."""

from __future__ import annotations

from django.db import models


class Announcement(models.Model):
    """The state of one article as one receiver knows it.

    The article is a number and no relation, because what was deleted is still to be told.
    """

    class Receiver(models.TextChoices):
        INDEXNOW = "indexnow", "IndexNow"
        WEBSUB = "websub", "WebSub"

    receiver = models.CharField("받는 곳", max_length=10, choices=Receiver)
    article_ref = models.BigIntegerField("글 번호")
    slug = models.CharField("주소", max_length=100)
    changed_at = models.DateTimeField("바뀐 때")

    class Meta:
        verbose_name = "알린 변경"
        verbose_name_plural = "알린 변경"
        constraints = [
            models.UniqueConstraint(
                fields=("receiver", "article_ref"), name="articles_announcement_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.receiver} · {self.slug}"
