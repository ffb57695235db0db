"""What editors arrange on the front page. Without any of these rows it arranges itself."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.destinations import is_own_path
from articles.models.article import Article
from articles.models.category import Category
from articles.models.fields import NormalisedCharField
from articles.models.image import Image
from articles.models.noted_queryset import NotedQuerySet
from articles.models.slugged import never_empty

LARGEST_BLOCK = 12


class FrontPage(models.Model):
    """One row that tells editions of the arrangement apart; whoever saves locks it."""

    SINGLE = 1

    edition = models.PositiveIntegerField("판", default=0, editable=False)
    changed_at = models.DateTimeField("바꾼 때", null=True, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="바꾼 사람",
        null=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        verbose_name = "첫 화면"
        verbose_name_plural = "첫 화면"
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="articles_frontpage_single"),
        ]

    def __str__(self) -> str:
        return "첫 화면"

    @classmethod
    def current(cls) -> Self:
        """Return the stored row, or the one that the first change will store."""
        found = cls.objects.select_related("changed_by").filter(pk=cls.SINGLE).first()
        return found or cls(pk=cls.SINGLE)

    @classmethod
    def locked(cls) -> Self:
        """Return the row for whoever changes the arrangement; needs a transaction."""
        cls.objects.get_or_create(pk=cls.SINGLE)
        return cls.objects.select_for_update().get(pk=cls.SINGLE)


class FrontPinQuerySet(NotedQuerySet["FrontPin"]):
    def in_force(self, at: datetime) -> Self:
        """Keep those of which `FrontPin.is_in_force` is true."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=at))


class FrontPin(models.Model):
    """An article that stands at the top while readers may see it."""

    article = models.OneToOneField(
        Article, models.CASCADE, verbose_name="글", related_name="front_pin"
    )
    position = models.PositiveSmallIntegerField("순서", default=0)
    until = models.DateTimeField("언제까지", null=True, blank=True)

    objects = FrontPinQuerySet.as_manager()

    class Meta:
        verbose_name = "앞세운 글"
        verbose_name_plural = "앞세운 글"
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return str(self.article)

    def is_in_force(self, at: datetime) -> bool:
        """Whether its time is not over; whether readers see its article is another question."""
        return self.until is None or self.until > at


class FrontBlock(models.Model):
    """A block below the top: a section's stories, the running series, or what else is new."""

    class Kind(models.TextChoices):
        SECTION = "section", "카테고리"
        SERIES = "series", "연재"
        LATEST = "latest", "더 읽을 글"

    kind = models.CharField("종류", max_length=10, choices=Kind)
    category = models.OneToOneField(
        Category,
        models.CASCADE,
        verbose_name="카테고리",
        null=True,
        blank=True,
        related_name="front_block",
    )
    position = models.PositiveSmallIntegerField("순서", default=0)
    size = models.PositiveSmallIntegerField(
        "개수", validators=[MinValueValidator(1), MaxValueValidator(LARGEST_BLOCK)]
    )
    is_shown = models.BooleanField("보이기", default=True)

    objects = NotedQuerySet.as_manager()

    class Meta:
        verbose_name = "첫 화면의 묶음"
        verbose_name_plural = "첫 화면의 묶음"
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="section", category__isnull=False)
                | Q(kind__in=("series", "latest"), category__isnull=True),
                name="articles_frontblock_only_sections_have_a_category",
            ),
            models.UniqueConstraint(
                fields=("kind",),
                condition=Q(category__isnull=True),
                name="articles_frontblock_kind_unique",
            ),
            models.CheckConstraint(
                condition=Q(size__gte=1, size__lte=LARGEST_BLOCK),
                name="articles_frontblock_size_in_bounds",
            ),
        ]

    def __str__(self) -> str:
        return self.category.name if self.category else str(self.get_kind_display())


class Banner(models.Model):
    """A notice between two moments, for an event of the house or somebody's advertisement."""

    class Slot(models.TextChoices):
        TOP = "top", "맨 위"
        MIDDLE = "middle", "머리글 아래"
        BOTTOM = "bottom", "맨 아래"

    slot = models.CharField("자리", max_length=10, choices=Slot, default=Slot.TOP)
    title = NormalisedCharField("제목", max_length=80)
    text = NormalisedCharField("설명", max_length=200, blank=True)
    image = models.ForeignKey(
        Image,
        models.PROTECT,
        verbose_name="그림",
        null=True,
        blank=True,
        related_name="banners",
    )
    target = models.CharField("누르면 가는 곳", max_length=500, blank=True)
    is_advertisement = models.BooleanField("광고", default=False)
    starts_at = models.DateTimeField("시작", default=timezone.now)
    ends_at = models.DateTimeField("끝", null=True, blank=True)
    position = models.PositiveSmallIntegerField("순서", default=0)

    objects = NotedQuerySet.as_manager()

    class Meta:
        verbose_name = "배너"
        verbose_name_plural = "배너"
        ordering = ("position", "pk")
        constraints = [
            never_empty("title"),
            models.CheckConstraint(
                condition=Q(slot__in=("top", "middle", "bottom")),
                name="articles_banner_slot_known",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="articles_banner_ends_after_its_start",
                violation_error_message="끝은 시작보다 뒤여야 합니다.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.target and not is_own_path(self.target):
            _refuse_unless_https(self.target)

    def is_running(self, at: datetime) -> bool:
        """Whether readers see it: from its first moment to before its last."""
        return self.starts_at <= at and (self.ends_at is None or self.ends_at > at)

    @property
    def link_relation(self) -> str:
        """The `rel` of its link: of other people's pages nothing is vouched for."""
        if self.is_advertisement:
            return "sponsored noopener"
        return "" if is_own_path(self.target) else "noopener"


def _refuse_unless_https(address: str) -> None:
    try:
        URLValidator(schemes=["https"])(address)
    except ValidationError as error:
        message = "/로 시작하는 경로나 https://로 시작하는 주소를 적어 주세요."
        raise ValidationError({"target": message}) from error
