"""The states an article and its discussion can be in."""

from django.db import models


class Status(models.TextChoices):
    DRAFT = "draft", "초고"
    IN_REVIEW = "in_review", "검토 중"
    PUBLISHED = "published", "발행"
    WITHDRAWN = "withdrawn", "내림"


class CommentPolicy(models.TextChoices):
    OPEN = "open", "열림"
    READ_ONLY = "read_only", "읽기 전용"
    HIDDEN = "hidden", "숨김"
