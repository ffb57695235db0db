"""The moderators' own rules: words to look at, and writers who may not write."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from articles.queries.compiled import CompiledQuery
from comments.models.comment import Comment
from comments.models.comment_queryset import NO_ACCOUNT, NO_HASH


def exceptions_in(text: str) -> tuple[str, ...]:
    """Return the exceptions that are written one a line."""
    return tuple(filter(None, (line.strip() for line in text.splitlines())))


class WordRule(models.Model):
    """A word that makes a moderator look, in the text, the name or a link of a comment."""

    class Target(models.TextChoices):
        BODY = "body", "내용"
        NAME = "name", "이름"
        LINK = "link", "링크"

    class Effect(models.TextChoices):
        HOLD = "hold", "승인 대기"
        SPAM = "spam", "스팸함"

    pattern = models.CharField("낱말", max_length=100)
    target = models.CharField("찾을 곳", max_length=4, choices=Target, default=Target.BODY)
    effect = models.CharField("걸리면", max_length=4, choices=Effect, default=Effect.HOLD)
    exceptions = models.TextField(
        "예외",
        blank=True,
        help_text="이 낱말이 들어 있어도 괜찮은 말을 한 줄에 하나씩 적습니다. 예: 시발점",
    )
    category = models.CharField("갈래", max_length=20, blank=True)
    is_enabled = models.BooleanField("사용", default=True)
    created_at = models.DateTimeField("만든 때", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "낱말 규칙"
        verbose_name_plural = "낱말 규칙"
        ordering = ("target", "pattern")
        constraints = [
            models.UniqueConstraint(fields=("pattern", "target"), name="comments_wordrule_unique"),
            models.CheckConstraint(condition=~Q(pattern=""), name="comments_wordrule_not_empty"),
        ]

    def __str__(self) -> str:
        return self.pattern

    @property
    def exception_list(self) -> tuple[str, ...]:
        return exceptions_in(self.exceptions)


class BanQuerySet(models.QuerySet["Ban"]):
    def in_force(self, at: datetime | None = None) -> Self:
        at = at or timezone.now()
        return self.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=at))

    def against(self, account_id: int, network_hash: str) -> Self:
        """Keep what keeps this account, or this network, from writing."""
        return self.filter(Q(account=account_id) | Q(network_hash=network_hash))


class Ban(models.Model):
    """Somebody who may not write, vote or report: an account, or whoever comes from a network."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        verbose_name="계정",
        null=True,
        blank=True,
        related_name="comment_bans",
    )
    network_hash = models.CharField("주소 해시", max_length=32, blank=True, db_index=True)
    # What gave the occasion, by which moderators recognise whom they have banned.
    comment = models.ForeignKey(
        Comment,
        models.SET_NULL,
        verbose_name="계기가 된 댓글",
        null=True,
        blank=True,
        editable=False,
        related_name="bans",
    )
    reason = models.CharField("이유", max_length=300)
    expires_at = models.DateTimeField(
        "끝나는 때", null=True, blank=True, help_text="비워 두면 풀 때까지 이어집니다."
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="막은 사람",
        null=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField("막은 때", default=timezone.now, editable=False)

    objects = BanQuerySet.as_manager()

    class Meta:
        verbose_name = "쓰기 제한"
        verbose_name_plural = "쓰기 제한"
        ordering = ("-created_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(account__isnull=False) | ~Q(network_hash=""),
                name="comments_ban_names_somebody",
                violation_error_message="계정이나 주소 해시 가운데 하나는 있어야 합니다.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.account or self.network_hash[:8])

    @property
    def is_in_force(self) -> bool:
        return self.expires_at is None or self.expires_at > timezone.now()

    @property
    def notice(self) -> str:
        """What whoever is banned is told: that it is so, why, and until when."""
        until = "당분간"
        if self.expires_at is not None:
            until = f"{timezone.localtime(self.expires_at):%Y년 %-m월 %-d일 %H:%M}까지"
        return f"운영 규칙에 따라 {until} 쓰실 수 없습니다. 이유: {self.reason}"

    def clean(self) -> None:
        if self.expires_at is not None and self.expires_at <= timezone.now():
            raise ValidationError({"expires_at": "이미 지난 때입니다."})

    @classmethod
    def against(cls, account: User | None, network_hash: str) -> Ban | None:
        """Return the ban that keeps this writer from writing now, if there is one."""
        account_id = account.pk if account is not None else NO_ACCOUNT
        found: list[Ban] = _against(account_id, network_hash or NO_HASH, timezone.now())
        endless = [ban for ban in found if ban.expires_at is None]
        return (endless or found)[-1] if found else None


_against = CompiledQuery(
    lambda account_id, network_hash, at: (
        Ban.objects.in_force(at).against(account_id, network_hash).order_by("expires_at")
    )
)
