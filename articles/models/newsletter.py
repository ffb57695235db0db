"""The newsletter: who wants which articles by mail, what is mailed, and each single letter."""

from __future__ import annotations

import secrets
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from articles.mail_addresses import masked
from articles.models.article import Article
from articles.models.author import Author
from articles.models.category import Category
from articles.models.outbox import OutboxQuerySet, OutboxRow
from articles.models.series import Series

_TARGETS = ("category", "series", "author")


def _new_secret() -> str:
    return secrets.token_hex(16)


class Newsletter(models.Model):
    """One row: since when letters are sent, whether they are, and when the next one may leave."""

    SINGLE = 1

    began_at = models.DateTimeField("시작한 때", default=timezone.now)
    is_paused = models.BooleanField("멈춤", default=False)
    # Whoever sends moves it on first: so all workers together keep the rate.
    next_letter_at = models.DateTimeField(default=timezone.now)
    # Those who have left are forgotten, and only counted.
    left_count = models.PositiveIntegerField("그만둔 분", default=0)

    class Meta:
        verbose_name = "메일 구독"
        verbose_name_plural = "메일 구독"
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="articles_newsletter_single"),
        ]

    def __str__(self) -> str:
        return "메일 구독"

    @classmethod
    def current(cls) -> Self:
        """Return the row; the newsletter begins when somebody asks for it the first time."""
        return cls.objects.get_or_create(pk=cls.SINGLE)[0]


class Subscriber(models.Model):
    """A mailbox that letters may go to, once its owner has said so; nothing else is known of it.

    Addresses are stored as `articles.mail_addresses` normalises them.
    """

    address = models.EmailField("주소", max_length=254, unique=True)
    # Part of the key that signs this mailbox's links.
    secret = models.CharField(max_length=32, default=_new_secret, editable=False)
    created_at = models.DateTimeField("만든 때", default=timezone.now)
    asked_at = models.DateTimeField("확인 메일을 청한 때", null=True)
    confirmed_at = models.DateTimeField("확인한 때", null=True)
    left_at = models.DateTimeField("모두 그만둔 때", null=True)

    class Meta:
        verbose_name = "구독자"
        verbose_name_plural = "구독자"
        constraints = [
            models.CheckConstraint(
                condition=Q(address=Lower("address")), name="articles_subscriber_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return f"구독자 {self.pk}"

    @property
    def masked_address(self) -> str:
        return masked(self.address)


class Frequency(models.TextChoices):
    EACH = "each", "새 글이 나올 때마다"
    WEEKLY = "weekly", "한 주에 한 번 모아서"


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def confirmed(self) -> Self:
        """Keep what letters may be sent for. Nothing else says this rule."""
        return self.filter(confirmed_at__isnull=False, subscriber__left_at=None)

    def unconfirmed(self) -> Self:
        return self.filter(confirmed_at=None)

    def with_targets(self) -> Self:
        return self.select_related(*_TARGETS)


class Subscription(models.Model):
    """A wish to get articles: of a category, a series or an author, or all of them."""

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="subscriptions")
    category = models.ForeignKey(Category, models.CASCADE, null=True, related_name="+")
    series = models.ForeignKey(Series, models.CASCADE, null=True, related_name="+")
    author = models.ForeignKey(Author, models.CASCADE, null=True, related_name="+")
    frequency = models.CharField("언제", max_length=6, choices=Frequency)
    created_at = models.DateTimeField("청한 때", default=timezone.now)
    confirmed_at = models.DateTimeField("확인한 때", null=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = "구독"
        verbose_name_plural = "구독"
        ordering = ("pk",)
        constraints = [
            *(
                models.UniqueConstraint(
                    fields=("subscriber", target),
                    condition=Q(**{f"{target}__isnull": False}),
                    name=f"articles_subscription_{target}_once",
                )
                for target in _TARGETS
            ),
            models.UniqueConstraint(
                fields=("subscriber",),
                condition=Q(category=None, series=None, author=None),
                name="articles_subscription_site_once",
            ),
            models.CheckConstraint(
                condition=Q(category=None, series=None)
                | Q(series=None, author=None)
                | Q(category=None, author=None),
                name="articles_subscription_one_target",
            ),
            models.CheckConstraint(
                condition=Q(frequency__in=Frequency.values),
                name="articles_subscription_frequency_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What is subscribed to, as readers are told."""
        if self.category is not None:
            return f"카테고리 ‘{self.category.name}’의 글"
        if self.series is not None:
            return f"연재 ‘{self.series.title}’"
        if self.author is not None:
            return f"{self.author.name} 님의 글"
        return "모든 새 글"


class MailingState(models.TextChoices):
    WAITING = "waiting", "기다림"
    SENDING = "sending", "보내는 중"
    DONE = "done", "보냄"
    STOPPED = "stopped", "멈춤"
    SKIPPED = "skipped", "보내지 않음"


class Mailing(models.Model):
    """An article, or the articles of a week, on the way to all who want them: once for ever."""

    article = models.OneToOneField(
        Article, models.CASCADE, verbose_name="글", null=True, related_name="mailing"
    )
    # The moment at which the week ends whose articles are gathered.
    week_end = models.DateTimeField("모은 주의 끝", null=True, unique=True)
    state = models.CharField(
        "상태", max_length=8, choices=MailingState, default=MailingState.WAITING
    )
    is_advertising = models.BooleanField("광고", default=False)
    created_at = models.DateTimeField("만든 때", default=timezone.now)
    due_at = models.DateTimeField("보낼 때", default=timezone.now)
    finished_at = models.DateTimeField("마친 때", null=True)
    # The last subscriber for whom a letter is laid out; all of them once `is_laid_out`.
    laid_out_to = models.BigIntegerField(default=0)
    is_laid_out = models.BooleanField(default=False)
    # What stays when the letters are forgotten.
    sent_count = models.PositiveIntegerField("보낸 편지", default=0)
    failed_count = models.PositiveIntegerField("보내지 못한 편지", default=0)
    left_count = models.PositiveIntegerField("이 편지로 그만둔 분", default=0)

    class Meta:
        verbose_name = "메일 소식"
        verbose_name_plural = "메일 소식"
        ordering = ("-due_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(article__isnull=False, week_end=None)
                | Q(article=None, week_end__isnull=False),
                name="articles_mailing_article_or_week",
            ),
            models.CheckConstraint(
                condition=Q(state__in=MailingState.values), name="articles_mailing_state_known"
            ),
        ]

    def __str__(self) -> str:
        return self.article.title if self.article is not None else "이 주의 글"

    @property
    def frequency(self) -> Frequency:
        """Whose letters it is made of."""
        return Frequency.WEEKLY if self.article_id is None else Frequency.EACH


class LetterQuerySet(OutboxQuerySet):
    def due(self) -> Self:
        """Keep the letters of what is being sent, and those that ask for confirmation."""
        return super().due().filter(Q(mailing=None) | Q(mailing__state=MailingState.SENDING))


class Letter(OutboxRow):
    """One letter to one mailbox, written when it is sent; without a mailing it asks to confirm."""

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="letters")
    mailing = models.ForeignKey(Mailing, models.CASCADE, null=True, related_name="letters")

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "편지"
        verbose_name_plural = "편지"
        constraints = [
            # Whatever is killed and begun again: nobody has two letters of the same.
            models.UniqueConstraint(fields=("mailing", "subscriber"), name="articles_letter_once"),
        ]
        indexes = [
            models.Index(
                fields=("due_at",),
                name="articles_letter_due",
                condition=Q(sent_at__isnull=True, dead_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"편지 {self.pk}"
