"""The log of every decision about a comment, and what moderators tell one another."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from articles.models import AppendOnly, AppendOnlyQuerySet
from comments.models.comment import Comment


class Action(models.TextChoices):
    EDIT = "edit", "작성자 수정"
    ERASE = "erase", "작성자 삭제"
    APPROVE = "approve", "공개"
    HOLD = "hold", "대기로"
    HIDE = "hide", "가림"
    SPAM = "spam", "스팸으로"
    TRASH = "trash", "휴지통으로"
    FOLD = "fold", "신고로 접힘"
    CLEAR = "clear", "신고 해제"
    RECOMMEND = "recommend", "추천"
    UNRECOMMEND = "unrecommend", "추천 취소"
    BLIND = "blind", "임시조치"
    UNBLIND = "unblind", "임시조치 해제"
    REFUSE = "refuse", "권리침해 요청 거절"
    UNDO = "undo", "되돌림"
    PURGE = "purge", "보관 기간 지남"
    BAN = "ban", "쓰기 제한"
    UNBAN = "unban", "쓰기 제한 풀기"


class ModerationEvent(AppendOnly):
    """One decision: who, what, why, and the status before and after.

    The comment is named by its number, so that the log outlives whatever it tells of; the
    actor's name is kept beside the account for the same reason.
    """

    comment_ref = models.BigIntegerField("댓글 번호", db_index=True)
    article_ref = models.BigIntegerField("글 번호")
    action = models.CharField("한 일", max_length=12, choices=Action)
    before = models.CharField("앞 상태", max_length=10, blank=True)
    after = models.CharField("뒤 상태", max_length=10, blank=True)
    reason = models.CharField("이유", max_length=500, blank=True)
    # What else of the comment the decision overwrote, so that it can be undone.
    overwritten = models.JSONField(default=dict, blank=True, editable=False)
    # Empty for rules and readers, who have no account here.
    actor_ref = models.BigIntegerField(null=True)
    actor_name = models.CharField("한 사람", max_length=100)
    # What was decided together can be undone together.
    batch = models.CharField(max_length=32, blank=True, db_index=True)
    at = models.DateTimeField("때", default=timezone.now, db_index=True)

    objects = AppendOnlyQuerySet["ModerationEvent"].as_manager()

    class Meta:
        verbose_name = "운영 기록"
        verbose_name_plural = "운영 기록"
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.comment_ref}"


class ModeratorNote(models.Model):
    """What one moderator tells the others about a comment or its author."""

    comment = models.ForeignKey(Comment, models.CASCADE, verbose_name="댓글", related_name="notes")
    author_key = models.CharField("쓴 사람 열쇠", max_length=120, db_index=True, editable=False)
    text = models.CharField("메모", max_length=1000)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="적은 사람",
        null=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField("적은 때", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "운영 메모"
        verbose_name_plural = "운영 메모"
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.text[:40]
