"""Every version of an article that somebody has saved: who, when and what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from articles.models.append_only import WrittenOnce


class RevisionKind(models.TextChoices):
    BASELINE = "baseline", "처음 모습"
    SAVED = "saved", "저장"
    RESTORED = "restored", "되살림"
    IMPORTED = "imported", "가져오기"
    PUBLISHED = "published", "발행"


@dataclass(frozen=True, slots=True)
class Head:
    """What the next editor begins with: the version that waits, or else what is stored."""

    content: dict[str, Any]
    digest: str
    is_pending: bool


class RevisionQuerySet(models.QuerySet["Revision"]):
    def without_content(self) -> RevisionQuerySet:
        """Load what a list shows, and not a hundred essays."""
        return self.defer("content")

    def newest_first(self) -> RevisionQuerySet:
        return self.order_by("-number")

    def with_digest(self, digest: str) -> Revision | None:
        """Return the newest version that says exactly this, if one does."""
        return self.filter(digest=digest).order_by("-number").first()


class Revision(WrittenOnce):
    """One version, whole. It is never changed; what was right once is restored as a new one."""

    article = models.ForeignKey(
        "articles.Article", models.CASCADE, verbose_name="글", related_name="revisions"
    )
    # Counted from 1 within the article, without gaps.
    number = models.PositiveIntegerField("판")
    kind = models.CharField("종류", max_length=10, choices=RevisionKind)
    # What `articles.content` says of the article, and its digest.
    content = models.JSONField(default=dict, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="저장한 계정",
        null=True,
        blank=True,
        related_name="+",
    )
    # Beside the account, so that the history outlives it.
    author_name = models.CharField("저장한 사람", max_length=100, blank=True)
    note = models.CharField("메모", max_length=300, blank=True)
    saved_at = models.DateTimeField("저장한 때", default=timezone.now)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = "판"
        verbose_name_plural = "판"
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(
                fields=("article", "number"), name="articles_revision_number_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=RevisionKind.values),
                name="articles_revision_kind_known",
            ),
        ]
        indexes = [models.Index(fields=("article", "digest"), name="articles_revision_by_digest")]

    def __str__(self) -> str:
        return f"{self.number}판 · {self.get_kind_display()}"
