"""Links by which people without an account read an article before it is published."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from articles.models.status import Status

if TYPE_CHECKING:
    from articles.models.article import Article

LIFETIME = timedelta(days=7)


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def working(self, at: datetime | None = None) -> PreviewLinkQuerySet:
        """Keep the links that open something: neither over nor revoked.

        Whoever is shut out of the desk has no guests there either.
        """
        still = self.filter(revoked_at=None, expires_at__gt=at or timezone.now())
        return still.exclude(made_by__is_active=False)

    def make(
        self, article: Article, by: Any, *, lifetime: timedelta = LIFETIME, note: str = ""
    ) -> tuple[PreviewLink, str]:
        """Return a new link and its token, which nobody can read from the database again."""
        token = secrets.token_urlsafe(24)
        link = self.create(
            article=article,
            digest=digest_of(token),
            note=note,
            made_by=by,
            expires_at=timezone.now() + lifetime,
        )
        return link, token

    def opened_by(self, token: str) -> PreviewLink | None:
        """Return the link of a token while there is something that it alone shows."""
        link = self.working().filter(digest=digest_of(token)).select_related("article").first()
        return link if link is not None and not link.is_overtaken() else None

    def revoke(self) -> int:
        """Close these links; returns how many were open."""
        return self.filter(revoked_at=None).update(revoked_at=timezone.now())


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class PreviewLink(models.Model):
    """The right to read one unpublished version, for whoever holds the token, until it is over."""

    article = models.ForeignKey(
        "articles.Article", models.CASCADE, verbose_name="글", related_name="preview_links"
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    note = models.CharField("누구에게", max_length=100, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="만든 사람",
        null=True,
        related_name="+",
    )
    made_at = models.DateTimeField("만든 때", default=timezone.now)
    expires_at = models.DateTimeField("끝나는 때")
    revoked_at = models.DateTimeField("거둔 때", null=True, blank=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "미리 보기 주소"
        verbose_name_plural = "미리 보기 주소"
        ordering = ("-made_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="articles_previewlink_lasts"
            )
        ]

    def __str__(self) -> str:
        return self.note or f"{self.article_id}"

    def is_overtaken(self) -> bool:
        """Whether readers have, or had, what it was made for; scheduled articles need no job."""
        shown_at = self.article.published_at
        was_shown = shown_at is not None and self.made_at < shown_at <= timezone.now()
        if was_shown and self.article.status == Status.PUBLISHED:
            return True  # Even when the article's time is over again.
        return self.article.pending_id is None and self.article.is_public()

    @property
    def state(self) -> str:
        """How the desk calls what has become of the link."""
        if self.revoked_at is not None:
            return "거둠"
        if self.expires_at <= timezone.now():
            return "끝남"
        return "발행됨" if self.is_overtaken() else "열려 있음"
