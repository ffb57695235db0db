"""A request to take a comment from the readers because it violates somebody's rights.

What a request leads to is decided in `comments.takedowns`.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from comments.models.comment import Comment

LONGEST_BLIND_DAYS = 30
# A house rule; the law says "without delay".
_TIME_TO_DECIDE = timedelta(days=3)
# Neither letters nor digits that are taken for one another when read aloud.
_TICKET_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def new_ticket() -> str:
    """Return a number that nobody guesses, such as 7KQM-2XRD-HT4P-9WBE."""
    groups = ("".join(secrets.choice(_TICKET_ALPHABET) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


class TakedownState(models.TextChoices):
    RECEIVED = "received", "접수"
    BLINDED = "blinded", "임시조치"
    REJECTED = "rejected", "거절"
    RESTORED = "restored", "해제"
    REMOVED = "removed", "삭제"
    EXPIRED = "expired", "종료"


# What still has something to be decided about it.
OPEN_STATES = (TakedownState.RECEIVED, TakedownState.BLINDED)


class Relation(models.TextChoices):
    SELF = "self", "본인"
    AGENT = "agent", "대리인"


class Right(models.TextChoices):
    DEFAMATION = "defamation", "명예훼손"
    PRIVACY = "privacy", "사생활·개인정보"
    COPYRIGHT = "copyright", "저작권"
    OTHER = "other", "기타"


class TakedownQuerySet(models.QuerySet["Takedown"]):
    def overdue(self, now: datetime | None = None) -> Self:
        """Keep those whose comment was blinded until a moment that has passed."""
        return self.filter(state=TakedownState.BLINDED, blinded_until__lte=now or timezone.now())

    def ended_before(self, moment: datetime) -> Self:
        return self.filter(ended_at__lt=moment)


class Takedown(models.Model):
    """One request: who asks, why, and what became of it.

    Who asks is forgotten some time after the end; the ticket, the states and the times stay.
    """

    comment = models.ForeignKey(
        Comment, models.CASCADE, verbose_name="댓글", related_name="takedowns", editable=False
    )
    ticket = models.CharField(
        "접수 번호", max_length=19, unique=True, default=new_ticket, editable=False
    )
    state = models.CharField(
        "상태",
        max_length=10,
        choices=TakedownState,
        default=TakedownState.RECEIVED,
        editable=False,
    )
    name = models.CharField("요청한 분", max_length=50, blank=True, editable=False)
    email = models.EmailField("이메일", max_length=254, blank=True, editable=False)
    relation = models.CharField("관계", max_length=5, choices=Relation, editable=False)
    right = models.CharField("침해된 권리", max_length=10, choices=Right, editable=False)
    explanation = models.TextField("이유", blank=True, editable=False)
    # What the comment's author answers.
    objection = models.TextField("작성자의 이의", blank=True, editable=False)
    objected_at = models.DateTimeField("이의를 낸 때", null=True, editable=False)

    requested_at = models.DateTimeField("요청한 때", default=timezone.now, editable=False)
    decided_at = models.DateTimeField("정한 때", null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="정한 사람",
        null=True,
        editable=False,
        related_name="+",
    )
    decision_note = models.CharField("알린 말", max_length=300, blank=True, editable=False)
    blind_days = models.PositiveSmallIntegerField(
        "임시조치 기간(일)",
        null=True,
        editable=False,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_BLIND_DAYS)],
    )
    blinded_until = models.DateTimeField("임시조치 끝", null=True, editable=False)
    ended_at = models.DateTimeField("끝난 때", null=True, editable=False)

    objects = TakedownQuerySet.as_manager()

    class Meta:
        verbose_name = "권리침해 요청"
        verbose_name_plural = "권리침해 요청"
        ordering = ("-requested_at", "-pk")
        indexes = [
            models.Index(fields=("state", "requested_at"), name="comments_takedown_queue"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=TakedownState.values), name="comments_takedown_state_known"
            ),
            models.CheckConstraint(
                condition=Q(blind_days__isnull=True)
                | Q(blind_days__gte=1, blind_days__lte=LONGEST_BLIND_DAYS),
                name="comments_takedown_blind_30_days_at_most",
            ),
            models.CheckConstraint(
                condition=~Q(state=TakedownState.BLINDED)
                | Q(blind_days__isnull=False, blinded_until__isnull=False),
                name="comments_takedown_blinds_end",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES, ended_at__isnull=True)
                | (~Q(state__in=OPEN_STATES) & Q(ended_at__isnull=False)),
                name="comments_takedown_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.ticket

    def get_absolute_url(self) -> str:
        return reverse("comments:takedown_status", args=[self.ticket])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def due_at(self) -> datetime | None:
        """By when a moderator must have decided, or the blind ends; None when all is decided."""
        if self.state == TakedownState.RECEIVED:
            return self.requested_at + _TIME_TO_DECIDE
        return self.blinded_until if self.state == TakedownState.BLINDED else None
