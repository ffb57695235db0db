"""The desk's audit log: every step of an article, written once and never changed."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from articles.models.append_only import AppendOnly, AppendOnlyQuerySet


class Deed(models.TextChoices):
    CREATE = "create", "새로 씀"
    IMPORT = "import", "가져옴"
    SAVE = "save", "저장"
    RESTORE = "restore", "되살림"
    SUBMIT = "submit", "검토 요청"
    RECALL = "recall", "검토 요청 거둠"
    RETURN = "return", "돌려보냄"
    APPROVE = "approve", "승인"
    SCHEDULE = "schedule", "예약"
    RESCHEDULE = "reschedule", "예약 시각 바꿈"
    PUBLISH = "publish", "발행"
    OVERRIDE = "override", "점검을 넘고 발행"
    WITHDRAW = "withdraw", "내림"
    REVIVE = "revive", "초고로 되돌림"
    DROP = "drop", "고친 내용 버림"
    ADDRESS = "address", "주소 바꿈"
    SHARE = "share", "미리 보기 주소 만듦"
    UNSHARE = "unshare", "미리 보기 주소 거둠"
    DELETE = "delete", "지움"
    REFUSED = "refused", "권한 없는 시도"


class DeskEventQuerySet(AppendOnlyQuerySet["DeskEvent"]):
    def of(self, article: models.Model) -> DeskEventQuerySet:
        return self.filter(article_ref=article.pk)


class DeskEvent(AppendOnly):
    """One step: who did what to which article, when and with which words.

    Article and account are named by number and name, so that the log outlives both.
    """

    article_ref = models.BigIntegerField("글 번호", db_index=True)
    article_title = models.CharField("글 제목", max_length=200)
    deed = models.CharField("한 일", max_length=12, choices=Deed)
    note = models.CharField("남긴 말", max_length=1000, blank=True)
    # What else is worth knowing, such as {"revision": 3, "problems": ["no_category"]}.
    detail = models.JSONField("자세히", default=dict, blank=True)
    # None for commands, which have no account here.
    actor_ref = models.BigIntegerField(null=True)
    actor_name = models.CharField("한 사람", max_length=100)
    at = models.DateTimeField("때", default=timezone.now, db_index=True)

    objects = DeskEventQuerySet.as_manager()

    class Meta:
        verbose_name = "편집 기록"
        verbose_name_plural = "편집 기록"
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.get_deed_display()}: {self.article_title}"
