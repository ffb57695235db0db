from typing import Any

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse

from articles.models.fields import NormalisedCharField
from articles.models.noted_queryset import NotedEverywhereQuerySet
from articles.models.search import following_the_name
from articles.models.slugged import SluggedModel, never_empty


class Category(SluggedModel):
    """A section of the magazine; its position orders the navigation."""

    name = NormalisedCharField("이름", max_length=40)
    description = models.TextField("설명", blank=True)
    position = models.PositiveSmallIntegerField(
        "순서", default=100, help_text="작은 수가 앞에 옵니다."
    )

    objects = NotedEverywhereQuerySet.as_manager()

    class Meta:
        verbose_name = "카테고리"
        verbose_name_plural = "카테고리"
        ordering = ("position", "name")
        constraints = [
            never_empty("name"),
            never_empty("slug"),
            models.UniqueConstraint(
                Lower("name"),
                name="articles_category_name_unique",
                violation_error_message="같은 이름의 카테고리가 이미 있습니다.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, **kwargs: Any) -> None:
        with following_the_name(self, "name", "article__category"):
            super().save(**kwargs)

    def get_absolute_url(self) -> str:
        return reverse("articles:category", args=[self.slug])
