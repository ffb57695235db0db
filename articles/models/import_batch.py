"""Files that somebody has uploaded at the desk, and the documents found in them, until all are in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

KEPT_FOR = timedelta(days=7)


class ImportState(models.TextChoices):
    READING = "reading", "살펴보는 중"
    REVIEW = "review", "확인을 기다림"
    STORING = "storing", "가져오는 중"
    LINKING = "linking", "글 사이의 링크를 잇는 중"
    DONE = "done", "끝남"


class ImportStatus(models.TextChoices):
    """What becomes of an article's status, as the importer's options name it."""

    DRAFT = "draft", "초고로"
    SOURCE = "source", "원본 그대로"


class RowAction(models.TextChoices):
    CREATED = "created", "새 글"
    UPDATED = "updated", "고침"
    UNCHANGED = "unchanged", "그대로"
    FAILED = "failed", "실패"


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    def of(self, user: Any) -> ImportBatchQuerySet:
        """Keep what this colleague has uploaded; nobody sees the uploads of others."""
        return self.filter(made_by=user.pk)

    def kept_long_enough(self, at: datetime | None = None) -> ImportBatchQuerySet:
        return self.filter(touched_at__lt=(at or timezone.now()) - KEPT_FOR)


class ImportBatch(models.Model):
    """One upload on its way in, in steps of a few seconds.

    `files` are the names of the uploaded files in order. `cursor` says how far the step at work
    has come: while reading {"file", "source", "reading", "sources"}, afterwards {"row"}.
    """

    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="import_batches"
    )
    made_at = models.DateTimeField("올린 때", default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.READING)
    # The folder of the files, below the one that the settings name; random, so that none is guessed.
    folder = models.CharField(max_length=32, unique=True)
    files = models.JSONField(default=list)
    cursor = models.JSONField(default=dict)
    # What stands in where a document names none, and what becomes of its status.
    author = models.CharField(max_length=100, blank=True)
    category = models.CharField(max_length=100, blank=True)
    status = models.CharField(max_length=10, choices=ImportStatus, default=ImportStatus.DRAFT)
    # Why articles are shown to readers without being checked one by one.
    reason = models.CharField(max_length=1000, blank=True)
    # What exports hold beside articles: {"left_out": {"attachments": 3}, "comments": 12}.
    remainder = models.JSONField(default=dict)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = "가져오기"
        verbose_name_plural = "가져오기"
        default_permissions = ()
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return ", ".join(self.files)

    @property
    def is_over(self) -> bool:
        return self.state == ImportState.DONE

    def touch(self, **changes: Any) -> None:
        """Store these changes, and that somebody is still at it."""
        for name, value in (changes | {"touched_at": timezone.now()}).items():
            setattr(self, name, value)
        self.save(update_fields=[*changes, "touched_at"])


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    def for_list(self) -> ImportRowQuerySet:
        """Load what a table shows: no texts."""
        return self.defer("body").select_related("article")

    def waiting(self) -> ImportRowQuerySet:
        """Keep what is still to be stored."""
        return self.filter(is_included=True, outcome="").exclude(action=RowAction.FAILED)

    def with_problems(self) -> ImportRowQuerySet:
        return self.filter(Q(action=RowAction.FAILED) | Q(warning_count__gt=0))

    def with_guesses(self) -> ImportRowQuerySet:
        return self.filter(guess_count__gt=0)


class ImportRow(models.Model):
    """One document of an upload: what was found, what was corrected, and what became of it.

    `found` is the document without its body, as `articles.intake.import_rows` writes it.
    """

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    # Which of the uploaded files it is from, its path there, and by what it is known again.
    file = models.PositiveIntegerField(default=0)
    label = models.CharField(max_length=500)
    title = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=500, blank=True)
    ref = models.CharField(max_length=500, blank=True)
    is_self_named = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, blank=True)
    found = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    # Field to value, only of what differs from what was found.
    corrections = models.JSONField(default=dict)

    # What storing it would do, as far as is known by now.
    action = models.CharField(max_length=10, choices=RowAction)
    problem = models.TextField(blank=True)
    warnings = models.JSONField(default=list)
    warning_count = models.PositiveIntegerField(default=0)
    guess_count = models.PositiveIntegerField(default=0)
    length = models.PositiveIntegerField(default=0)
    pictures_found = models.PositiveIntegerField(default=0)
    pictures_missing = models.PositiveIntegerField(default=0)
    # What the desk has changed of the article since it came in.
    edited = models.JSONField(default=list)
    # Whether readers would see at once what is stored.
    is_shown = models.BooleanField(default=False)

    is_included = models.BooleanField(default=True)
    overwrites = models.BooleanField(default=False)

    outcome = models.CharField(max_length=10, choices=RowAction, blank=True)
    article = models.ForeignKey(
        "articles.Article", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = "가져올 글"
        verbose_name_plural = "가져올 글"
        default_permissions = ()
        ordering = ("batch", "number")
        constraints = [
            models.UniqueConstraint(fields=("batch", "number"), name="articles_import_row_once")
        ]

    def __str__(self) -> str:
        return self.label
