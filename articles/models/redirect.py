"""Old addresses, each one hop away from the article that lives elsewhere now."""

from __future__ import annotations

from urllib.parse import unquote

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from articles.models.fields import NormalisedCharField
from articles.text import normalised


class RedirectQuerySet(models.QuerySet["Redirect"]):
    def for_path(self, path: str) -> Redirect | None:
        """Return the redirect of a decoded path, with or without its last slash."""
        path = normalised(path)
        if "\x00" in path:
            return None
        candidates = {path, path.rstrip("/"), path.rstrip("/") + "/"} - {""}
        return self.filter(old_path__in=candidates).select_related("article").first()

    def retire(self, old_path: str, article: models.Model, new_path: str) -> None:
        """Send `old_path` to the article, and free `new_path`, where it answers itself now.

        A redirect points at the article and not at an address, so a chain of changes stays
        one hop long, and freeing the new path keeps a swap back from becoming a loop.
        """
        self.filter(old_path=new_path).delete()
        self.update_or_create(old_path=old_path, defaults={"article": article, "target": ""})


class Redirect(models.Model):
    old_path = NormalisedCharField(
        "옛 주소",
        max_length=500,
        unique=True,
        help_text="이 사이트 안의 경로입니다. 예: /2025/07/04/옛-글.html",
    )
    article = models.ForeignKey(
        "articles.Article",
        models.CASCADE,
        verbose_name="옮겨 간 글",
        null=True,
        blank=True,
        related_name="redirects",
    )
    target = models.CharField(
        "옮겨 간 주소",
        max_length=500,
        blank=True,
        help_text="글이 아닌 곳으로 보낼 때만 적습니다. 예: /categories/기술/",
    )
    created_at = models.DateTimeField("만든 때", auto_now_add=True)

    objects = RedirectQuerySet.as_manager()

    class Meta:
        verbose_name = "옛 주소"
        verbose_name_plural = "옛 주소"
        ordering = ("old_path",)
        constraints = [
            models.CheckConstraint(
                condition=Q(article__isnull=False, target="")
                | (Q(article__isnull=True) & ~Q(target="")),
                name="articles_redirect_one_target",
                violation_error_message="옮겨 간 글과 옮겨 간 주소 가운데 하나만 적어 주세요.",
            ),
            models.CheckConstraint(
                condition=Q(old_path__startswith="/"),
                name="articles_redirect_old_path_is_rooted",
                violation_error_message="옛 주소는 /로 시작해야 합니다.",
            ),
            models.CheckConstraint(
                condition=~Q(target=models.F("old_path")),
                name="articles_redirect_not_to_itself",
                violation_error_message="자기 자신으로 보낼 수는 없습니다.",
            ),
        ]

    def __str__(self) -> str:
        return self.old_path

    def clean(self) -> None:
        """Refuse a target that no browser goes to, and one that could lead round in a circle."""
        super().clean()
        is_path = self.target.startswith("/") and not self.target.startswith("//")
        if self.target and not is_path and not self.target.startswith(("https://", "http://")):
            message = "/로 시작하는 경로나 https://로 시작하는 주소를 적어 주세요."
            raise ValidationError({"target": message})
        target = unquote(self.target)
        itself = normalised(target).rstrip("/") == normalised(self.old_path).rstrip("/")
        if is_path and (itself or Redirect.objects.for_path(target)):
            message = "그 주소도 옛 주소입니다. 독자가 마지막에 닿을 주소를 적어 주세요."
            raise ValidationError({"target": message})

    def destination(self) -> str | None:
        """Return where readers are sent, or None while the article is not theirs to see."""
        if self.article is None:
            return self.target
        return self.article.get_absolute_url() if self.article.is_public() else None
