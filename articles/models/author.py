from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse

from articles.models.fields import NormalisedCharField
from articles.models.image import Image
from articles.models.noted_queryset import NotedQuerySet
from articles.models.search import following_the_name
from articles.models.slugged import SluggedModel, never_empty


class Author(SluggedModel):
    """Somebody with a byline; with an account when they also work at the desk."""

    name = NormalisedCharField("이름", max_length=60)
    bio = models.TextField("소개", blank=True, help_text="글 끝과 필자 페이지에 보입니다.")
    portrait = models.ForeignKey(
        Image,
        models.PROTECT,
        verbose_name="사진",
        null=True,
        blank=True,
        related_name="portrayed_authors",
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="계정",
        null=True,
        blank=True,
        related_name="author",
    )

    objects = NotedQuerySet.as_manager()

    class Meta:
        verbose_name = "필자"
        verbose_name_plural = "필자"
        ordering = ("name",)
        constraints = [
            never_empty("name"),
            never_empty("slug"),
            models.UniqueConstraint(
                Lower("name"),
                name="articles_author_name_unique",
                violation_error_message="같은 이름의 필자가 이미 있습니다.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, **kwargs: Any) -> None:
        with following_the_name(self, "name", "article__authors"):
            super().save(**kwargs)

    def get_absolute_url(self) -> str:
        return reverse("articles:author", args=[self.slug])
