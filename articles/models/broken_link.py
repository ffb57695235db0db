"""Links of published articles that led nowhere when they were last looked at."""

from django.db import models
from django.utils import timezone

from articles.models.article import Article


class BrokenLink(models.Model):
    """One line of the report that `manage.py check_links` keeps."""

    article = models.ForeignKey(
        Article, models.CASCADE, verbose_name="글", related_name="broken_links"
    )
    address = models.CharField("주소", max_length=500)
    line = models.PositiveIntegerField("줄")
    reason = models.CharField("까닭", max_length=200)
    found_at = models.DateTimeField("찾은 때", default=timezone.now)

    class Meta:
        verbose_name = "끊긴 링크"
        verbose_name_plural = "끊긴 링크"
        ordering = ("-found_at", "article", "line")
        constraints = [
            models.UniqueConstraint(
                fields=("article", "line", "address"), name="articles_brokenlink_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.line}째 줄 {self.address}"
