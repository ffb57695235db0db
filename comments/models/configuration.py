"""What the house decides about its discussions: for the site, and for one article."""

from __future__ import annotations

from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from articles.models import Article


class ModerationMode(models.TextChoices):
    POST = "post", "바로 공개"
    PRE = "pre", "승인 뒤 공개"
    FIRST = "first", "첫 댓글만 승인"


class Sort(models.TextChoices):
    NEWEST = "newest", "최신순"
    OLDEST = "oldest", "등록순"
    LIKES = "likes", "순공감순"
    RATIO = "ratio", "공감비율순"
    REPLIES = "replies", "답글순"


class CommentSettings(models.Model):
    """The site's own choices: one row, or none while all of them are the defaults."""

    SINGLE = 1

    writing_enabled = models.BooleanField(
        "댓글 쓰기 허용",
        default=True,
        help_text="끄면 모든 글에서 새 댓글, 수정, 공감, 신고가 멈춥니다. 읽기는 그대로입니다.",
    )
    mode = models.CharField(
        "공개 방식",
        max_length=10,
        choices=ModerationMode,
        blank=True,
        help_text="비워 두면 서버 설정(COMMENT_MODERATION)을 따릅니다.",
    )
    default_sort = models.CharField("기본 정렬", max_length=10, choices=Sort, default=Sort.NEWEST)
    close_after_days = models.PositiveIntegerField(
        "자동 마감(일)",
        null=True,
        blank=True,
        validators=[MaxValueValidator(99_999)],
        help_text="게재하고 이만큼 지나면 새 댓글을 받지 않습니다. 0은 마감하지 않음, "
        "비워 두면 서버 설정(COMMENT_CLOSE_AFTER_DAYS)을 따릅니다.",
    )
    report_threshold = models.PositiveSmallIntegerField(
        "신고 접기 기준",
        default=5,
        validators=[MinValueValidator(1)],
        help_text="서로 다른 독자 이만큼이 신고하면 댓글이 접힙니다.",
    )
    address_retention_days = models.PositiveIntegerField(
        "주소 기록 보관(일)",
        default=90,
        validators=[MinValueValidator(1), MaxValueValidator(3_650)],
        help_text="댓글에 남긴 접속 주소의 해시와 대역을 이만큼 뒤에 지웁니다.",
    )
    digest_address = models.EmailField(
        "운영 알림 받을 주소",
        blank=True,
        help_text="승인 대기 댓글을 모아 알려 드릴 주소입니다. 비우면 보내지 않습니다.",
    )

    class Meta:
        verbose_name = "댓글 설정"
        verbose_name_plural = "댓글 설정"
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="comments_commentsettings_single"),
            models.CheckConstraint(
                condition=Q(mode="") | Q(mode__in=ModerationMode.values),
                name="comments_commentsettings_mode_known",
            ),
        ]

    def __str__(self) -> str:
        return "댓글 설정"

    def save(self, **kwargs: Any) -> None:
        """Save the one row there is."""
        self.pk = self.SINGLE
        super().save(**kwargs)

    @classmethod
    def current(cls) -> Self:
        """Return the stored row, or the defaults where nobody has changed any."""
        return cls.objects.filter(pk=cls.SINGLE).first() or cls(pk=cls.SINGLE)


class DiscussionSettings(models.Model):
    """What an editor has decided about one article's discussion; empty means as the site does."""

    article = models.OneToOneField(
        Article,
        models.CASCADE,
        verbose_name="글",
        related_name="discussion_settings",
        primary_key=True,
    )
    mode = models.CharField("공개 방식", max_length=10, choices=ModerationMode, blank=True)
    default_sort = models.CharField("기본 정렬", max_length=10, choices=Sort, blank=True)
    close_after_days = models.PositiveIntegerField(
        "자동 마감(일)", null=True, blank=True, validators=[MaxValueValidator(99_999)]
    )

    class Meta:
        verbose_name = "글의 댓글 설정"
        verbose_name_plural = "글의 댓글 설정"
        constraints = [
            models.CheckConstraint(
                condition=Q(mode="") | Q(mode__in=ModerationMode.values),
                name="comments_discussionsettings_mode_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article}의 댓글 설정"
