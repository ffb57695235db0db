"""What is to be told by mail: to whom, of what, and the outbox that it waits in."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from articles.mail_addresses import masked
from articles.models import Article
from articles.models.outbox import OutboxQuerySet, OutboxRow
from comments.models.comment import Comment

# Nobody gets more than one message in this time; what comes meanwhile is collected.
QUIET_TIME = timedelta(minutes=10)


def _new_secret() -> str:
    return secrets.token_hex(16)


class Announcement(models.Model):
    """A comment that readers can see now, and of which nobody has been told yet.

    Written in the transaction that shows the comment, so that no crash can lose it; a comment
    is announced once, however often it is hidden and shown again.
    """

    comment = models.OneToOneField(
        Comment, models.CASCADE, verbose_name="댓글", related_name="announcement"
    )
    created_at = models.DateTimeField("만든 때", default=timezone.now)
    spread_at = models.DateTimeField("퍼뜨린 때", null=True, blank=True)

    class Meta:
        verbose_name = "알릴 댓글"
        verbose_name_plural = "알릴 댓글"
        indexes = [
            models.Index(
                fields=("id",),
                name="comments_to_announce",
                condition=models.Q(spread_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return str(self.comment_id)


class Recipient(models.Model):
    """An address that mail may go to, once its owner has said so.

    Addresses are stored as `comments.mail.recipients` normalises them. Mail for an account
    goes to the address that the account has now, which signing up has proven.
    """

    address = models.EmailField("주소", max_length=254, unique=True)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        verbose_name="계정",
        null=True,
        blank=True,
        related_name="mail_recipient",
    )
    # Part of the key that signs this recipient's links; a new one makes all of them void.
    secret = models.CharField(max_length=32, default=_new_secret, editable=False)
    created_at = models.DateTimeField("만든 때", default=timezone.now)
    asked_at = models.DateTimeField("확인 메일을 보낸 때", null=True, blank=True)
    confirmed_at = models.DateTimeField("확인한 때", null=True, blank=True)
    unsubscribed_at = models.DateTimeField("모두 그만둔 때", null=True, blank=True)
    last_mailed_at = models.DateTimeField("마지막으로 보낸 때", null=True, blank=True)

    class Meta:
        verbose_name = "메일 받는 사람"
        verbose_name_plural = "메일 받는 사람"
        ordering = ("-created_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(address=Lower("address")), name="comments_recipient_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def current_address(self) -> str:
        return self.account.email if self.account is not None else self.address

    @property
    def masked_address(self) -> str:
        """The address as a page shows it to whoever holds a link: m***@pildam.example."""
        return masked(self.current_address)

    @property
    def is_quiet(self) -> bool:
        """Whether the last message is so new that the next one has to wait."""
        return self.last_mailed_at is not None and self.quiet_until > timezone.now()

    @property
    def quiet_until(self) -> datetime:
        return (self.last_mailed_at or self.created_at) + QUIET_TIME


class FollowQuerySet(models.QuerySet["Follow"]):
    def confirmed(self) -> Self:
        """Keep what mail may be sent for. Nothing else says this rule."""
        return self.filter(
            Q(recipient__account=None) | Q(recipient__account__is_active=True),
            confirmed_at__isnull=False,
            recipient__unsubscribed_at=None,
        )


class Follow(models.Model):
    """A wish to be told: of the answers to a comment, or of all comments on an article."""

    recipient = models.ForeignKey(Recipient, models.CASCADE, related_name="follows")
    article = models.ForeignKey(Article, models.CASCADE, verbose_name="글", related_name="follows")
    # The comment whose answers are meant; none where the whole article is followed.
    comment = models.ForeignKey(
        Comment, models.CASCADE, verbose_name="댓글", null=True, blank=True, related_name="follows"
    )
    # The browser that asked for it. Anybody can type an address, so that a guest's wish
    # counts at once only from a browser whose wish the address has confirmed before.
    browser_hash = models.CharField(max_length=32, blank=True, editable=False)
    created_at = models.DateTimeField("만든 때", default=timezone.now)
    confirmed_at = models.DateTimeField("확인한 때", null=True, blank=True)

    objects = FollowQuerySet.as_manager()

    class Meta:
        verbose_name = "알림"
        verbose_name_plural = "알림"
        ordering = ("-created_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("recipient", "comment"),
                condition=Q(comment__isnull=False),
                name="comments_follow_replies_once",
            ),
            models.UniqueConstraint(
                fields=("recipient", "article"),
                condition=Q(comment__isnull=True),
                name="comments_follow_article_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.kind}"

    @property
    def kind(self) -> str:
        return "내 댓글의 답글" if self.comment_id else "새 댓글"

    @property
    def reader_key(self) -> str:
        """Whose wish it is, as `Block.reader` and the like name readers."""
        if self.recipient.account_id is not None:
            return f"account:{self.recipient.account_id}"
        return f"browser:{self.browser_hash}" if self.browser_hash else ""


class Notice(models.Model):
    """That a recipient is to be told of a comment, and the mail that tells it."""

    recipient = models.ForeignKey(Recipient, models.CASCADE, related_name="notices", db_index=False)
    comment = models.ForeignKey(Comment, models.CASCADE, related_name="notices")
    follow = models.ForeignKey(Follow, models.CASCADE, related_name="notices")
    mail = models.ForeignKey("OutgoingMail", models.CASCADE, null=True, related_name="notices")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "알릴 일"
        verbose_name_plural = "알릴 일"
        constraints = [
            # A recipient is told of a comment once, whatever the reason.
            models.UniqueConstraint(fields=("recipient", "comment"), name="comments_notice_once"),
        ]
        indexes = [
            models.Index(
                fields=("recipient",),
                name="comments_notices_pending",
                condition=Q(mail__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recipient_id}: {self.comment_id}"

    @property
    def is_reply(self) -> bool:
        """Whether the comment answers one of the recipient's own."""
        return self.follow.comment_id is not None


class OutgoingMail(OutboxRow):
    """A mail ready to be sent."""

    to = models.EmailField("받는 주소", max_length=254)
    # Empty for the moderators' own digest.
    recipient = models.ForeignKey(
        Recipient, models.CASCADE, verbose_name="받는 사람", null=True, related_name="mails"
    )
    # What must not be sent twice has the same key.
    key = models.CharField(max_length=100, unique=True)
    subject = models.CharField("제목", max_length=200)
    # Emptied once sent.
    text = models.TextField("글")
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    # How many comments it tells of; should one of them vanish, the mail is made anew.
    notice_count = models.PositiveIntegerField(default=0)
    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = "보내는 메일"
        verbose_name_plural = "보내는 메일"
        ordering = ("-created_at", "-pk")
        indexes = [
            models.Index(
                fields=("due_at",),
                name="comments_mail_due",
                condition=Q(sent_at__isnull=True, dead_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def state(self) -> str:
        if self.sent_at is not None:
            return "보냄"
        if self.dead_at is not None:
            return "포기함"
        return "다시 시도" if self.attempts else "기다림"
