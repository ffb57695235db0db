"""The states an article and its discussion can be in."""

from django.db import models


class Status(models.TextChoices):
    DRAFT = "draft", "초고"
    IN_REVIEW = "in_review", "검토 중"
    APPROVED = "approved", "승인"
    PUBLISHED = "published", "발행"
    WITHDRAWN = "withdrawn", "내림"


class Withdrawal(models.TextChoices):
    """What readers find at the address of a withdrawn article."""

    MISSING = "missing", "없는 글로 보이기 (404)"
    GONE = "gone", "내린 글이라고 알리기 (410)"


class CommentPolicy(models.TextChoices):
    OPEN = "open", "열림"
    READ_ONLY = "read_only", "읽기 전용"
    HIDDEN = "hidden", "숨김"
