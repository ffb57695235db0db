"""What somebody is writing and has not saved yet, and who is at which article now."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

# A page that is open says so more often than this.
PRESENT_FOR = timedelta(seconds=45)
KEPT_FOR = timedelta(days=90)
PRESENCES_KEPT_FOR = timedelta(days=1)
SITTING = re.compile(r"[0-9a-f]{32}")


class WorkingCopyQuerySet(models.QuerySet["WorkingCopy"]):
    def offered_to(self, writer: Any, article: models.Model | None) -> WorkingCopyQuerySet:
        """Keep what this writer left unsaved in the article (None: in a new one), newest first."""
        return self.filter(writer=writer, article=article, discarded_at=None).order_by(
            "-updated_at", "-pk"
        )

    def of_sitting(self, sitting: str, writer: Any) -> WorkingCopy | None:
        """Return what this writer left in a sitting of their own, thrown away or not."""
        if not WorkingCopy.is_sitting(sitting):
            return None
        return self.filter(sitting=sitting, writer=writer).first()

    def kept_long_enough(self, at: datetime | None = None) -> WorkingCopyQuerySet:
        return self.filter(updated_at__lt=(at or timezone.now()) - KEPT_FOR)


class WorkingCopy(models.Model):
    """The text of one sitting as its writer's form held it: one row, however often it is saved.

    Saving the article removes it; a copy that was left or thrown away stays in the history
    until it is purged.
    """

    # Made by the form when it is opened; whoever sends it again writes into the same row.
    sitting = models.CharField(max_length=32, unique=True)
    # None for an article that nobody has saved yet, and for one that somebody has deleted: what
    # was being written in it is then offered to its writer as a new article.
    article = models.ForeignKey(
        "articles.Article",
        models.SET_NULL,
        verbose_name="글",
        null=True,
        blank=True,
        related_name="working_copies",
    )
    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        verbose_name="쓰는 사람",
        related_name="working_copies",
    )
    # The form's fields by name, as the browser sent them.
    form = models.JSONField(default=dict, editable=False)
    # The digest of the version that the writer began with.
    base = models.CharField(max_length=64, blank=True)
    started_at = models.DateTimeField("시작한 때", default=timezone.now)
    updated_at = models.DateTimeField("마지막으로 쓴 때", default=timezone.now)
    discarded_at = models.DateTimeField("버린 때", null=True, blank=True)

    objects = WorkingCopyQuerySet.as_manager()

    class Meta:
        verbose_name = "작업본"
        verbose_name_plural = "작업본"
        indexes = [
            models.Index(
                fields=("writer", "article", "-updated_at"), name="articles_working_copies_of"
            )
        ]

    def __str__(self) -> str:
        return f"{self.writer} · {self.title}"

    @staticmethod
    def is_sitting(text: str) -> bool:
        """Whether a text can name a sitting at all."""
        return SITTING.fullmatch(text) is not None

    @property
    def title(self) -> str:
        return str(self.form.get("title", "")).strip() or "제목 없음"

    @property
    def length(self) -> int:
        """How many characters the body has."""
        return len(str(self.form.get("body", "")).strip())

    def discard(self) -> None:
        """Offer the copy no more; it stays in the history."""
        self.discarded_at = timezone.now()
        self.save(update_fields=["discarded_at"])


class PresenceQuerySet(models.QuerySet["Presence"]):
    def at_article(self, article: models.Model, at: datetime | None = None) -> PresenceQuerySet:
        """Keep who has the article open now."""
        since = (at or timezone.now()) - PRESENT_FOR
        return self.filter(article=article, seen_at__gt=since).select_related("user")

    def note(self, article: models.Model, user: Any) -> None:
        """Say that this user has the article open, now."""
        self.bulk_create(
            [self.model(article=article, user=user, seen_at=timezone.now())],
            update_conflicts=True,
            unique_fields=["article", "user"],
            update_fields=["seen_at"],
        )

    def long_gone(self) -> PresenceQuerySet:
        return self.filter(seen_at__lt=timezone.now() - PRESENCES_KEPT_FOR)


class Presence(models.Model):
    """Somebody has an article open at the desk; one row each, renewed while the page is open."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(default=timezone.now)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name = "편집 중인 사람"
        verbose_name_plural = "편집 중인 사람"
        constraints = [
            models.UniqueConstraint(fields=("article", "user"), name="articles_presence_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.article_id}"
