from typing import Any

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse

from articles.models.fields import NormalisedCharField
from articles.models.image import Image
from articles.models.noted_queryset import NotedQuerySet
from articles.models.search import following_the_name
from articles.models.slugged import SluggedModel, never_empty


class Series(SluggedModel):
    """Essays in numbered episodes (1화, 2화 …) under one title."""

    slug_source = "title"

    title = NormalisedCharField("제목", max_length=120)
    description = models.TextField("설명", blank=True)
    cover = models.ForeignKey(
        Image,
        models.PROTECT,
        verbose_name="표지",
        null=True,
        blank=True,
        related_name="covered_series",
    )
    is_finished = models.BooleanField("완결", default=False)

    objects = NotedQuerySet.as_manager()

    class Meta:
        verbose_name = "연재"
        verbose_name_plural = "연재"
        ordering = ("title",)
        constraints = [
            never_empty("title"),
            never_empty("slug"),
            models.UniqueConstraint(
                Lower("title"),
                name="articles_series_title_unique",
                violation_error_message="같은 제목의 연재가 이미 있습니다.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, **kwargs: Any) -> None:
        with following_the_name(self, "title", "article__series"):
            super().save(**kwargs)

    def get_absolute_url(self) -> str:
        return reverse("articles:series", args=[self.slug])
