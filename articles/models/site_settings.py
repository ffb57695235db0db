"""What the house says of itself on every page: one row, changed at the desk."""

from __future__ import annotations

import re
from time import monotonic
from typing import Any, Self
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q

from articles.models.fields import NormalisedCharField

# Every page asks several times. Another process of the site follows a change after this long.
_KEPT_FOR_SECONDS = 5
# It goes into the content policy, where a space, comma or semicolon would mean something.
_COUNTER = re.compile(r"https://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?/[!-~]*")
_SITE_ID = re.compile(r"[\w.,:/-]+")


class SiteSettings(models.Model):
    """One row, or none while all of it is the default."""

    SINGLE = 1

    name = NormalisedCharField(
        "이름",
        max_length=40,
        blank=True,
        help_text="비워 두면 서버 설정(SITE_NAME)을 따릅니다.",
    )
    tagline = NormalisedCharField(
        "표어",
        max_length=80,
        blank=True,
        default="종이 한 장을 사이에 둔 대화",
        help_text="첫 화면의 이름 아래에 보입니다.",
    )
    description = NormalisedCharField(
        "소개",
        max_length=200,
        blank=True,
        default="기술과 자본과 산업을 다루는 긴 글, 그리고 글로 나누는 대화.",
        help_text="검색 결과와 공유 카드에 첫 화면의 설명으로 보입니다.",
    )
    analytics_script = models.CharField(
        "방문 통계 스크립트",
        max_length=300,
        blank=True,
        help_text="쿠키를 쓰지 않는 통계 도구(Plausible, Umami 등)를 직접 운영할 때 그 스크립트의 "
        "https 주소를 적습니다. 비워 두면 통계를 내지 않고, 독자의 브라우저는 다른 곳에 아무것도 "
        "묻지 않습니다.",
    )
    analytics_site = models.CharField(
        "통계 도구의 사이트 이름",
        max_length=100,
        blank=True,
        help_text="Plausible은 도메인, Umami는 웹사이트 ID입니다.",
    )

    class Meta:
        verbose_name = "사이트 설정"
        verbose_name_plural = "사이트 설정"
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="articles_sitesettings_single"),
            models.CheckConstraint(
                condition=Q(analytics_script="") | ~Q(analytics_site=""),
                name="articles_sitesettings_counter_has_a_site",
                violation_error_message="통계 도구의 사이트 이름도 적어 주세요.",
            ),
        ]

    def __str__(self) -> str:
        return "사이트 설정"

    def save(self, **kwargs: Any) -> None:
        """Save the one row there is, and let every page of this process follow at once."""
        self.pk = self.SINGLE
        super().save(**kwargs)
        # Until the commit others still read, and remember, what was there before.
        transaction.on_commit(self._is_committed)

    def _is_committed(self) -> None:
        self.forget()

    def clean(self) -> None:
        super().clean()
        if self.analytics_script and not _COUNTER.fullmatch(self.analytics_script):
            message = "https://로 시작하는 스크립트의 주소를 영문으로 적어 주세요."
            raise ValidationError({"analytics_script": message})
        if self.analytics_site and not _SITE_ID.fullmatch(self.analytics_site):
            message = "도메인이나 ID만 적어 주세요."
            raise ValidationError({"analytics_site": message})

    @classmethod
    def stored(cls) -> Self:
        """Return the row as it is now, or the defaults where nobody has changed any."""
        return cls.objects.filter(pk=cls.SINGLE).first() or cls(pk=cls.SINGLE)

    @classmethod
    def current(cls) -> SiteSettings:
        """Return what pages show: the stored row, remembered for a few seconds.

        All threads share it, and must not change it.
        """
        # What this transaction has saved it alone shows: it may be rolled back.
        for _, callback, _ in reversed(transaction.get_connection().run_on_commit):
            if getattr(callback, "__func__", None) is cls._is_committed:
                return callback.__self__
        memory = _memory
        if memory.row is None or memory.until <= monotonic():
            # What somebody has begun to read before it was forgotten is remembered for nobody.
            memory.row, memory.until = cls.stored(), monotonic() + _KEPT_FOR_SECONDS
        return memory.row

    @staticmethod
    def forget() -> None:
        global _memory
        _memory = _Memory()

    @property
    def analytics_origin(self) -> str:
        """Where the counter lives, or "" when nothing is counted."""
        if not _COUNTER.fullmatch(self.analytics_script):
            return ""
        return f"https://{urlsplit(self.analytics_script).netloc}"


class _Memory:
    """The row that this process has read last, and until when it is shown (monotonic)."""

    row: SiteSettings | None = None
    until = 0.0


_memory = _Memory()
